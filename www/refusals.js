// What is said about a file that cannot be opened: what it is, why, and what to do.

import { deployment } from "./deployment.js";
import { adviceFor } from "./failure-advice.js";
import { sentence } from "./format.js";

/** The notice for a file that was read without success; `again` tries it again, `use` puts it into a file field. */
export function refusalOf(read, { again, use }) {
  return read.kind === "nothing" ? nothingIn(read, use) : failureOf(read, again);
}

/** What made a picture that holds another program's settings in place of a workflow. */
const GENERATORS = {
  a1111: "AUTOMATIC1111's web UI, or a program that writes as it does,",
  novelai: "NovelAI",
};

function nothingIn({ name, file, settings, view }, use) {
  const what = { image: "picture", video: "video", audio: "sound" }[file.type.split("/")[0]];
  if (!what) {
    return {
      title: `${name} holds no workflow`,
      message:
        "ComfyUI does not save workflows in files of this kind. Drop a workflow's JSON file, or a picture, video, sound or model that ComfyUI saved.",
    };
  }
  return {
    title: `This ${what} holds no workflow: ${name}`,
    content: view ?? null,
    message: settings
      ? `${GENERATORS[settings.generator]} made it: it holds that program's settings, and settings are not a workflow.`
      : "ComfyUI writes its workflow into what it saves, but chats, sites and editors often strip it when they make a copy, and saving without metadata leaves it out. Look for the original in ComfyUI's output folder.",
    action: use ? { label: `Use it as ${use.label}`, run: use.run } : undefined,
  };
}

function failureOf({ name, error }, again) {
  const { title, advice } = adviceFor(error, { behind: deployment });
  const message = sentence(String(error?.message ?? error));
  // The package's own messages about files already say what to do.
  const ownWords = /workflow$|^damaged_file$|^invalid_definitions$/.test(error?.code ?? "");
  return {
    title: `${name}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
    message: ownWords ? message : `${message} ${advice}`,
    action: error?.code === "not_initialised" ? { label: "Try again", run: again } : undefined,
  };
}
