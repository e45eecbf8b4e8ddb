// VitePress's own theme with the system's fonts and the project's colours, and the tags that a guide shows at work.

import theme from "vitepress/theme-without-fonts";
import { LiveElement } from "./live-element.js";
import "./style.css";

export default {
  extends: theme,
  enhanceApp: ({ app }) => app.component("LiveElement", LiveElement),
};
