// What to try when a run fails and the page's own server stands in front of what runs: the settings are not in the page, but
// with the command that the server was started by.

/**
 * @typedef {{ kind: string, command: string }} Behind what stands behind the page's server, and the command that started that
 */

/** Where the variables are set. @param {Behind} behind */
function settings({ command }) {
  return command === "npm start" ? "in .env or the shell" : "in the shell";
}

/** @param {Behind} behind */
const again = ({ command }) => `Then start ${command} again.`;

/** @typedef {Record<string, (behind: Behind) => [string, string]>} Advice */

/** By the error's code, whatever stands behind. @type {Advice} */
const ANY_CODE = {
  not_initialised: ({ command }) => [
    "The WebAssembly part did not load",
    `Reload the page. If it happens again, start ${command} again.`,
  ],
  network: ({ command }) => [
    "This page's server could not be reached",
    `It has probably stopped: start it with ${command}, then run again.`,
  ],
};

/** By the type that a route's refusal has. @type {Advice} */
const ANY_TYPE = {
  not_authorized: ({ command }) => [
    "This page's server does not know you",
    `Open the address that ${command} printed when it was started: it carries a token.`,
  ],
  too_large: () => ["The files are too large to be passed on", "Use smaller ones, then run again."],
};

/** @param {Behind} behind */
const compareCredentials = (behind) =>
  `Compare VIEWCOMFY_CLIENT_ID and VIEWCOMFY_CLIENT_SECRET, or VIEWCOMFY_TOKEN, ${settings(behind)}, with the dashboard's. ${again(behind)}`;

/** @type {Advice} */
const DEPLOYMENT_CODE = {
  unauthorized: (behind) => ["Your deployment refused the credentials", compareCredentials(behind)],
  http_status: (behind) => [
    "Your deployment responded with an error",
    `If it happens again, read the deployment's log in the dashboard, and compare VIEWCOMFY_API_URL, ${settings(behind)}, with the address there.`,
  ],
  invalid_response: (behind) => [
    "The response is not one of a deployment",
    `Compare VIEWCOMFY_API_URL, ${settings(behind)}, with the deployment's address in the dashboard. ${again(behind)}`,
  ],
  not_supported: ({ command }) => [
    "A deployment can only run",
    `To follow, look up and cancel its runs, start ${command} with --cloud.`,
  ],
};

/** @type {Advice} */
const DEPLOYMENT_TYPE = {
  unreachable: (behind) => [
    "Your deployment could not be reached",
    `Check this machine's connection, and compare VIEWCOMFY_API_URL, ${settings(behind)}, with the address in the dashboard.`,
  ],
  timeout: () => [
    "Your deployment did not respond in time",
    "Read its log in the dashboard: it may fail to start. Then run again.",
  ],
  too_many_redirects: () => [
    "Your deployment took too long",
    "With the log streamed a run may last as long as it needs: switch Stream the log on, then run again.",
  ],
  redirect_not_allowed: (behind) => [
    "The address leads elsewhere",
    `Compare VIEWCOMFY_API_URL, ${settings(behind)}, with the deployment's address in the dashboard. ${again(behind)}`,
  ],
};

/** @type {Advice} */
const CLOUD_CODE = {
  unauthorized: (behind) => ["The cloud API refused the credentials", compareCredentials(behind)],
  http_status: (behind) => [
    "The cloud API responded with an error",
    `If it happens again, read the deployment's log in the dashboard, and compare VIEWCOMFY_API_URL, ${settings(behind)}, with the deployment's address there.`,
  ],
  invalid_response: (behind) => [
    "The response is not one of the cloud API",
    `Unset VIEWCOMFY_CLOUD_URL, ${settings(behind)}, unless the service gave you another address. ${again(behind)}`,
  ],
};

/** @type {Advice} */
const CLOUD_TYPE = {
  unreachable: () => [
    "The cloud API could not be reached",
    "Check this machine's connection. A run that was begun may go on: look among the earlier runs before you run again.",
  ],
  timeout: () => [
    "The cloud API did not respond in time",
    "A run that was begun may go on: look among the earlier runs before you run again.",
  ],
  redirect_not_allowed: (behind) => [
    "The address leads elsewhere",
    `Set VIEWCOMFY_CLOUD_URL, ${settings(behind)}, to the address that it leads to, or unset it. ${again(behind)}`,
  ],
};

/** @type {Advice} */
const COMFYUI_CODE = {
  unauthorized: ({ command }) => [
    "ComfyUI refused the request",
    `Something in front of it asks for a sign-in. Give ${command} an address of ComfyUI that it can reach without one.`,
  ],
  http_status: () => [
    "ComfyUI responded with an error",
    "Read what it wrote where it was started, then run again.",
  ],
  invalid_response: ({ command }) => [
    "The response is not one of ComfyUI",
    `Check that the address that ${command} was given is ComfyUI's.`,
  ],
};

/** @type {Advice} */
const COMFYUI_TYPE = {
  unreachable: ({ command }) => [
    "ComfyUI could not be reached",
    `Start it, and compare its address with the one that ${command} was given. Then run again.`,
  ],
  timeout: () => [
    "ComfyUI did not respond in time",
    "Read what it wrote where it was started, then run again.",
  ],
};

/** @type {Advice} */
const LOCAL_CODE = {
  http_status: ({ command }) => [
    "The local stand-in responded with an error",
    `Start ${command} again, then run again.`,
  ],
};

/** @type {Advice} */
const LOCAL_TYPE = {
  unreachable: ({ command }) => [
    "The local stand-in could not be reached",
    `It has probably stopped: start ${command} again, then run again.`,
  ],
};

const BY_KIND = {
  deployment: [DEPLOYMENT_TYPE, DEPLOYMENT_CODE],
  cloud: [CLOUD_TYPE, CLOUD_CODE],
  comfyui: [COMFYUI_TYPE, COMFYUI_CODE],
  local: [LOCAL_TYPE, LOCAL_CODE],
};

/**
 * `[title, advice]`, or undefined where what is advised without such a server holds here, too.
 *
 * @param {any} error
 * @param {Behind} behind
 */
export function deploymentAdvice(error, behind) {
  const [byType, byCode] = BY_KIND[behind.kind];
  const advice =
    own({ ...byType, ...ANY_TYPE }, error?.errorType) ?? own({ ...byCode, ...ANY_CODE }, error?.code);
  return advice?.(behind);
}

/** The types are a server's own words. @param {Advice} all */
function own(all, word) {
  return Object.hasOwn(all, word ?? "") ? all[word] : undefined;
}
