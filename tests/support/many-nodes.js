// A large workflow.

/** The text of chains that share loaders and are sometimes linked, as in large workflows. */
export function manyNodes(count) {
  const workflow = {};
  for (let id = 0; id < count; id += 1) {
    const inputs = { steps: id, text: `node ${id}` };
    if (id % 10 !== 0) inputs.image = [`${id - 1}`, 0];
    if (id >= 40) inputs.mask = [`${id - 37 + (id % 3)}`, 0];
    workflow[id] = { class_type: id % 10 === 9 ? "SaveImage" : "ImageScale", inputs };
  }
  return JSON.stringify(workflow);
}
