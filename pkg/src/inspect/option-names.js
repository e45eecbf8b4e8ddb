// The options that each call of the inspection takes, by the name of the type in inspect.d.ts; a test compares the two.

export const FindOptions = ["promptId"];

export const InspectOptions = ["objectInfo"];

export const FormOptions = ["objectInfo", "viewComfy"];

export const ConvertOptions = ["objectInfo", "dynamicPrompts", "now", "onUnknownClass"];
