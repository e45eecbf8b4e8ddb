// Files with many of the parts of their formats.

import { deflateSync } from "node:zlib";

const range = (count) => [...Array(count).keys()];
const B = Buffer;
const be = (n, w = 4) => {
  const b = B.alloc(w);
  b.writeUIntBE(n, 0, w);
  return b;
};
const le = (n, w = 4) => {
  const b = B.alloc(w);
  b.writeUIntLE(n, 0, w);
  return b;
};
const crcT = range(256).map((n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const crc = (b) => {
  let c = ~0;
  for (const x of b) c = crcT[(c ^ x) & 255] ^ (c >>> 8);
  return ~c >>> 0;
};
const cat = (...p) => B.concat(p.flat(9).map((x) => (B.isBuffer(x) ? x : B.from(x, "latin1"))));
const chunk = (type, data) => {
  const d = cat(type, data);
  return cat(be(d.length - 4), d, be(crc(d)));
};
const png = (...c) => cat("\x89PNG\r\n\x1a\n", chunk("IHDR", B.alloc(13)), c, chunk("IEND", ""));
const box = (type, ...d) => {
  const c = cat(...d);
  return cat(be(c.length + 8), type, c);
};
const ebml = (id, ...d) => {
  const c = cat(...d);
  const s = B.alloc(8);
  s.writeBigUInt64BE(BigInt(c.length));
  s[0] |= 1;
  return cat(B.from(id.toString(16), "hex"), s, c);
};
const seven = (n) => B.from([(n >> 21) & 127, (n >> 14) & 127, (n >> 7) & 127, n & 127]);
const mp4 = (...inMoov) => cat(box("ftyp", "isom", be(0), "isom"), box("moov", inMoov));
const keys = (names) =>
  box(
    "keys",
    be(0),
    be(names.length),
    names.map((name) => box("mdta", name)),
  );
/** Names, and for each an item of this many bytes that is referred to by its number. */
const keyed = (names, bytes = 1) => {
  const item = (_, at) => box(be(at + 1), box("data", be(1), be(0), B.alloc(bytes, 97)));
  return box("meta", be(0), box("hdlr", B.alloc(24)), keys(names), box("ilst", names.map(item)));
};
/** Pages of a stream; a packet ends where a segment is shorter than 255. */
const page = (serial, segments, content) =>
  cat("OggS\0\0", B.alloc(8), le(serial), le(0), le(0), B.from([segments.length, ...segments]), content);
const opus = (serial) => page(serial, [8], "OpusHead");
/** For each, how many parts there are at first and the function that makes the file. */
export const FILES = {
  "png chunks": [200, (n) => png(range(n).map(() => chunk("abCd", "x")))],
  "png texts": [200, (n) => png(range(n).map((i) => chunk("tEXt", `name${i}\0text`)))],
  "png texts of ours that are not": [200, (n) => png(range(n).map((_i) => chunk("tEXt", `workflow\0text`)))],
  "png far apart": [100, (n) => png(range(n).map(() => chunk("IDAT", B.alloc(9000))))],
  "png compressed": [
    50,
    (n) => png(range(n).map((_i) => chunk("zTXt", cat(`workflow\0\0`, deflateSync(B.alloc(100000, 32)))))),
  ],
  "png a long text": [20000, (n) => png(chunk("tEXt", `workflow\0{"a":"${"x".repeat(n)}"}`))],
  "png parameters": [
    4000,
    (n) => png(chunk("tEXt", `parameters\0${"x, ".repeat(n)}\nSteps: 20, Sampler: Euler`)),
  ],
  "png parameter lines": [4000, (n) => png(chunk("tEXt", `parameters\0${"x\n".repeat(n)}`))],
  "png parameter commas": [
    4000,
    (n) => png(chunk("tEXt", `parameters\0x\nSteps: 20, ${"A: b, ".repeat(n)}`)),
  ],
  "png parameter quotes": [4000, (n) => png(chunk("tEXt", `parameters\0x\nSteps: ${'"'.repeat(n)}`))],
  "jpeg segments": [
    200,
    (n) =>
      cat(
        "\xff\xd8",
        range(n).map(() => cat("\xff\xe2", be(4, 2), "xx")),
        "\xff\xda",
      ),
  ],
  "jpeg fill": [4000, (n) => cat("\xff\xd8", "\xff".repeat(n), "\xda")],
  "webp chunks": [
    200,
    (n) => {
      const c = cat(
        "WEBP",
        range(n).map(() => cat("ABCD", le(2), "xx")),
      );
      return cat("RIFF", le(c.length), c);
    },
  ],
  "webp far": [
    100,
    (n) => {
      const c = cat(
        "WEBP",
        range(n).map(() => cat("ABCD", le(9000), B.alloc(9000))),
      );
      return cat("RIFF", le(c.length), c);
    },
  ],
  "mp4 boxes": [
    200,
    (n) =>
      cat(
        box("ftyp", "isom", be(0), "isom"),
        range(n).map(() => box("free", "x")),
      ),
  ],
  "mp4 far": [
    100,
    (n) =>
      cat(
        box("ftyp", "isom", be(0), "isom"),
        range(n).map(() => box("free", B.alloc(9000))),
      ),
  ],
  "mp4 in moov": [
    200,
    (n) =>
      cat(
        box("ftyp", "isom", be(0), "isom"),
        box(
          "moov",
          range(n).map(() => box("free", "x")),
        ),
      ),
  ],
  "mp4 in moov, far apart": [100, (n) => mp4(range(n).map(() => box("free", B.alloc(9000))))],
  "mp4 in udta, far apart": [
    100,
    (n) =>
      mp4(
        box(
          "udta",
          range(n).map(() => box("free", B.alloc(9000))),
        ),
      ),
  ],
  "mp4 keys": [400, (n) => mp4(keyed(range(n).map((i) => `a name ${i}`)))],
  "mp4 long keys": [200, (n) => mp4(keyed(range(n).map((i) => `${i}${"x".repeat(900)}`)))],
  "mp4 items, far apart": [
    100,
    (n) =>
      mp4(
        keyed(
          range(n).map((i) => `name ${i}`),
          9000,
        ),
      ),
  ],
  "mp4 names of keys twice": [
    100,
    (n) =>
      mp4(
        box(
          "meta",
          be(0),
          range(n).map(() => keys(["a", "b"])),
        ),
      ),
  ],
  "mp4 udta comments": [
    200,
    (n) =>
      cat(
        box("ftyp", "isom", be(0), "isom"),
        box(
          "moov",
          box(
            "udta",
            range(n).map(() => box("\xa9cmt", be(4, 2), be(0, 2), "text")),
          ),
        ),
      ),
  ],
  "mp4 traks": [
    200,
    (n) =>
      cat(
        box("ftyp", "isom", be(0), "isom"),
        box(
          "moov",
          range(n).map(() => box("trak", box("udta", box("free", "x")))),
        ),
      ),
  ],
  "mkv elements": [
    200,
    (n) =>
      cat(
        ebml(0x1a45dfa3, ""),
        ebml(
          0x18538067,
          range(n).map(() => ebml(0xec, "x")),
        ),
      ),
  ],
  "mkv far": [
    100,
    (n) =>
      cat(
        ebml(0x1a45dfa3, ""),
        ebml(
          0x18538067,
          range(n).map(() => ebml(0x1f43b675, B.alloc(9000))),
        ),
      ),
  ],
  "mkv tags": [
    200,
    (n) =>
      cat(
        ebml(0x1a45dfa3, ""),
        ebml(
          0x18538067,
          ebml(
            0x1254c367,
            range(n).map((i) => ebml(0x7373, ebml(0x67c8, ebml(0x45a3, `N${i}`), ebml(0x4487, "x")))),
          ),
        ),
      ),
  ],
  "mkv tag lists": [
    200,
    (n) =>
      cat(
        ebml(0x1a45dfa3, ""),
        ebml(
          0x18538067,
          range(n).map((i) =>
            ebml(0x1254c367, ebml(0x7373, ebml(0x67c8, ebml(0x45a3, `N${i}`), ebml(0x4487, "x")))),
          ),
        ),
      ),
  ],
  "mkv seeks": [
    200,
    (n) =>
      cat(
        ebml(0x1a45dfa3, ""),
        ebml(
          0x18538067,
          ebml(
            0x114d9b74,
            range(n).map(() => ebml(0x4dbb, ebml(0x53ab, B.from("1254c367", "hex")), ebml(0x53ac, be(9, 2)))),
          ),
        ),
      ),
  ],
  "mkv seeks to tags, far apart": [
    50,
    (n) => {
      const element = (i) => [
        ebml(0x1254c367, ebml(0x7373, ebml(0x67c8, ebml(0x45a3, `N${i + 10000}`), ebml(0x4487, "x")))),
        ebml(0xec, B.alloc(9000)),
      ];
      const seek = (at) => ebml(0x4dbb, ebml(0x53ab, B.from("1254c367", "hex")), ebml(0x53ac, be(at)));
      const [first, step] = [cat(range(n).map(() => seek(0))).length + 12, cat(element(0)).length];
      const seeks = range(n).map((i) => seek(first + i * step));
      return cat(ebml(0x1a45dfa3, ""), ebml(0x18538067, ebml(0x114d9b74, seeks), range(n).map(element)));
    },
  ],
  "avif extents, far apart": [
    50,
    (n) => {
      const extents = range(n).map((i) => cat(be(10000 + i * 9000), be(10)));
      const infe = box("infe", "\x02\0\0\0", be(1, 2), be(0, 2), "Exif", "x\0");
      const iloc = box("iloc", be(0), "\x44\0", be(1, 2), be(1, 2), be(0, 2), be(n, 2), extents);
      const meta = box("meta", be(0), box("iinf", be(0), be(1, 2), infe), iloc);
      return cat(box("ftyp", "avif", be(0), "avif"), meta, B.alloc(10000 + n * 9000));
    },
  ],
  "ogg comments": [
    200,
    (n) => {
      const c = cat(
        "OpusTags",
        le(1),
        "x",
        le(n),
        range(n).map((_i) => cat(le(5), "a=bcd")),
      );
      const segs = [];
      for (let l = c.length; ; l -= 255) {
        segs.push(Math.min(l, 255));
        if (l < 255) break;
      }
      const pages = [];
      let at = 0;
      for (let s = 0; s < segs.length; s += 200) {
        const part = segs.slice(s, s + 200);
        const len = part.reduce((a, b) => a + b, 0);
        pages.push(
          cat(
            "OggS\0\0",
            B.alloc(8),
            le(7),
            le(1),
            le(0),
            B.from([part.length, ...part]),
            c.subarray(at, at + len),
          ),
        );
        at += len;
      }
      return cat("OggS\0\0", B.alloc(8), le(7), le(0), le(0), "\x01\x08OpusHead", pages);
    },
  ],
  "ogg pages of a packet": [
    2000,
    (n) =>
      cat(
        opus(1),
        page(1, [255], cat("OpusTags", B.alloc(247))),
        range(n).map(() => page(1, [255], B.alloc(255))),
      ),
  ],
  "ogg pages of another stream": [
    2000,
    (n) =>
      cat(
        opus(1),
        opus(2),
        page(2, [9], "OpusTags\0"),
        range(n).map(() => page(2, [255], B.alloc(255))),
      ),
  ],
  "ogg long pages": [
    50,
    (n) =>
      cat(
        opus(1),
        opus(2),
        range(n).map(() => page(2, Array(255).fill(255), B.alloc(255 * 255))),
      ),
  ],
  "id3 frames": [
    200,
    (n) => {
      const c = cat(range(n).map((_i) => cat("TXXX", be(8), be(0, 2), "\0name\0xy")));
      return cat("ID3\x03\0\0", seven(c.length), c, "\xff\xfb");
    },
  ],
  "id3 comments": [
    200,
    (n) => {
      const c = cat(range(n).map((_i) => cat("COMM", be(10), be(0, 2), "\0eng\0texts")));
      return cat("ID3\x03\0\0", seven(c.length), c, "\xff\xfb");
    },
  ],
  "id3 far": [
    50,
    (n) => {
      const c = cat(range(n).map((_i) => cat("APIC", be(9000), be(0, 2), B.alloc(9000))));
      return cat("ID3\x03\0\0", seven(c.length), c, "\xff\xfb");
    },
  ],
  "jpeg segments, far apart": [
    100,
    (n) =>
      cat(
        "\xff\xd8",
        range(n).map(() => cat("\xff\xe2", be(9000, 2), B.alloc(8998))),
        "\xff\xda",
      ),
  ],
  "flac blocks, far apart": [
    100,
    (n) =>
      cat(
        "fLaC",
        range(n).map(() => cat("\x01", be(9000, 3), B.alloc(9000))),
        "\x81",
        be(0, 3),
      ),
  ],
  "mkv tag lists, far apart": [
    100,
    (n) =>
      cat(
        ebml(0x1a45dfa3, ""),
        ebml(
          0x18538067,
          range(n).map((i) => [
            ebml(0x1254c367, ebml(0x7373, ebml(0x67c8, ebml(0x45a3, `N${i}`), ebml(0x4487, "x")))),
            ebml(0xec, B.alloc(9000)),
          ]),
        ),
      ),
  ],
  "avif boxes, far apart": [
    100,
    (n) =>
      cat(
        box("ftyp", "avif", be(0), "avif"),
        range(n).map(() => box("free", B.alloc(9000))),
        box("meta", be(0)),
      ),
  ],
  "avif in meta, far apart": [
    100,
    (n) =>
      cat(
        box("ftyp", "avif", be(0), "avif"),
        box(
          "meta",
          be(0),
          range(n).map(() => box("free", B.alloc(9000))),
        ),
      ),
  ],
  "flac blocks": [
    200,
    (n) =>
      cat(
        "fLaC",
        range(n).map(() => cat("\x01", be(4, 3), "abcd")),
        "\x81",
        be(0, 3),
      ),
  ],
  "flac comments": [
    200,
    (n) => {
      const c = cat(
        le(1),
        "x",
        le(n),
        range(n).map((_i) => cat(le(5), "a=bcd")),
      );
      return cat("fLaC", "\x84", be(c.length, 3), c);
    },
  ],
  "svg elements": [400, (n) => cat("<svg>", "<g/>".repeat(n), "</svg>")],
  "svg comments": [400, (n) => cat("<svg>", "<!-- x -->".repeat(n), "</svg>")],
  "svg unclosed comments": [400, (n) => cat("<svg>", "<!-- ".repeat(n), "</svg>")],
  "svg unclosed": [400, (n) => cat("<svg>", "<g ".repeat(n), "</svg>")],
  "svg cdata": [400, (n) => cat("<svg><metadata>", "<![CDATA[".repeat(n), "</metadata></svg>")],
  "svg desc": [400, (n) => cat("<svg>", "<desc>x</desc>".repeat(n), "</svg>")],
  "svg metadata open": [400, (n) => cat("<svg>", "<metadata>".repeat(n), "</svg>")],
  "svg metadata": [400, (n) => cat("<svg>", "<metadata>x</metadata>".repeat(n), "</svg>")],
  "svg metadata of others": [
    400,
    (n) => cat("<svg>", '<metadata>{"a":{"b":1}}</metadata>'.repeat(n), "</svg>"),
  ],
  "svg metadata that is not JSON": [
    400,
    (n) => cat("<svg>", '<metadata>{"a":</metadata>'.repeat(n), "</svg>"),
  ],
  "svg tags in metadata": [400, (n) => cat("<svg><metadata>", "<a>x</a>".repeat(n), "</metadata></svg>")],
  "svg desc open": [400, (n) => cat("<svg>", "<desc>".repeat(n), "</svg>")],
  "svg braces": [400, (n) => cat("<svg><desc>", '{"a":'.repeat(n), "</desc></svg>")],
  "svg entities": [400, (n) => cat("<svg><metadata>", "&amp;".repeat(n), "</metadata></svg>")],
  "svg attributes": [
    400,
    (n) =>
      cat(
        "<svg ",
        range(n).map((i) => `a${i}="x" `),
        "></svg>",
      ),
  ],
  "svg quotes": [400, (n) => cat("<svg ", '"'.repeat(n), "></svg>")],
  "svg spaces": [400, (n) => cat(" ".repeat(n), "<svg></svg>")],
  "svg processing": [400, (n) => cat("<?xml ?>".repeat(n), "<svg></svg>")],
  safetensors: [
    400,
    (n) => {
      const h = JSON.stringify({ __metadata__: Object.fromEntries(range(n).map((i) => [`k${i}`, "v"])) });
      const l = B.alloc(8);
      l.writeUInt32LE(h.length);
      return cat(l, h);
    },
  ],
  "safetensors tensors": [
    400,
    (n) => {
      const h = JSON.stringify({
        ...Object.fromEntries(
          range(n).map((i) => [`k${i}`, { dtype: "F16", shape: [1], data_offsets: [0, 2] }]),
        ),
      });
      const l = B.alloc(8);
      l.writeUInt32LE(h.length);
      return cat(l, h);
    },
  ],
  glb: [
    400,
    (n) => {
      const h = JSON.stringify({
        asset: { extras: Object.fromEntries(range(n).map((i) => [`k${i}`, "v"])) },
      });
      return cat("glTF", le(2), le(20 + h.length), le(h.length), "JSON", h);
    },
  ],
  json: [
    400,
    (n) =>
      cat(JSON.stringify(Object.fromEntries(range(n).map((i) => [`${i}`, { class_type: "A", inputs: {} }])))),
  ],
  "json that is none": [
    400,
    (n) => cat(JSON.stringify(Object.fromEntries(range(n).map((i) => [`${i}`, { a: "A", inputs: {} }])))),
  ],
  "exif entries": [
    200,
    (n) => {
      const t = cat(
        "II*\0",
        le(8),
        le(n, 2),
        range(n).map((i) => cat(le(0x100 + i, 2), le(2, 2), le(4), "abc\0")),
        le(0),
      );
      const s = cat("Exif\0\0", t);
      return cat("\xff\xd8\xff\xe1", be(s.length + 2, 2), s, "\xff\xda");
    },
  ],
  "exif texts": [
    200,
    (n) => {
      const t = cat(
        "II*\0",
        le(8),
        le(n, 2),
        range(n).map((_i) => cat(le(0x010e, 2), le(2, 2), le(100), le(8))),
        le(0),
        B.alloc(200, 65),
      );
      const s = cat("Exif\0\0", t);
      return cat("\xff\xd8\xff\xe1", be(s.length + 2, 2), s, "\xff\xda");
    },
  ],
  "avif items": [
    200,
    (n) =>
      cat(
        box("ftyp", "avif", be(0), "avif"),
        box(
          "meta",
          be(0),
          box(
            "iinf",
            be(0),
            be(n, 2),
            range(n).map((i) => box("infe", "\x02\0\0\0", be(i + 1, 2), be(0, 2), "av01", "x\0")),
          ),
          box(
            "iloc",
            be(0),
            "\x44\0",
            be(n, 2),
            range(n).map((i) => cat(be(i + 1, 2), be(0, 2), be(1, 2), be(100), be(10))),
          ),
        ),
      ),
  ],
  "avif exif items": [
    200,
    (n) =>
      cat(
        box("ftyp", "avif", be(0), "avif"),
        box(
          "meta",
          be(0),
          box(
            "iinf",
            be(0),
            be(n, 2),
            range(n).map((i) => box("infe", "\x02\0\0\0", be(i + 1, 2), be(0, 2), "Exif", "x\0")),
          ),
          box(
            "iloc",
            be(0),
            "\x44\0",
            be(n, 2),
            range(n).map((i) => cat(be(i + 1, 2), be(0, 2), be(1, 2), be(100), be(10))),
          ),
        ),
      ),
  ],
  nothing: [20000, (n) => B.alloc(n, 7)],
};
