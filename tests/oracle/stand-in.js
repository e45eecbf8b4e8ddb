// Answers ComfyUI's page as a server does that knows some classes and has nothing to run.

import sirv from "sirv";

import { serve } from "../support/serve.js";

const MACHINE = {
  system: {
    os: "posix",
    ram_total: 8e9,
    ram_free: 4e9,
    comfyui_version: "0.33.0",
    python_version: "3.11",
    pytorch_version: "2.9",
    embedded_python: false,
    argv: ["main.py"],
  },
  devices: [
    {
      name: "cpu",
      type: "cpu",
      index: null,
      vram_total: 8e9,
      vram_free: 4e9,
      torch_vram_total: 0,
      torch_vram_free: 0,
    },
  ],
};
/** So that no welcome and no workflow of before comes up. */
const SETTINGS = { "Comfy.TutorialCompleted": true, "Comfy.Workflow.Persist": false };
const FEATURES = { supports_preview_metadata: true, max_upload_size: 100 * 1024 * 1024 };

/** What the page's socket hears first. */
export const FIRST_MESSAGE = JSON.stringify({
  type: "status",
  data: { sid: "oracle", status: { exec_info: { queue_remaining: 0 } } },
});

/**
 * @param {string} page the directory with the page's files
 * @param {Record<string, unknown>} objectInfo
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export function standIn(page, objectInfo) {
  const answers = answersWith(objectInfo);
  const files = sirv(page, { etag: true });
  return serve((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (!pathname.startsWith("/api/")) {
      files(request, response, () => void response.writeHead(404).end());
      return;
    }
    const [status, body] = answer(answers, request.method, pathname.slice("/api/".length));
    request.resume();
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
}

function answersWith(objectInfo) {
  const answers = {
    object_info: objectInfo,
    settings: SETTINGS,
    users: { storage: "server", migrated: true },
    system_stats: MACHINE,
    features: FEATURES,
    extensions: [],
    embeddings: [],
    models: [],
    "experiment/models": [],
    queue: { queue_running: [], queue_pending: [] },
    history: {},
    prompt: { exec_info: { queue_remaining: 0 } },
    i18n: {},
    workflow_templates: {},
    userdata: [],
    node_replacements: {},
    global_subgraphs: {},
    jobs: { jobs: [], pagination: { offset: 0, limit: 0, total: 0, has_more: false } },
  };
  return new Map(Object.entries(answers).map(([path, body]) => [path, JSON.stringify(body)]));
}

function answer(answers, method, path) {
  if (path === "user.css") return [200, ""];
  if (method !== "GET") return [200, "{}"];
  const known = answers.get(path.replace(/\/$/, ""));
  return known === undefined ? [404, "{}"] : [200, known];
}
