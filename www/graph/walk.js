// Which box an arrow key leads to: along the links to the left and right, to the nearest neighbour up and down.

/** Makes `next(from, direction)`, the index of the box that is reached, or -1. */
export function createWalk(model, places) {
  const feeders = model.nodes.map(() => []);
  const readers = model.nodes.map(() => []);
  for (const { from, to } of model.wires) {
    if (from === to) continue;
    feeders[to].push(from);
    readers[from].push(to);
  }

  const middle = (at) => places.y[at] + model.nodes[at].height / 2;

  function nearestOf(candidates, from) {
    let best = -1;
    for (const at of candidates) {
      if (best < 0 || Math.abs(middle(at) - middle(from)) < Math.abs(middle(best) - middle(from))) best = at;
    }
    return best;
  }

  /** The nearest box above or below, one in the same column before others. */
  function neighbour(from, sign) {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < model.nodes.length; at += 1) {
      const down = (middle(at) - middle(from)) * sign;
      if (at === from || down <= 0) continue;
      const distance = down + 3 * Math.abs(places.x[at] - places.x[from]);
      if (distance < least) {
        least = distance;
        best = at;
      }
    }
    return best;
  }

  return function next(from, direction) {
    if (from < 0) return model.nodes.length > 0 ? 0 : -1;
    if (direction === "left") return nearestOf(feeders[from], from);
    if (direction === "right") return nearestOf(readers[from], from);
    return neighbour(from, direction === "down" ? 1 : -1);
  };
}
