// Live events of a run, by Socket.IO. They only make things quick: whatever they miss, the look-up finds.

import { installed } from "../route/installed.js";
import { Pace } from "./pace.js";

/** So long is waited for a socket before the run is begun without it. */
const CONNECT_MS = 3_000;
/** The service's web app waits as long between two tries. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * @typedef {object} Listener
 * @property {(event: string, data: unknown, isSure: boolean) => void} hear an event; whether it can only be of this run
 * @property {() => void} connected the socket stands, again or for the first time
 * @property {(why: string) => void} alone there are no live events for now
 */

/** The socket of one run: nothing of it outlives the page's request, as runtimes without a lasting process want it. */
export class Live {
  #settings;
  #calls;
  #listener;
  #socket;
  #closed = false;
  #retry;
  #pace = new Pace(FIRST_WAIT_MS);
  #connections = 0;
  /** Once it is subscribed, it hears of all runs. */
  #hearsOthers = false;
  #settle = () => {};
  /** Settled once the first try has come to something. */
  #first;

  /**
   * @param {import("./options.js").Settings} settings
   * @param {import("./calls.js").CloudCalls} calls
   * @param {Listener} listener
   */
  constructor(settings, calls, listener) {
    this.#settings = settings;
    this.#calls = calls;
    this.#listener = listener;
    this.#first = new Promise((resolve) => {
      this.#settle = () => resolve(undefined);
    });
    this.#open().catch(() => this.#failed("the socket cannot be set up"));
  }

  get isConnected() {
    return this.#socket?.connected === true;
  }

  /** The socket's id, as soon as there is one; undefined when there is none for now. */
  async sid() {
    const timer = setTimeout(this.#settle, CONNECT_MS);
    await this.#first;
    clearTimeout(timer);
    return this.isConnected ? this.#socket.id : undefined;
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#settle();
    this.#socket?.disconnect();
  }

  async #open() {
    const io = this.#settings.io ?? (await installed("socket.io-client"))?.io;
    if (this.#closed) return;
    if (!io) return this.#failed("socket.io-client is not installed");
    const { origin, pathname } = this.#settings.socketUrl;
    const socket = io(origin, {
      path: `${pathname.endsWith("/") ? pathname.slice(0, -1) : pathname}/socket.io`,
      transports: ["websocket"],
      forceNew: true,
      reconnectionDelay: FIRST_WAIT_MS,
      reconnectionDelayMax: LONGEST_WAIT_MS,
      // Asked at each try, as a token may run out between two.
      auth: (show) => void this.#show(show),
    });
    this.#socket = socket;
    socket.on("connect", () => this.#connected(socket));
    socket.on("connect_error", () => {
      this.#failed("the socket cannot connect");
      this.#again(socket);
    });
    socket.on("disconnect", () => this.#again(socket));
    socket.onAny((event, data) => this.#listener.hear(event, data, !this.#hearsOthers));
  }

  /** Without them the server refuses, and it is tried again. */
  async #show(show) {
    try {
      show(await this.#calls.credentials());
    } catch {
      show({});
    }
  }

  #connected(socket) {
    this.#pace.reset();
    this.#connections += 1;
    this.#settle();
    // The first one's id goes along with the form.
    if (this.#connections > 1) this.subscribe(socket.id);
    this.#listener.connected();
  }

  /** Hears of what goes on from now on, where the run was not begun with this socket. */
  subscribe(sid) {
    this.#hearsOthers = true;
    this.#calls.subscribe(sid).catch(() => {});
  }

  /** The client tries again by itself, unless it was the server that dropped or refused it. */
  #again(socket) {
    if (this.#closed || socket.active) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => socket.connect(), this.#pace.next());
  }

  #failed(why) {
    this.#settle();
    if (!this.#closed) this.#listener.alone(why);
  }
}
