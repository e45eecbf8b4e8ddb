// What to try when a run fails and the page's own server stands in front of the deployment: the settings are not in the page.

const SETTINGS = "in .env or the shell";

const BY_CODE = {
  unauthorized: [
    "Your deployment refused the credentials",
    `Compare VIEWCOMFY_CLIENT_ID and VIEWCOMFY_CLIENT_SECRET, ${SETTINGS}, with the dashboard's. Then restart npm start.`,
  ],
  network: [
    "This page's server could not be reached",
    "It has probably stopped: start it with npm start, then run again.",
  ],
  http_status: [
    "Your deployment answered with an error",
    `If it happens again, read the deployment's log in the dashboard, and compare VIEWCOMFY_API_URL, ${SETTINGS}, with the address there.`,
  ],
  invalid_response: [
    "The answer is not one of a deployment",
    `Compare VIEWCOMFY_API_URL, ${SETTINGS}, with the deployment's address in the dashboard. Then restart npm start.`,
  ],
};

/** Refusals of the proxy itself: it names its reason as the error's type. */
const BY_TYPE = {
  unreachable: [
    "Your deployment could not be reached",
    `Check this machine's connection, and compare VIEWCOMFY_API_URL, ${SETTINGS}, with the address in the dashboard.`,
  ],
  timeout: [
    "Your deployment did not answer in time",
    "Read its log in the dashboard: it may fail to start. Then run again.",
  ],
  too_many_redirects: [
    "Your deployment took too long",
    "With the log streamed a run may last as long as it needs: switch Stream the log on, then run again.",
  ],
  redirect_not_allowed: [
    "The address leads elsewhere",
    `Compare VIEWCOMFY_API_URL, ${SETTINGS}, with the deployment's address in the dashboard. Then restart npm start.`,
  ],
  too_large: ["The files are too large to be passed on", "Use smaller ones, then run again."],
};

/** `[title, advice]`, or undefined where what is advised without such a server holds here, too. */
export function deploymentAdvice(error) {
  return BY_TYPE[error?.errorType] ?? BY_CODE[error?.code];
}
