import { defineConfig } from "vite";

/** An app has one React; here both are installed. */
const alias = process.env.REACT === "18" ? { react: "react-18", "react-dom": "react-dom-18" } : {};

export default defineConfig({ resolve: { alias }, build: { target: "es2022" } });
