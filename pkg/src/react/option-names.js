// The options that the hook takes; a test compares them with react.d.ts.

export const UseInferOptions = ["maxLogs"];
