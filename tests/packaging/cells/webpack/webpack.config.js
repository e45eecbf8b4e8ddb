// Nothing here is about the package: webpack takes the wasm files along by itself.

export default {
  mode: "production",
  entry: "./main.js",
};
