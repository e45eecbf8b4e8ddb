// VitePress's own theme with the system's fonts and the project's colours.

import theme from "vitepress/theme-without-fonts";
import "./style.css";

export default theme;
