// Whole runs in a real browser over real HTTP: the four ways, files in and out, exact seeds, two origins.

import { expect, test } from "../support/api-page.js";
import { WAYS } from "../support/describe.js";
import { forgetRequests, lastRequest, settledRequest } from "../support/requests.js";
import { allWorkflows, compacted, parseExact } from "../support/workflows.js";

const PNG = "89504e470d0a1a0a";
const KEYS = { seed: "3-inputs-seed", text: "6-inputs-text" };

test("every workflow flattens as in Node", async ({ apiPage }) => {
  const workflows = allWorkflows.map(({ name, bytes }) => ({ name, base64: bytes.toString("base64") }));
  const flat = await apiPage.evaluate(async (given) => {
    const { lib } = await import("/tests-support/in-page.js");
    return given.map(({ base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      // A bigint does not travel out of a page, so each becomes text with an n.
      const object = JSON.stringify(lib.flattenWorkflow(bytes), (_, value) =>
        typeof value === "bigint" ? `${value}n` : value,
      );
      return {
        json: lib.flattenWorkflowToJson(bytes, 4),
        object,
        keys: Object.keys(lib.flattenWorkflow(bytes)),
      };
    });
  }, workflows);
  for (const [at, { name, flat: expected }] of allWorkflows.entries()) {
    const exact = parseExact(expected);
    const object = JSON.stringify(exact, (_, value) => (typeof value === "bigint" ? `${value}n` : value));
    expect.soft(flat[at].json, name).toBe(expected);
    expect.soft(flat[at].object, name).toBe(object);
    expect.soft(flat[at].keys, name).toEqual(Object.keys(exact));
  }
});

for (const way of WAYS) {
  test.describe(way, () => {
    test("the largest seed goes out as that literal and comes back in the picture", async ({
      apiPage,
      endpoint,
    }) => {
      await forgetRequests(endpoint.url);
      const told = await apiPage.evaluate(
        async ([way, endpoint, keys]) => {
          const { told } = await import("/tests-support/in-page.js");
          const params = { [keys.text]: "ein “Fuchs” 狐", [keys.seed]: 18446744073709551615n };
          return told(way, { endpoint, clientId: "local-id", clientSecret: "local-secret" }, { params });
        },
        [way, endpoint.url, KEYS],
      );
      const sent = await settledRequest(endpoint.url);
      expect(sent.params).toBe('{"6-inputs-text":"ein “Fuchs” 狐","3-inputs-seed":18446744073709551615}');
      expect(sent.content_type).toBe("multipart/form-data");
      expect(sent.state).toBe("finished");
      expect(told.promptId).toBe(sent.prompt_id);
      expect(told).toMatchObject({ status: "success", completed: true });
      const [output] = told.outputs;
      expect(output).toMatchObject({ signature: PNG, contentType: "image/png", isFile: true, url: null });
      expect(output.length).toBe(output.size);
      expect(output.fileSize).toBe(output.size);
      const embedded = parseExact(output.text.prompt);
      expect(embedded["3"].inputs.seed).toBe(18446744073709551615n);
      expect(embedded["6"].inputs.text).toBe("ein “Fuchs” 狐");
      expect(compacted(told.promptJson)).toContain('"seed":18446744073709551615');
    });
  });
}

test("the four ways give the same result for the same input", async ({ apiPage, endpoint }) => {
  const results = await apiPage.evaluate(
    async ([ways, endpoint, keys]) => {
      const { told } = await import("/tests-support/in-page.js");
      const params = { [keys.text]: "the same", [keys.seed]: 11400714819323198485n };
      const all = [];
      for (const way of ways) all.push(await told(way, { endpoint, token: "local-token" }, { params }));
      return all;
    },
    [WAYS, endpoint.url, KEYS],
  );
  // Each run has its own id and takes its own time; follow did not send anything itself.
  const same = results.map(({ events, sent, ...each }) => ({
    ...each,
    promptId: "",
    executionTimeSeconds: 0,
  }));
  for (const [at, way] of WAYS.entries()) expect(same[at], way).toEqual(same[0]);
  const sent = results.map((each) => each.sent?.json ?? null);
  expect(sent).toEqual([
    ...Array(3).fill('{"6-inputs-text":"the same","3-inputs-seed":11400714819323198485}'),
    null,
  ]);
});

test("inferWithLogs, stream and follow tell the same story", async ({ apiPage, endpoint }) => {
  const ways = ["inferWithLogs", "stream", "follow"];
  const stories = await apiPage.evaluate(
    async ([ways, endpoint, keys]) => {
      const { told } = await import("/tests-support/in-page.js");
      const all = [];
      for (const way of ways) {
        const { events } = await told(
          way,
          { endpoint, token: "local-token" },
          { params: { [keys.seed]: 1n } },
        );
        all.push(events);
      }
      return all;
    },
    [ways, endpoint.url, KEYS],
  );
  for (const [at, events] of stories.entries()) {
    expect(events[0]).toEqual({ type: "open", status: ways[at] === "follow" ? null : 201 });
    const bars = events.filter((event) => event.type === "progress").map((event) => event.progress);
    expect(bars.at(-1)).toMatchObject({ step: 20, total: 20, percent: 100 });
    expect(events.some((event) => event.type === "log" && event.line.includes("got prompt"))).toBe(true);
    expect(bars.map(({ step }) => step)).toEqual(
      stories[0].filter((event) => event.type === "progress").map((event) => event.progress.step),
    );
  }
});

test("files and masks arrive byte for byte, and the picture comes back changed", async ({
  apiPage,
  endpoint,
}) => {
  await forgetRequests(endpoint.url);
  const told = await apiPage.evaluate(async (endpoint) => {
    const { told } = await import("/tests-support/in-page.js");
    const draw = (paint, type) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
      paint(canvas.getContext("2d"));
      return new Promise((resolve) => canvas.toBlob(resolve, type));
    };
    const image = await draw((context) => {
      context.fillStyle = "#204060";
      context.fillRect(0, 0, 40, 30);
    }, "image/png");
    const mask = await draw((context) => {
      context.fillStyle = "#204060";
      context.fillRect(0, 0, 20, 30);
    }, "image/png");
    const workflowApi = JSON.stringify({
      1: { class_type: "LoadImage", inputs: { image: "x.png" } },
      2: { class_type: "ImageInvert", inputs: { image: ["1", 0] } },
      3: { class_type: "SaveImage", inputs: { images: ["2", 0], filename_prefix: "inverted" } },
    });
    const params = {
      "1-inputs-image": { image: new File([image], "bild ü.png", { type: "image/png" }), mask },
    };
    const result = await told("inferWithLogs", { endpoint, token: "local-token" }, { params, workflowApi });
    const digest = async (blob) => {
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
      return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
    };
    return {
      ...result,
      image: await digest(image),
      mask: await digest(mask),
      sizes: [image.size, mask.size],
    };
  }, endpoint.url);
  const sent = await lastRequest(endpoint.url);
  expect(sent.files.map(({ name, sha256, size }) => ({ name, sha256, size }))).toEqual([
    { name: "1-inputs-image", sha256: told.image, size: told.sizes[0] },
    { name: "1-inputs-image-viewcomfymask", sha256: told.mask, size: told.sizes[1] },
  ]);
  expect(sent.files[0].filename).toBe("bild ü.png");
  expect(sent.files[0].content_type).toBe("image/png");
  expect(told.outputs[0].signature).toBe(PNG);
  expect(told.outputs[0].filename).toMatch(/^inverted/);

  const [red, green, blue] = await apiPage.evaluate(async (endpoint) => {
    const { runAs, lib } = await import("/tests-support/in-page.js");
    const canvas = Object.assign(document.createElement("canvas"), { width: 4, height: 4 });
    const context = canvas.getContext("2d");
    context.fillStyle = "#204060";
    context.fillRect(0, 0, 4, 4);
    const image = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const workflowApi = {
      1: { class_type: "LoadImage", inputs: { image: "x.png" } },
      2: { class_type: "ImageInvert", inputs: { image: ["1", 0] } },
      3: { class_type: "SaveImage", inputs: { images: ["2", 0], filename_prefix: "inverted" } },
    };
    const request = { params: { "1-inputs-image": image }, workflowApi };
    const { result } = await runAs(lib, "infer", { endpoint, token: "local-token" }, request);
    const bitmap = await createImageBitmap(result.outputs[0].file);
    context.drawImage(bitmap, 0, 0);
    return [...context.getImageData(1, 1, 1, 1).data];
  }, endpoint.url);
  expect([red, green, blue]).toEqual([255 - 0x20, 255 - 0x40, 255 - 0x60]);
});

test.describe("another origin", () => {
  for (const way of WAYS) {
    test(`${way} works where it is allowed`, async ({ apiPage, elsewhere }) => {
      await forgetRequests(elsewhere.url);
      const told = await apiPage.evaluate(
        async ([way, endpoint, keys]) => {
          const { told } = await import("/tests-support/in-page.js");
          const params = { [keys.seed]: 3n };
          return told(way, { endpoint, clientId: "local-id", clientSecret: "local-secret" }, { params });
        },
        [way, elsewhere.url, KEYS],
      );
      expect(told.outputs[0].signature).toBe(PNG);
      expect((await lastRequest(elsewhere.url)).headers.origin).not.toBe(elsewhere.url);
    });

    test(`${way} says network where it is not`, async ({ apiPage, elsewhere }) => {
      const failure = await apiPage.evaluate(
        async ([way, endpoint, keys]) => {
          const { failed } = await import("/tests-support/in-page.js");
          const options = { endpoint, query: "?fault=no_cors", token: "local-token" };
          return failed(way, options, { params: { [keys.seed]: 3n } });
        },
        [way, elsewhere.url, KEYS],
      );
      expect(failure).toMatchObject({ name: "ViewComfyError", code: "network", isError: true });
      if (way !== "follow") expect(failure.message).toMatch(/CORS|origin/i);
    });
  }

  test("a link is handed out and can be downloaded", async ({ apiPage, elsewhere }) => {
    const told = await apiPage.evaluate(
      async ([endpoint, keys]) => {
        const { told } = await import("/tests-support/in-page.js");
        const options = { endpoint, query: "?fault=link_output", token: "local-token" };
        return told("inferWithLogs", options, { params: { [keys.seed]: 3n } });
      },
      [elsewhere.url, KEYS],
    );
    expect(told.outputs[0]).toMatchObject({ isFile: false, signature: PNG });
    expect(told.outputs[0].url.startsWith(`${elsewhere.url}/outputs/`)).toBe(true);
  });
});

test("a relative address is the page's own backend", async ({ apiPage, endpoint }) => {
  await forgetRequests(endpoint.url);
  const status = await apiPage.evaluate(async (keys) => {
    const { lib } = await import("/tests-support/in-page.js");
    const headers = { authorization: "Bearer local-token" };
    const client = new lib.ViewComfyClient({ endpoint: "/infer", headers });
    return (await client.infer({ params: { [keys.seed]: 3n } })).status;
  }, KEYS);
  expect(status).toBe("success");
  expect((await lastRequest(endpoint.url)).authorized_by).toBe("token");
});

test("a run's events are followed by a relative address and a URL", async ({ apiPage, endpoint }) => {
  const statuses = await apiPage.evaluate(
    async ([endpoint, keys]) => {
      const { lib } = await import("/tests-support/in-page.js");
      const form = new FormData();
      form.set("params", lib.buildParams({ [keys.seed]: 3n }).json);
      const headers = { authorization: "Bearer local-token" };
      const answer = await fetch("/runs", { method: "POST", body: form, headers });
      const { events } = await answer.json();
      const first = await lib.follow(events);
      // From the beginning again, although the run has ended.
      const second = await lib.follow(new URL(events, endpoint));
      return [first.status, second.status, first.promptId === second.promptId, first.sent];
    },
    [endpoint.url, KEYS],
  );
  expect(statuses).toEqual(["success", "success", true, null]);
});

test("cookies go along when asked for", async ({ apiPage, endpoint }) => {
  await forgetRequests(endpoint.url);
  const send = (credentials) =>
    apiPage.evaluate(
      async ([credentials, keys]) => {
        const { lib } = await import("/tests-support/in-page.js");
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every engine.
        document.cookie = "session=abc; path=/";
        const client = new lib.ViewComfyClient({ endpoint: "/infer", token: "local-token", credentials });
        await client.infer({ params: { [keys.seed]: 3n } });
      },
      [credentials, KEYS],
    );
  await send("same-origin");
  expect((await lastRequest(endpoint.url)).headers.cookie).toBe("…");
  await send("omit");
  expect((await lastRequest(endpoint.url)).headers.cookie).toBe(undefined);
});
