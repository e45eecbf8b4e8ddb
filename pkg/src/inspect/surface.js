// The public calls of the inspection: each checks that the wasm is there and hands over.

export { isViewComfyError, ViewComfyError } from "../errors.js";
