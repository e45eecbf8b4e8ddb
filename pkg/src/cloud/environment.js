// The settings as environments commonly name them.

/** Each option and its variable. */
export const VARIABLES = {
  apiUrl: "VIEWCOMFY_API_URL",
  baseUrl: "VIEWCOMFY_CLOUD_URL",
  clientId: "VIEWCOMFY_CLIENT_ID",
  clientSecret: "VIEWCOMFY_CLIENT_SECRET",
  token: "VIEWCOMFY_TOKEN",
};

/** See cloud.d.ts. What is empty, as in a `.env` that is not filled in, counts as not there. */
export function fromEnv(env) {
  const value = (name) => {
    const text = env?.[name];
    return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
  };
  return Object.fromEntries(Object.entries(VARIABLES).map(([option, name]) => [option, value(name)]));
}
