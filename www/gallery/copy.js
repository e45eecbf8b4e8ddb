// Outputs on the clipboard: pictures as PNG, which is what every browser takes, and texts.

/** Whether such an output can be copied here: browsers give pages the clipboard in secure contexts only. */
export function canCopy(kind) {
  if (kind === "text") return Boolean(navigator.clipboard?.writeText);
  return kind === "image" && Boolean(navigator.clipboard?.write) && typeof ClipboardItem === "function";
}

export async function copyOutput(output, kind) {
  if (kind === "text") return navigator.clipboard.writeText(await (await output.blob()).text());
  // The promise goes in as it is: Safari asks whether a person pressed before the content is there.
  await navigator.clipboard.write([new ClipboardItem({ "image/png": pngOf(output) })]);
}

async function pngOf(output) {
  const blob = await output.blob();
  if (output.contentType === "image/png") return new Blob([blob], { type: "image/png" });
  const address = URL.createObjectURL(blob);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext("2d").drawImage(image, 0, 0);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((png) => (png ? resolve(png) : reject(new Error("it cannot be drawn"))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
