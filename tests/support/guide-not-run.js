// Examples in the guides that the Node tests do not run, each with its reason. A block that is neither run nor listed here
// fails its guide's test, and so does an entry that is no longer needed.

/** Run by tests/browser/docs-guides.spec.js, in a real page. */
export const IN_BROWSER = [
  "element: app.js",
  "element: german.js",
  "element: app-19.jsx",
  "element: app-18.jsx",
  "parameters: mask.js",
  "react: client.js",
  "react: fox.jsx",
  "react: outputs.jsx",
];

/** Guide and block → why it cannot be run. */
export const NOT_RUN = {
  "getting-started: npm install viewcomfy-wasm":
    "an installation: tests/packaging installs the packed package",
  "cloud: npm install viewcomfy-wasm socket.io-client": "an installation of two packages",
  "getting-started: .env.local":
    "an environment file with made-up values; its names are those the routes are run with",
  "runs: resume.js":
    "a page before and after a reload, with a route in front of ComfyUI: tests/js/resume.test.js has its calls",
  "element: <!doctype html>": "a whole page: tests/packaging has it with the installed package",
  "element: viewcomfy-app {": "a style sheet: tests/browser/element-look.spec.js has its variables and parts",
  "element: Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:":
    "a header: the tests of the tags serve their pages with a stricter one",
  "element: vite.config.js": "a bundler's settings: tests/packaging builds an app with them",
  "element: <!-- App.vue -->": "a component of Vue: tests/packaging builds an app with it",
  "types: {": "two script lines of a package.json; the command in them is run from the guide's first block",
  "loading: Content-Security-Policy: script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self' blob:; media-src 'self' blob:":
    "a header: tests/browser/docs-guides.spec.js serves a page with it",
};
