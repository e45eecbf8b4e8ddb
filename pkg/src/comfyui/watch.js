// Follows one prompt to its end. The server's state is the authority and is asked for on a timer; messages make that quick, so
// none that is missed, and no socket that has gone deaf, is missed for good.

import { Hearing } from "./hearing.js";
import { soon } from "./server.js";
import { openSocket } from "./socket.js";
import { endOf, finished, stateOf } from "./state.js";

/** In units of `pollMs`: how long until the state is asked for again. */
const WAIT = { heard: 10, overheard: 3, unheard: 1, longest: 5, throttled: 0.25, ended: 0.02 };
/** After so many units of waiting between questions that all fail, the server counts as gone. */
const PATIENCE = 120;
/** After so many, the caller is told that it does not answer. */
const SILENCE = 5;
/** In units of `pollMs`, until a socket that broke is reopened. */
const RECONNECT = { first: 0.5, longest: 30 };
const FLAGS = JSON.stringify({ type: "feature_flags", data: { supports_preview_metadata: true } });
const FORGOTTEN =
  "The ComfyUI server has forgotten this run: it was taken from the queue, the server was restarted, or its history was cleared.";
const SILENT = "The ComfyUI server does not respond; it is asked again for a while.";
const TAKEN_OUT = "The run was canceled: it was taken from the queue.";

export class Watch {
  /** Whether the prompt has come to its end. */
  isOver = false;
  #server;
  #promptId;
  #call;
  #tell;
  #hearing;
  #socket;
  #closed = false;
  #wake = () => {};
  #isWoken = false;
  #told;
  /** In units of `pollMs`: the next wait once the messages say that the run is over. */
  #sinceEnd = WAIT.ended;
  /** Whether the server was there all the time, so that it cannot have been restarted. */
  #unbroken = true;

  /**
   * @param {{ server: import("./server.js").ComfyServer, promptId: string, classes?: Map<string, string> }} what
   * @param {import("./server.js").Call} call
   * @param {import("./hearing.js").Teller} tell
   */
  constructor({ server, promptId, classes = new Map() }, call, tell) {
    this.#server = server;
    this.#promptId = promptId;
    this.#call = call;
    this.#tell = tell;
    this.#hearing = new Hearing(promptId, classes, tell, () => this.#change());
    // However early: a socket that is being opened then would stay open.
    const { signal } = call.ending;
    if (signal.aborted) this.close();
    signal.addEventListener("abort", () => this.close(), { once: true });
  }

  /** Outputs that came by the socket alone. */
  get sent() {
    return this.#hearing.sent;
  }

  /**
   * Opens the socket, before the prompt is posted for its client id. Without one the state alone is asked for.
   *
   * @param {string} clientId a new one: one that was used before may be deaf
   */
  async connect(clientId) {
    try {
      await this.#open(clientId);
    } catch (error) {
      this.#hearing.lose();
      const why = error instanceof Error ? error.message : "unknown";
      this.#tell.log(
        `No live messages from ComfyUI (${why}): its state is asked for instead, without its log and progress.`,
      );
    }
  }

  /** The same for a prompt that was posted before, by whomever: then there are the log and the queue's changes to hear. */
  async overhear() {
    this.#hearing.own = false;
    await this.connect(crypto.randomUUID());
  }

  async #open(clientId) {
    const socket = await openSocket(this.#server, clientId, this.#call.settings, {
      message: (data) => this.#hearing.take(data),
      closed: () => this.#lose(socket),
    });
    if (this.#closed) return socket.close();
    this.#socket = socket;
    socket.send(FLAGS);
    await this.#subscribe(clientId);
  }

  /** Not every server lets its log be heard; progress is told all the same. */
  async #subscribe(clientId) {
    const call = soon(this.#call);
    try {
      const json = JSON.stringify({ clientId, enabled: true });
      const { status } = await this.#server.post("/internal/logs/subscribe", json, call, "PATCH");
      this.#hearing.hasLog = status === 200;
    } catch {
    } finally {
      call.ending.close();
    }
  }

  #lose(socket) {
    if (this.#closed || this.#socket !== socket) return;
    this.#socket = undefined;
    this.#unbroken = false;
    this.#hearing.lose();
    this.#change();
    void this.#reconnect(RECONNECT.first);
  }

  /** With another client id: the server may not have noticed yet that the old one's socket is gone. */
  async #reconnect(units) {
    await this.#pause(units);
    if (this.#closed) return;
    try {
      await this.#open(crypto.randomUUID());
      this.#change();
    } catch {
      void this.#reconnect(Math.min(units * 2, RECONNECT.longest));
    }
  }

  #pause(units) {
    return new Promise((resolve) => setTimeout(resolve, units * this.#call.settings.pollMs));
  }

  #change() {
    this.#isWoken = true;
    this.#wake();
  }

  /**
   * @returns {Promise<import("./state.js").Finished>}
   * @throws when the server cannot be asked any more, or the caller has left
   */
  async untilOver() {
    const { signal } = this.#call.ending;
    let [planned, failing, unknown] = [WAIT.unheard, 0, 0];
    for (;;) {
      planned = this.#unitsUntilNext(planned);
      const waited = await this.#untilWorthAsking(planned);
      signal.throwIfAborted();
      let state;
      try {
        state = await this.#ask();
        failing = 0;
      } catch (error) {
        signal.throwIfAborted();
        this.#unbroken = false;
        const before = failing;
        failing += waited;
        if (failing > PATIENCE) throw error;
        if (before <= SILENCE && failing > SILENCE) this.#tell.log(SILENT);
        continue;
      }
      unknown = state ? 0 : unknown + 1;
      if (unknown > 1) return this.#end(this.#withoutState());
      const over = this.#take(state);
      if (over) return this.#heardOut(over);
    }
  }

  async #ask() {
    const call = soon(this.#call);
    try {
      return await stateOf(this.#server, this.#promptId, call);
    } finally {
      call.ending.close();
    }
  }

  /** @param {import("./state.js").State | undefined} state */
  #take(state) {
    if (state === undefined) return undefined;
    if (state.status === "queued") this.#tellPlace(state.position);
    else if (state.status === "running") {
      this.#told = undefined;
      // What began by its own message is running anyway; the log between is told.
      if (!this.#hearing.ended) this.#hearing.confirm();
    } else return state;
    return undefined;
  }

  #tellPlace(position) {
    if (this.#told === position) return;
    this.#told = position;
    if (position > 0) this.#tell.log(`Waiting in the queue: ${position} before this run.`);
  }

  /** What is known of a prompt that the server does not know any more. */
  #withoutState() {
    const { messages, outputs, running, ended } = this.#hearing;
    const status = endOf(messages);
    if (status) return finished({ status, outputs, messages });
    if (!running && !ended && this.#wasTakenOut())
      return { ...finished({ status: "canceled", outputs, messages }), error: TAKEN_OUT };
    return { ...finished({ status: "error", outputs, messages }), error: FORGOTTEN };
  }

  #wasTakenOut() {
    const wasAskedFor = this.#call.settings.runs.isToEnd(this.#promptId);
    return wasAskedFor || (this.#unbroken && this.#wasQueued());
  }

  /** Whether it was in the queue: the state said so, or it was posted for a socket that would have heard it begin. */
  #wasQueued() {
    return this.#told !== undefined || (this.#hearing.own && this.#socket !== undefined);
  }

  async #heardOut(state) {
    this.isOver = true;
    await this.#hearing.untilHeardOut();
    return this.#end(state);
  }

  #end(state) {
    this.isOver = true;
    this.#hearing.finish();
    this.close();
    return state;
  }

  /** Waits so many units, or until something changed, and gives how many passed. However often others' prompts come and go, a few do. */
  async #untilWorthAsking(units) {
    const throttled = Math.min(WAIT.throttled, units);
    let waited = await this.#pauseWhileThere(throttled);
    if (!this.#isWoken) waited += await this.#pauseWhileThere(units - throttled, true);
    this.#isWoken = false;
    return waited;
  }

  #unitsUntilNext(before) {
    if (this.#hearing.ended) {
      const units = this.#sinceEnd;
      this.#sinceEnd = Math.min(units * 2, WAIT.unheard);
      return units;
    }
    if (this.#socket) return this.#hearing.own ? WAIT.heard : WAIT.overheard;
    return Math.min(Math.max(before, WAIT.unheard / 1.5) * 1.5, WAIT.longest);
  }

  /** Ends early when the caller leaves, and with `wakeable` when something changed; gives how many of the units passed. */
  #pauseWhileThere(units, wakeable = false) {
    const { settings, ending } = this.#call;
    const { signal } = ending;
    const began = performance.now();
    return new Promise((resolve) => {
      const end = (passed) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", endEarly);
        this.#wake = () => {};
        resolve(passed);
      };
      const endEarly = () => end(Math.min((performance.now() - began) / settings.pollMs, units));
      const timer = setTimeout(() => end(units), units * settings.pollMs * (0.9 + Math.random() / 5));
      signal.addEventListener("abort", endEarly);
      if (wakeable) this.#wake = endEarly;
      if (signal.aborted) endEarly();
    });
  }

  /** Hears no more. */
  close() {
    this.#closed = true;
    this.#socket?.close();
    this.#socket = undefined;
  }
}
