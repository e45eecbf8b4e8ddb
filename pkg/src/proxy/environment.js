// The settings as environments commonly name them.

/** Each option and its variable. */
export const VARIABLES = {
  endpoint: "VIEWCOMFY_API_URL",
  clientId: "VIEWCOMFY_CLIENT_ID",
  clientSecret: "VIEWCOMFY_CLIENT_SECRET",
  token: "VIEWCOMFY_TOKEN",
};

/** See proxy.d.ts. What is empty, as in a `.env` that is not filled in, counts as not there. */
export function fromEnv(env) {
  const value = (name) => {
    const text = env?.[name];
    return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
  };
  return {
    endpoint: value(VARIABLES.endpoint),
    clientId: value(VARIABLES.clientId),
    clientSecret: value(VARIABLES.clientSecret),
    token: value(VARIABLES.token),
  };
}
