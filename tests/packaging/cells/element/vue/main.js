// The tags in Vue, which sets properties and hears events by itself.

import { createApp } from "vue";
import App from "./App.vue";

const workflow = await (await fetch("/workflow_api.json")).text();
createApp(App, { workflow }).mount(document.body.appendChild(document.createElement("main")));
