// The programs that WebKitGTK needs, started for a worker and ended with it: a screen that nobody sees, and the server
// of the WebDriver protocol.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

const PATIENCE_MS = 60_000;

/** A screen of its own. @param {string} program Xvfb @returns {Promise<{ display: string, close(): Promise<void> }>} */
export async function startScreen(program) {
  // It takes a free number and writes it to the file handle 3.
  const args = ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"];
  const screen = start(program, args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const [number] = await Promise.race([once(createInterface(screen.child.stdio[3]), "line"), screen.failed]);
  return { display: `:${number}`, close: screen.close };
}

/**
 * WebKitGTK's own WebDriver server.
 *
 * @param {string} program WebKitWebDriver
 * @param {string} display of the screen
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function startDriver(program, display) {
  const port = await freePort();
  const env = { ...process.env, DISPLAY: display, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1" };
  const driver = start(program, [`--port=${port}`], { env, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([listens(url), driver.failed]);
  return { url, close: driver.close };
}

function start(program, args, options) {
  const child = spawn(program, args, options);
  const endWithUs = () => child.kill("SIGKILL");
  process.once("exit", endWithUs);
  const closed = once(child, "close").catch(() => {});
  const failed = closed.then(() => {
    throw new Error(`${program} ended before it could be used`);
  });
  failed.catch(() => {});
  return {
    child,
    failed,
    async close() {
      process.off("exit", endWithUs);
      child.kill("SIGTERM");
      const impatient = setTimeout(endWithUs, 5_000);
      await closed;
      clearTimeout(impatient);
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function listens(url) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await fetch(`${url}/status`).catch(() => null))) {
    if (Date.now() > deadline) throw new Error(`nothing listens at ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
