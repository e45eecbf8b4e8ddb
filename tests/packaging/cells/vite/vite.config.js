// The development server passes runs on to the deployment and adds the credentials, as the backend does later.

import { defineConfig } from "vite";

export default defineConfig({
  server: {
    proxy: {
      "/api/viewcomfy": {
        target: process.env.VIEWCOMFY_API_URL,
        rewrite: () => "",
        headers: {
          client_id: process.env.VIEWCOMFY_CLIENT_ID,
          client_secret: process.env.VIEWCOMFY_CLIENT_SECRET,
        },
      },
    },
  },
});
