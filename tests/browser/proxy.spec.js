// A real page with its own backend: the proxy between it and a deployment that lets no page call.

import { expect, startApp, test } from "../support/app-page.js";
import { forgetRequests, requestArrived, settledRequest } from "../support/requests.js";

const KEY = "3-inputs-seed";

/** In the page: a run through the proxy, described. */
async function run([way, key]) {
  const { default: init, ViewComfyClient } = await import("/pkg/index.js");
  await init();
  const client = new ViewComfyClient({ endpoint: "/api/viewcomfy" });
  const picture = new File([new Uint8Array(200_000)], 'ä".png', { type: "image/png" });
  const logs = [];
  const params = { [key]: 1n, "52-inputs-image": picture };
  const result = await client[way]({
    params,
    ...(way === "inferWithLogs" && { onLog: (line) => logs.push(line) }),
  });
  const [{ file }] = result.outputs;
  const bitmap = await createImageBitmap(file);
  return { status: result.status, type: file.type, width: bitmap.width, logs: logs.length };
}

test("a deployment without CORS works through the app's own backend, and only so", async ({
  page,
  open,
  endpoint: deployment,
}) => {
  const endpoint = `${deployment.url}/infer?fault=no_cors`;
  await open({ endpoint });
  const direct = await page.evaluate(
    async ([endpoint, key]) => {
      const { default: init, ViewComfyClient } = await import("/pkg/index.js");
      await init();
      const client = new ViewComfyClient({ endpoint, token: "local-token" });
      return client.infer({ params: { [key]: 1n } }).catch((error) => error.code);
    },
    [endpoint, KEY],
  );
  expect(direct).toBe("network");
  for (const way of ["inferWithLogs", "infer"]) {
    const told = await page.evaluate(run, [way, KEY]);
    expect(told).toMatchObject({ status: "success", type: "image/png" });
    expect(told.width).toBeGreaterThan(0);
    if (way === "inferWithLogs") expect(told.logs).toBeGreaterThan(3);
  }
});

test("the gateway's hops do not reach the page", async ({ page, open, endpoint: deployment }) => {
  await open({ endpoint: `${deployment.url}/infer?fault=hops&hops=4` });
  const answers = [];
  page.on("response", (response) => answers.push(response.status()));
  expect(await page.evaluate(run, ["infer", KEY])).toMatchObject({ status: "success" });
  expect(answers.filter((status) => status >= 300)).toEqual([]);
});

test("cancel reaches the deployment", async ({ page, open, held }) => {
  await forgetRequests(held.url);
  await open({ endpoint: `${held.url}/infer` });
  const ended = page.evaluate(
    async ([key]) => {
      const { default: init, ViewComfyClient } = await import("/pkg/index.js");
      await init();
      const leaving = new AbortController();
      globalThis.leave = () => leaving.abort();
      const client = new ViewComfyClient({ endpoint: "/api/viewcomfy" });
      const request = { params: { [key]: 1n }, signal: leaving.signal, onLog() {} };
      return client.inferWithLogs(request).catch((error) => error.name);
    },
    [KEY],
  );
  await requestArrived(held.url);
  await page.evaluate(() => globalThis.leave());
  expect(await ended).toBe("AbortError");
  expect((await settledRequest(held.url)).state).toBe("cancelled");
});

test("a refusal during a large upload is told, not a broken connection", async ({
  page,
  open,
  endpoint: deployment,
}) => {
  await open({ endpoint: `${deployment.url}/infer`, maxBodyBytes: 2_000_000 });
  const failure = await page.evaluate(async (key) => {
    const { default: init, ViewComfyClient } = await import("/pkg/index.js");
    await init();
    const client = new ViewComfyClient({ endpoint: "/api/viewcomfy" });
    const video = new File([new Uint8Array(30_000_000)], "in.mp4");
    const params = { [key]: 1n, "5-inputs-video": video };
    const { code, status, message } = await client.infer({ params }).catch((error) => error);
    return { code, status, message };
  }, KEY);
  expect(failure).toMatchObject({ code: "http_status", status: 413 });
  expect(failure.message).toContain("larger than 2000000 bytes");
});

test("results that are links: shown, and downloaded", async ({ page, open, endpoint: deployment }) => {
  const linkHosts = [new URL(deployment.url).host];
  await open({ endpoint: `${deployment.url}/infer?fault=link_output`, linkHosts });
  const told = await page.evaluate(
    async ([key]) => {
      const { default: init, ViewComfyClient } = await import("/pkg/index.js");
      await init();
      const rewriteUrl = (url) => `/api/viewcomfy?url=${encodeURIComponent(url)}`;
      const client = new ViewComfyClient({ endpoint: "/api/viewcomfy", rewriteUrl });
      const { outputs } = await client.infer({ params: { [key]: 1n } });
      const [{ url, file }] = outputs;
      const image = document.body.appendChild(new Image());
      image.src = url;
      await image.decode();
      const blob = await outputs[0].blob();
      const pixels = document.createElement("canvas").getContext("2d");
      pixels.drawImage(image, 0, 0);
      return {
        url,
        file,
        width: image.naturalWidth,
        type: blob.type,
        pixel: pixels.getImageData(0, 0, 1, 1).data.length,
      };
    },
    [KEY],
  );
  expect(told).toMatchObject({ file: null, type: "image/png", pixel: 4 });
  expect(told.url).toMatch(/^\/api\/viewcomfy\?url=http/);
  expect(told.width).toBeGreaterThan(0);
});

/** In a page of another origin: everything that makes a browser ask without a script of the route's own page. */
async function askedFromElsewhere(page, url) {
  await page.evaluate(async (address) => {
    const form = new FormData();
    form.append("params", '{"1-inputs-x":1}');
    form.append("logs", "false");
    await fetch(address, { method: "POST", body: form, mode: "no-cors" }).catch(() => {});
    await fetch(`${address}?url=https://example.com/`, { mode: "no-cors" }).catch(() => {});
    navigator.sendBeacon(address, form);
    const frame = document.body.appendChild(document.createElement("iframe"));
    frame.name = "there";
    const written = document.body.appendChild(document.createElement("form"));
    Object.assign(written, {
      action: address,
      method: "post",
      enctype: "multipart/form-data",
      target: "there",
    });
    for (const [name, value] of form) {
      const field = written.appendChild(document.createElement("input"));
      Object.assign(field, { name, value });
    }
    written.submit();
  }, `${url}/api/viewcomfy`);
}

test("another site's page makes no visitor's browser spend the deployment's time", async ({
  page,
  open,
  endpoint: deployment,
}) => {
  // localhost is another site than 127.0.0.1, and both are trustworthy: the browser sends Sec-Fetch-Site.
  await open({ endpoint: `${deployment.url}/infer` });
  const failures = [];
  const closed = await startApp({
    endpoint: `${deployment.url}/infer`,
    onFailure: ({ code }) => failures.push(code),
  });
  await forgetRequests(deployment.url);
  await askedFromElsewhere(page, closed.url.replace("127.0.0.1", "localhost"));
  await expect.poll(() => failures.length).toBe(4);
  expect(new Set(failures)).toEqual(new Set(["origin_not_allowed", "method_not_allowed"]));
  expect(await (await fetch(`${deployment.url}/requests`)).json()).toEqual([]);

  const everyone = await startApp({ endpoint: `${deployment.url}/infer`, origins: ["*"] });
  await askedFromElsewhere(page, everyone.url.replace("127.0.0.1", "localhost"));
  await expect
    .poll(async () => (await (await fetch(`${deployment.url}/requests`)).json()).length)
    .toBeGreaterThanOrEqual(3);
  await Promise.all([closed.close(), everyone.close()]);
});

test("a page of another origin cannot call, unless it is listed", async ({
  page,
  open,
  endpoint: deployment,
}) => {
  const other = await open({ endpoint: `${deployment.url}/infer` });
  const listed = await startApp({ endpoint: `${deployment.url}/infer`, origins: [other.url] });
  const closed = await startApp({ endpoint: `${deployment.url}/infer` });
  const call = (url) =>
    page.evaluate(
      async ([endpoint, key]) => {
        const { default: init, ViewComfyClient } = await import("/pkg/index.js");
        await init();
        const client = new ViewComfyClient({ endpoint });
        return client.infer({ params: { [key]: 1n } }).then(
          ({ status }) => status,
          ({ code }) => code,
        );
      },
      [`${url}/api/viewcomfy`, KEY],
    );
  expect(await call(listed.url)).toBe("success");
  await forgetRequests(deployment.url);
  expect(await call(closed.url)).toBe("network");
  expect(await (await fetch(`${deployment.url}/requests`)).json()).toEqual([]);
  await Promise.all([listed.close(), closed.close()]);
});
