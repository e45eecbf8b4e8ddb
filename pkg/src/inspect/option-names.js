// The options that each call of the inspection takes, by the name of the type in inspect.d.ts; a test compares the two.

export const InitOptions = ["convert"];

export const FindOptions = ["promptId"];

export const InspectOptions = ["objectInfo", "customNodes"];

export const FormOptions = ["objectInfo", "customNodes", "viewComfy", "editorWorkflow"];

export const ConvertOptions = ["objectInfo", "customNodes", "dynamicPrompts", "now", "strict"];
