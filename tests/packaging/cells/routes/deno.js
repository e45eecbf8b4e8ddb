// The routes in Deno's server.

import { routesOf } from "./routes.js";

const onListen = ({ port }) => console.log(`http://127.0.0.1:${port}`);
const port = Number(Deno.env.get("PORT"));
Deno.serve({ hostname: "127.0.0.1", port, onListen }, routesOf(Deno.env.toObject()));
