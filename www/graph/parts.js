// The connected parts of a graph, and how they share one canvas.

const GAP = 64;

/** Groups boxes that links connect, in file order: `{ members, ends }` each. */
export function connectedParts(count, ends) {
  const leader = Int32Array.from({ length: count }, (_, at) => at);
  const find = (at) => {
    let top = at;
    while (leader[top] !== top) {
      leader[top] = leader[leader[top]];
      top = leader[top];
    }
    return top;
  };
  for (let at = 0; at < ends.length; at += 2) {
    const [a, b] = [find(ends[at]), find(ends[at + 1])];
    leader[Math.max(a, b)] = Math.min(a, b);
  }
  const parts = new Map();
  for (let at = 0; at < count; at += 1) {
    const top = find(at);
    if (!parts.has(top)) parts.set(top, { members: [], ends: [] });
    parts.get(top).members.push(at);
  }
  for (let at = 0; at < ends.length; at += 2) parts.get(find(ends[at])).ends.push([ends[at], ends[at + 1]]);
  return [...parts.values()];
}

/** Puts parts into rows of about the same width, the largest first: `{ part, left, top }` each. */
export function pack(parts) {
  const area = parts.reduce((sum, part) => sum + (part.width + GAP) * (part.height + GAP), 0);
  const limit = Math.max(Math.sqrt(area * 1.6), ...parts.map((part) => part.width));
  const sorted = [...parts].sort((a, b) => b.members.length - a.members.length || b.height - a.height);
  let left = 0;
  let top = 0;
  let tallest = 0;
  return sorted.map((part) => {
    if (left > 0 && left + part.width > limit) {
      top += tallest + GAP;
      left = 0;
      tallest = 0;
    }
    const place = { part, left, top };
    left += part.width + GAP;
    tallest = Math.max(tallest, part.height);
    return place;
  });
}
