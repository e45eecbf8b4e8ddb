// Vite makes classic workers unless it is told that they are modules.

export default { worker: { format: "es" } };
