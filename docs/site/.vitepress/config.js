// The site: its navigation, its search, and where the reference is. Nothing on it comes from another host.

import { defineConfig } from "vitepress";

const GUIDES = [
  {
    text: "Start",
    items: [
      { text: "Getting started", link: "/guide/getting-started" },
      { text: "Demo", link: "/demo" },
      { text: "Concepts", link: "/guide/concepts" },
      { text: "All calls", link: "/guide/calls" },
      { text: "Flatten, and put values back", link: "/guide/flatten" },
      { text: "Keep the secret: the proxy", link: "/guide/proxy" },
      { text: "Run through the cloud API", link: "/guide/cloud" },
      { text: "Run on your own ComfyUI", link: "/guide/comfyui" },
    ],
  },
  {
    text: "Run",
    items: [
      { text: "Parameters, seeds, files and masks", link: "/guide/parameters" },
      { text: "Progress and logs", link: "/guide/progress" },
      { text: "Cancel, and time limits", link: "/guide/cancel" },
      { text: "Many runs, and long ones", link: "/guide/runs" },
      { text: "Outputs", link: "/guide/outputs" },
      { text: "Errors, and what to do", link: "/guide/errors" },
      { text: "What can happen on the way", link: "/guide/on-the-way" },
      { text: "Troubleshooting", link: "/guide/troubleshooting" },
    ],
  },
  {
    text: "In your app",
    items: [
      { text: "Tags for any page", link: "/guide/element" },
      { text: "React", link: "/guide/react" },
      { text: "Types for a workflow", link: "/guide/types" },
      { text: "Loading the wasm", link: "/guide/loading" },
      { text: "Command line", link: "/guide/command-line" },
      { text: "Speed and size", link: "/guide/speed-and-size" },
    ],
  },
  {
    text: "Inspect workflows",
    items: [
      { text: "Find workflows in files", link: "/guide/find" },
      { text: "Inspect and convert", link: "/guide/inspect" },
      { text: "The demo page", link: "/guide/page" },
    ],
  },
  {
    text: "Migrating",
    items: [
      { text: "From the TypeScript client", link: "/guide/from-typescript" },
      { text: "From the Python client", link: "/guide/from-python" },
    ],
  },
];

const entry = (name) => ({ text: `viewcomfy-wasm${name}`, link: `/reference/viewcomfy-wasm${name}` });
const REFERENCE = [
  {
    text: "Reference",
    items: [
      "",
      "/inspect",
      "/proxy",
      "/proxy/node",
      "/cloud",
      "/comfyui",
      "/react",
      "/element",
      "/compat",
      "/inline",
    ].map(entry),
  },
];

export default defineConfig({
  title: "viewcomfy-wasm",
  description: "Runs, inspects and converts ComfyUI workflows in a web page.",
  lang: "en",
  // Where the site lies on its host: "/viewcomfy-wasm/" for a page of a project.
  base: process.env.DOCS_BASE ?? "/",
  cleanUrls: true,
  head: [["link", { rel: "icon", type: "image/svg+xml", href: `${process.env.DOCS_BASE ?? "/"}icon.svg` }]],
  markdown: { theme: { light: "github-light-high-contrast", dark: "github-dark" } },
  themeConfig: {
    logo: "/icon.svg",
    nav: [
      { text: "Guides", link: "/guide/getting-started", activeMatch: "/guide/" },
      { text: "Demo", link: "/demo" },
      { text: "Reference", link: "/reference/viewcomfy-wasm", activeMatch: "/reference/" },
    ],
    sidebar: { "/guide/": GUIDES, "/reference/": REFERENCE },
    outline: { level: [2, 3] },
    search: { provider: "local" },
    docFooter: { prev: "Previous", next: "Next" },
    footer: { message: "MIT or Apache 2.0, at your option." },
  },
});
