// A backend that draws instead of running a model: it gets the request that the tag sends, and answers as a deployment does,
// with events. Nothing leaves the page.

const STEPS = 12;
const [WIDTH, HEIGHT] = [768, 512];

/** Takes the place of `fetch` in a client's options. */
export async function drawInstead(request) {
  const form = await request.formData();
  const { prompt, seed } = readParams(form.get("params"));
  const body = new ReadableStream({
    start: (stream) => run({ prompt, seed, stream, signal: request.signal }),
  });
  return new Response(body, { status: 201, headers: { "content-type": "text/event-stream" } });
}

/** The first text and the first seed. A seed may have more digits than a JavaScript number keeps, so it stays text. */
function readParams(text) {
  const values = Object.entries(JSON.parse(text));
  const [, prompt = ""] = values.find(([key]) => key.endsWith("-inputs-text")) ?? [];
  const [, seed = "0"] = /"[^"]*seed": ?(\d+)/.exec(text) ?? [];
  return { prompt, seed };
}

/** Writes the log, a progress bar step by step, and the result. */
async function run({ prompt, seed, stream, signal }) {
  const send = (event, data) =>
    stream.enqueue(new TextEncoder().encode(`event: ${event}\ndata: ${data}\n\n`));
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  try {
    send("log_message", "got prompt");
    for (let step = 1; step <= STEPS; step += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      signal.throwIfAborted();
      send("log_message", progressBar(step, seconds()));
    }
    send("prompt_result", JSON.stringify(await resultOf({ prompt, seed, seconds: seconds() })));
    stream.close();
  } catch (error) {
    stream.error(error);
  }
}

/** A line as tqdm writes it, which is where ComfyUI's progress stands. */
function progressBar(step, seconds) {
  const percent = Math.round((100 * step) / STEPS);
  return `${percent}%|${"█".repeat(step)}${" ".repeat(STEPS - step)}| ${step}/${STEPS} [00:0${Math.floor(seconds)}<00:00, ${(step / seconds).toFixed(2)}it/s]`;
}

async function resultOf({ prompt, seed, seconds }) {
  const bytes = new Uint8Array(await (await draw(prompt, seed)).arrayBuffer());
  const data = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const output = { filename: `drawn_${seed}.png`, content_type: "image/png", data, size: bytes.length };
  return {
    prompt_id: crypto.randomUUID(),
    status: "success",
    completed: true,
    execution_time_seconds: seconds,
    prompt: {},
    outputs: [output],
  };
}

/** The prompt and the seed on colours that the seed decides. */
function draw(prompt, seed) {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const paint = canvas.getContext("2d");
  const hue = Number(BigInt(seed) % 360n);
  const sky = paint.createLinearGradient(0, 0, WIDTH, HEIGHT);
  sky.addColorStop(0, `hsl(${hue} 45% 30%)`);
  sky.addColorStop(1, `hsl(${(hue + 50) % 360} 50% 18%)`);
  paint.fillStyle = sky;
  paint.fillRect(0, 0, WIDTH, HEIGHT);
  paint.fillStyle = "white";
  paint.font = "600 34px system-ui, sans-serif";
  for (const [at, line] of linesOf(paint, prompt).entries()) paint.fillText(line, 48, 88 + 46 * at);
  paint.font = "20px ui-monospace, monospace";
  paint.fillText(`seed ${seed}`, 48, HEIGHT - 76);
  paint.fillText("drawn by this page: no model ran", 48, HEIGHT - 44);
  return canvas.convertToBlob();
}

/** The prompt in lines that fit. */
function linesOf(paint, prompt) {
  const lines = [""];
  for (const word of prompt.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (paint.measureText(longer).width > WIDTH - 96) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.slice(0, 6);
}
