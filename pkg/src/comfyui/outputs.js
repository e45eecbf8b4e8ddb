// What a run made: the files that its nodes saved, and the texts that they show.

/** By extension, as ComfyUI's own answers have other types on other systems. */
const TYPES = {
  ...{ png: "image/png", apng: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", webp: "image/webp" },
  ...{ gif: "image/gif", avif: "image/avif", bmp: "image/bmp", tif: "image/tiff", tiff: "image/tiff" },
  ...{
    svg: "image/svg+xml",
    exr: "image/x-exr",
    mp4: "video/mp4",
    webm: "video/webm",
    mov: "video/quicktime",
  },
  ...{
    mkv: "video/x-matroska",
    avi: "video/x-msvideo",
    wav: "audio/wav",
    mp3: "audio/mpeg",
    flac: "audio/flac",
  },
  ...{ ogg: "audio/ogg", opus: "audio/ogg", m4a: "audio/mp4", aac: "audio/aac", glb: "model/gltf-binary" },
  ...{ gltf: "model/gltf+json", obj: "model/obj", stl: "model/stl", txt: "text/plain; charset=utf-8" },
  ...{ json: "application/json", zip: "application/zip", pdf: "application/pdf" },
};
const ANY_TYPE = "application/octet-stream";
const TEXT_TYPE = "text/plain; charset=utf-8";
const FOLDERS = new Set(["output", "temp", "input"]);

/**
 * @typedef {{ filename: string, contentType: string, file: import("./signer.js").StoredFile }} FileOutput
 * @typedef {{ filename: string, contentType: string, bytes: Uint8Array }} BytesOutput
 */

/**
 * @param {Record<string, any>} outputs what each output node made, by id, as history and messages have it
 * @returns {(FileOutput | BytesOutput)[]}
 */
export function outputsOf(outputs) {
  const seen = new Set();
  return Object.entries(outputs).flatMap(([id, made]) => {
    const files = filesOf(made, seen);
    // What a node says of a text file that it saved is the file's content.
    const texts = Array.isArray(made?.files) ? [] : textsOf(id, made);
    return [...files, ...texts];
  });
}

/** Whatever has a file name, under whichever key: a video is among the pictures. */
function filesOf(made, seen) {
  return Object.values(made ?? {}).flatMap((list) => {
    if (!Array.isArray(list)) return [];
    return list.flatMap((item) => {
      if (typeof item?.filename !== "string") return [];
      const { filename, subfolder = "", type = "output" } = item;
      const key = JSON.stringify([filename, subfolder, type]);
      // Some nodes list a file under two keys.
      if (seen.has(key) || !FOLDERS.has(type)) return [];
      seen.add(key);
      return [{ filename, contentType: typeOf(filename), file: { filename, subfolder, type } }];
    });
  });
}

function textsOf(id, made) {
  const texts = [made?.text ?? []].flat(2).filter((text) => typeof text === "string");
  return texts.map((text, index) => ({
    filename: `text_${id.replaceAll(/[^\w-]/g, "_")}${index > 0 ? `_${index + 1}` : ""}.txt`,
    contentType: TEXT_TYPE,
    bytes: new TextEncoder().encode(text),
  }));
}

function typeOf(filename) {
  const extension = filename.slice(filename.lastIndexOf(".") + 1).toLowerCase();
  return Object.hasOwn(TYPES, extension) ? TYPES[extension] : ANY_TYPE;
}
