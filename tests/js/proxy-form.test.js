// The proxy's form: read however its bytes are cut, held to the protocol's fields, and written anew.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { newBoundary, rewritten } from "../../pkg/src/route/form.js";
import { boundaryOf } from "../../pkg/src/route/multipart.js";
import { FOUND, Scanner } from "../../pkg/src/route/scanner.js";
import { PATIENCE } from "../support/patience.js";
import { END, FIELDS, file, part, SHAPES, TOO_MANY_PARTS } from "../support/refused-forms.js";

const latin1 = (text) => new Uint8Array(Buffer.from(text, "latin1"));
const utf8 = (text) => new TextEncoder().encode(text);

/** `text` as its bytes, cut before each of these places. */
function cut(bytes, places) {
  const at = [0, ...places, bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

describe("a text is found", () => {
  const NEEDLE = "\r\n--ab-a";
  const texts = [
    "",
    "\r",
    NEEDLE,
    NEEDLE + NEEDLE,
    `x${NEEDLE}\r\n--ab-b\r\n--${NEEDLE}y`,
    `\r\n\r\n-\r\n--a\r\n--ab${NEEDLE}\r\n--ab-`,
  ];
  for (const text of texts) {
    test(JSON.stringify(text), () => {
      const expected = text.split(NEEDLE).join("|");
      for (let one = 0; one <= text.length; one += 1) {
        for (let two = one; two <= text.length; two += 1) {
          const scanner = new Scanner(latin1(NEEDLE));
          let got = "";
          for (const chunk of cut(latin1(text), [one, two])) {
            for (const piece of scanner.split(chunk))
              got += piece === FOUND ? "|" : Buffer.from(piece).toString("latin1");
          }
          assert.equal(got + Buffer.from(scanner.rest()).toString("latin1"), expected, `${one} ${two}`);
        }
      }
    });
  }

  test("what cannot be its beginning is not held back", () => {
    const scanner = new Scanner(latin1("secret-text"));
    assert.deepEqual([...scanner.split(latin1("data: x\n\n"))].map(String), [String(latin1("data: x\n\n"))]);
    assert.deepEqual([...scanner.split(latin1("a sec"))].map(String), [String(latin1("a "))]);
  });
});

describe("the boundary", () => {
  test("as browsers and other clients name it", () => {
    assert.equal(
      boundaryOf("multipart/form-data; boundary=----WebKitFormBoundaryAb1"),
      "----WebKitFormBoundaryAb1",
    );
    assert.equal(boundaryOf('Multipart/Form-Data;boundary="a b=c"'), "a b=c");
  });

  const others = [
    null,
    "",
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=a; boundary=b",
    "multipart/form-data; charset=utf-8; boundary=a",
    "multipart/mixed; boundary=a",
    `multipart/form-data; boundary=${"a".repeat(71)}`,
    'multipart/form-data; boundary="a\\"b"',
  ];
  for (const type of others) {
    test(`none in ${type}`, () => assert.throws(() => boundaryOf(type), { code: "unsupported_type" }));
  }

  test("ours is never the same", () => {
    assert.notEqual(newBoundary(), newBoundary());
    assert.equal(boundaryOf(`multipart/form-data; boundary=${newBoundary()}`).length, 46);
  });
});

/** The form rewritten with the boundary "ours", from chunks; what is refused throws. */
async function rewrite(chunks, { workflowApi = true, from = "b" } = {}) {
  const pieces = [];
  const source = (async function* () {
    yield* chunks;
  })();
  for await (const piece of rewritten(source, { from, to: "ours", workflowApi })) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

describe("a form is written anew", () => {
  const whole = `${part("params", '{"a":1}')}${part("logs", "")}${file("5-inputs-image", "ä %22.png", "\r\n--x\r\n--b\r--\r\n--")}${END}`;
  const expected =
    '--ours\r\nContent-Disposition: form-data; name="params"\r\n\r\n{"a":1}\r\n' +
    '--ours\r\nContent-Disposition: form-data; name="logs"\r\n\r\n\r\n' +
    '--ours\r\nContent-Disposition: form-data; name="5-inputs-image"; filename="ä %22.png"\r\n' +
    "Content-Type: image/png\r\n\r\n\r\n--x\r\n--b\r--\r\n--\r\n--ours--\r\n";

  test("cut anywhere", PATIENCE, async () => {
    const sane = whole.replace("\r\n--b\r--", "\r\n--c\r--");
    const bytes = utf8(sane);
    const wanted = expected.replace("\r\n--b\r--", "\r\n--c\r--");
    for (let at = 0; at <= bytes.length; at += 1) {
      assert.equal(await rewrite(cut(bytes, [at])), wanted, `cut at ${at}`);
      assert.equal(await rewrite(cut(bytes, [at, Math.min(at + 1, bytes.length)])), wanted, `cut at ${at}`);
    }
    assert.equal(await rewrite(Array.from(bytes, (byte) => Uint8Array.of(byte))), wanted);
  });

  test("a line that only begins like the boundary is ambiguous, so it is refused", async () => {
    await assert.rejects(rewrite([utf8(whole)]), { code: "invalid_body" });
  });

  test("cut short anywhere it is refused, and its end is not written", PATIENCE, async () => {
    const bytes = utf8(`${part("params", "{}")}${file("5-inputs-image", "a.png", "x")}--b--`);
    for (let length = 0; length < bytes.length; length += 1) {
      const pieces = [];
      const source = [bytes.subarray(0, length)];
      const reading = (async () => {
        for await (const piece of rewritten(source, { from: "b", to: "ours", workflowApi: true }))
          pieces.push(piece);
      })();
      await assert.rejects(reading, { code: "invalid_body" }, `${length} bytes`);
      assert.doesNotMatch(Buffer.concat(pieces).toString(), /--ours--/);
    }
    assert.match(await rewrite([bytes]), /--ours--/);
  });

  test("what parsers read differently does not arrive", async () => {
    const odd = file("5-inputs-image", "a\\", "x", "text/html; charset=x\\y");
    const told = await rewrite([utf8(odd + END)]);
    assert.match(told, /filename="a_"\r\nContent-Type: application\/octet-stream\r\n\r\nx\r\n/);
    const header =
      'X-Other: 1\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name="logs"';
    assert.equal(
      await rewrite([utf8(`--b\r\n${header}\r\n\r\ntrue\r\n${END}`)]),
      '--ours\r\nContent-Disposition: form-data; name="logs"\r\n\r\ntrue\r\n--ours--\r\n',
    );
  });
});

describe("a form is refused", () => {
  for (const { what, form } of FIELDS) {
    test(what, () => assert.rejects(rewrite([form]), { code: "field_not_allowed" }));
  }

  for (const { what, form } of [...SHAPES, { what: "too many parts", form: TOO_MANY_PARTS }]) {
    test(what, async () => {
      await assert.rejects(rewrite([form]), { code: "invalid_body" });
      const single = Array.from(form, (byte) => Uint8Array.of(byte));
      await assert.rejects(rewrite(single), { code: "invalid_body" });
    });
  }

  test("a workflow where none may be sent, but not an empty one", async () => {
    const form = (workflow) => [utf8(part("params", "{}") + part("workflow_api", workflow) + END)];
    await assert.rejects(rewrite(form("{}"), { workflowApi: false }), { code: "field_not_allowed" });
    assert.doesNotMatch(await rewrite(form(""), { workflowApi: false }), /workflow_api/);
    assert.match(await rewrite(form("{}")), /workflow_api/);
  });
});
