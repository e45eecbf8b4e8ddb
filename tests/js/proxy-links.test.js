// `?url=`: results that came as links, from the hosts of the list and from nowhere else.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { gzipSync } from "node:zlib";

import { hostPattern } from "../../pkg/src/route/hosts.js";
import { PATIENCE } from "../support/patience.js";
import { refusalOf, startProxy } from "../support/proxy.js";
import { serve } from "../support/serve.js";

const CONTENT = "0123456789";
const asked = [];
let host;
let other;
let proxy;

const ANSWERS = {
  "/plain": (_, response) => {
    response
      .writeHead(200, { "content-type": "image/png", "content-length": "10", "set-cookie": "a=1" })
      .end(CONTENT);
  },
  "/ranges": ({ headers }, response) => {
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(headers.range);
    const range = { "content-range": `bytes ${from}-${to}/10`, "accept-ranges": "bytes", etag: '"1"' };
    response.writeHead(206, { "content-type": "video/mp4", ...range }).end(CONTENT.slice(+from, +to + 1));
  },
  "/unsatisfiable": (_, response) =>
    response.writeHead(416, { "content-range": "bytes */10" }).end("secret page"),
  "/html": (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<script>"),
  "/script": (_, response) => response.writeHead(200, { "content-type": "text/javascript" }).end("1"),
  "/svg": (_, response) => response.writeHead(200, { "content-type": "image/svg+xml" }).end("<svg/>"),
  "/untyped": (_, response) => response.writeHead(200).end(CONTENT),
  "/zipped": (_, response) => {
    const body = gzipSync(CONTENT);
    const headers = {
      "content-encoding": "gzip",
      "content-length": body.length,
      "content-type": "text/plain",
    };
    response.writeHead(200, headers).end(body);
  },
  "/expired": (_, response) => response.writeHead(403).end("<Error>key</Error>"),
  "/broken": (_, response) => response.writeHead(500).end("trace"),
  "/moved": (_, response) => response.writeHead(302, { location: "/plain" }).end(),
  "/away": (_, response) => response.writeHead(302, { location: `${other.url}/plain` }).end(),
  "/named": (_, response) =>
    response.writeHead(302, { location: host.url.replace("//", "//user:pass@") }).end(),
  "/round": (_, response) => response.writeHead(307, { location: "/round" }).end(),
};

before(async () => {
  const listener = (request, response) => {
    asked.push(request);
    const answer = ANSWERS[request.url.split("?")[0]];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  };
  [host, other] = await Promise.all([serve(listener), serve(listener)]);
  proxy = await startProxy({ endpoint: "https://example.com/", linkHosts: [new URL(host.url).host] });
});
after(() => Promise.all([host.close(), other.close(), proxy.close()]));
beforeEach(() => {
  asked.length = 0;
});

const get = (url, headers = {}) => fetch(`${proxy.url}/api?url=${encodeURIComponent(url)}`, { headers });

describe("a link", () => {
  test("its content, without credentials, cookies or anything of the page's", PATIENCE, async () => {
    const response = await get(`${host.url}/plain?signature=1`, {
      cookie: "session=1",
      authorization: "Bearer x",
    });
    assert.equal(await response.text(), CONTENT);
    assert.equal(response.headers.get("content-type"), "image/png");
    assert.equal(response.headers.get("content-length"), "10");
    assert.equal(response.headers.get("set-cookie"), null);
    assert.match(response.headers.get("content-security-policy"), /sandbox/);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.equal(asked[0].url, "/plain?signature=1");
    for (const name of ["client_id", "client_secret", "authorization", "cookie", "referer", "origin"])
      assert.equal(asked[0].headers[name], undefined, name);
  });

  test("a part of it", PATIENCE, async () => {
    const response = await get(`${host.url}/ranges`, { range: "bytes=2-4", "if-range": '"1"' });
    assert.deepEqual([response.status, await response.text()], [206, "234"]);
    for (const [name, value] of [
      ["content-range", "bytes 2-4/10"],
      ["accept-ranges", "bytes"],
      ["etag", '"1"'],
    ])
      assert.equal(response.headers.get(name), value);
    assert.equal(asked[0].headers["if-range"], '"1"');
    const beyond = await get(`${host.url}/unsatisfiable`, { range: "bytes=20-" });
    assert.deepEqual([beyond.status, beyond.headers.get("content-range")], [416, "bytes */10"]);
    assert.doesNotMatch(await beyond.text(), /secret page/);
  });

  test("what asks for a part in another form is not handed on", PATIENCE, async () => {
    const odd = { range: `bytes=0-1,${"0-1,".repeat(100)}`, "if-range": "é".repeat(2) };
    assert.equal((await get(`${host.url}/plain`, odd)).status, 200);
    assert.equal((await get(`${host.url}/plain`, { range: "lines=0-1" })).status, 200);
    for (const { headers } of asked) {
      assert.equal(headers.range, undefined);
      assert.equal(headers["if-range"], undefined);
    }
    assert.equal(asked.length, 2);
  });

  test("what a page could run becomes bytes", PATIENCE, async () => {
    const types = {
      html: "application/octet-stream",
      script: "application/octet-stream",
      svg: "image/svg+xml",
    };
    for (const [name, type] of Object.entries({ ...types, untyped: "application/octet-stream" })) {
      assert.equal((await get(`${host.url}/${name}`)).headers.get("content-type"), type, name);
    }
  });

  test("a length that no longer fits is left out", PATIENCE, async () => {
    const response = await get(`${host.url}/zipped`);
    assert.equal(asked[0].headers["accept-encoding"], "identity");
    assert.deepEqual([await response.text(), response.headers.get("content-length")], [CONTENT, null]);
  });

  test("a redirect within the hosts is followed", PATIENCE, async () => {
    assert.equal(await (await get(`${host.url}/moved`)).text(), CONTENT);
  });

  test("what its host refuses", PATIENCE, async () => {
    for (const [path, status] of [
      ["expired", 403],
      ["broken", 502],
    ]) {
      const refusal = await refusalOf(await get(`${host.url}/${path}`));
      assert.deepEqual([refusal.status, refusal.code], [status, "unreachable"]);
      assert.doesNotMatch(refusal.message, /key|trace/);
    }
  });

  test("whoever leaves ends the download", PATIENCE, async () => {
    const gone = new Promise((resolve) => {
      ANSWERS["/endless"] = (_, response) => {
        response.writeHead(200, { "content-type": "video/mp4" }).write(CONTENT);
        response.on("close", resolve);
      };
    });
    const leaving = new AbortController();
    const address = `${proxy.url}/api?url=${encodeURIComponent(`${host.url}/endless`)}`;
    const response = await fetch(address, { signal: leaving.signal });
    await response.body.getReader().read();
    leaving.abort();
    await gone;
  });
});

describe("refused", () => {
  const addresses = () => [
    "",
    "nonsense",
    "/plain",
    `${other.url}/plain`,
    host.url.replace("127.0.0.1", "localhost"),
    host.url.replace("//", "//user@"),
    host.url.replace("//", "//user:pass@"),
    host.url.replace("http:", "ftp:"),
    "file:///etc/passwd",
    "data:text/html,x",
    "http://169.254.169.254/latest/meta-data",
    "https://example.com/",
  ];

  test("addresses outside the list", PATIENCE, async () => {
    for (const address of addresses()) {
      const refusal = await refusalOf(await get(address));
      assert.deepEqual([refusal.status, refusal.code], [403, "link_not_allowed"], address);
    }
    assert.equal(asked.length, 0);
  });

  test("none or two of them", PATIENCE, async () => {
    for (const query of ["", "?other=1", `?url=${host.url}&url=${host.url}`])
      assert.equal((await refusalOf(await fetch(proxy.url + query))).code, "link_not_allowed");
  });

  test("a redirect out of the list, and one without end", PATIENCE, async () => {
    for (const path of ["away", "named"])
      assert.equal((await refusalOf(await get(`${host.url}/${path}`))).code, "link_not_allowed");
    assert.equal(asked.length, 2);
    assert.equal((await refusalOf(await get(`${host.url}/round`))).code, "too_many_redirects");
  });

  test("another site's page", PATIENCE, async () => {
    const response = await get(`${host.url}/plain`, { "sec-fetch-site": "cross-site" });
    assert.equal((await refusalOf(response)).code, "origin_not_allowed");
  });
});

describe("hosts", () => {
  const rows = [
    [
      "results.example.com",
      ["https://results.example.com/a", "https://RESULTS.example.com:443"],
      [
        "http://results.example.com",
        "https://results.example.com:8443",
        "https://example.com",
        "https://a.results.example.com",
        "https://results.example.com.evil.example",
        "https://results.example.com.",
      ],
    ],
    [
      "*.example.com",
      ["https://a.example.com", "https://a.b.example.com"],
      [
        "https://example.com",
        "https://evilexample.com",
        "https://a.example.com.evil.example",
        "https://a.example.com:444",
      ],
    ],
    ["Results.Example.com:8443", ["https://results.example.com:8443"], ["https://results.example.com"]],
    [
      "bücher.example",
      ["https://xn--bcher-kva.example", "https://bücher.example"],
      ["https://bucher.example"],
    ],
    [
      "localhost:80",
      ["http://localhost", "https://localhost:80"],
      ["http://localhost:81", "https://localhost"],
    ],
    ["[::1]:9000", ["http://[::1]:9000", "https://[0:0::1]:9000"], ["http://[::1]"]],
    ["127.0.0.1:9000", ["http://127.0.0.1:9000", "http://2130706433:9000"], ["http://127.0.0.1"]],
    ["10.0.0.1:80", [], ["http://10.0.0.1"]],
  ];
  for (const [entry, inside, outside] of rows) {
    test(entry, () => {
      const fits = hostPattern(entry);
      for (const address of inside) assert.ok(fits(new URL(address)), address);
      for (const address of outside) assert.ok(!fits(new URL(address)), address);
    });
  }
});
