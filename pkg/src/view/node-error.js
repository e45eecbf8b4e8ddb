// What ComfyUI says about a node or one of its inputs, in a refusal.

/** Where: "KSampler · #3 · steps", of what is known. */
export function placeOf({ classType, nodeId, input }) {
  return [classType, nodeId && `#${nodeId}`, input].filter(Boolean).join(" · ");
}

/** What: the message, with its details where they say more. */
export function complaintOf({ message, details }) {
  return details && !message.includes(details) ? `${message}: ${details}` : message;
}
