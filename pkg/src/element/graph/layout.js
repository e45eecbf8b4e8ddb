// Where boxes go that no editor placed: in columns along the links, in an order with few crossings, as near to their
// neighbours as the boxes around them let them. Every step is a loop over boxes and wires, so a thousand take milliseconds.

const COLUMN_GAP = 72;
const ROW_GAP = 24;
/** How often the columns are gone through, there and back; more changes little. */
const SWEEPS = 6;
/** What a long wire takes in the columns that it passes. */
const BEND = { width: 0, height: 8 };

/**
 * @param {{ width: number, height: number }[]} boxes
 * @param {{ from: number, to: number }[]} wires
 * @returns {{ x: number[], y: number[], bends: number[][] }} the corners of the boxes, and for each wire the points
 *   `x, y, x, y …` that it passes
 */
export function layered(boxes, wires) {
  const column = columnsOf(boxes.length, wires);
  const items = [...boxes];
  const { links, chains } = withBends(items, column, wires);
  const columns = orderedColumns(items.length, column, links);
  const { x, y } = placed(items, columns, links);
  const bends = chains.map((chain) => chain.flatMap((at) => [x[at], y[at] + BEND.height / 2]));
  return { x: x.slice(0, boxes.length), y: y.slice(0, boxes.length), bends };
}

/** The column of each box: behind all that feed it. Of a circle the first box in file order begins. */
function columnsOf(count, wires) {
  const column = new Array(count).fill(0);
  const { following, waiting } = followers(count, wires);
  const order = [];
  const isDone = new Array(count).fill(false);
  const ready = [...waiting.keys()].filter((at) => waiting[at] === 0);
  for (let next = 0; order.length < count; ) {
    while (ready.length === 0) {
      if (!isDone[next]) ready.push(next);
      next += 1;
    }
    const at = /** @type {number} */ (ready.pop());
    if (isDone[at]) continue;
    isDone[at] = true;
    order.push(at);
    for (const to of following[at]) {
      if (isDone[to]) continue;
      column[to] = Math.max(column[to], column[at] + 1);
      waiting[to] -= 1;
      if (waiting[to] === 0) ready.push(to);
    }
  }
  pullRight(column, order, wires, following);
  return column;
}

function followers(count, wires) {
  const following = Array.from({ length: count }, () => /** @type {number[]} */ ([]));
  const waiting = new Array(count).fill(0);
  for (const { from, to } of wires) {
    if (from === to) continue;
    following[from].push(to);
    waiting[to] += 1;
  }
  return { following, waiting };
}

/** What nothing feeds, a loader or a prompt, stands beside what it feeds and not at the far left. */
function pullRight(column, order, wires, following) {
  const isFed = new Set(wires.map(({ to }) => to));
  for (const at of order.toReversed()) {
    const behind = following[at].map((to) => column[to]).filter((each) => each > column[at]);
    if (!isFed.has(at) && behind.length > 0) column[at] = Math.min(...behind) - 1;
  }
}

/** Wires that pass columns get a small item in each, so that they lead between the boxes. */
function withBends(items, column, wires) {
  const links = /** @type {[number, number][]} */ ([]);
  const chains = wires.map(({ from, to }) => {
    const chain = /** @type {number[]} */ ([]);
    let last = from;
    for (let at = column[from] + 1; at < column[to]; at += 1) {
      const item = items.push(BEND) - 1;
      column.push(at);
      links.push([last, item]);
      chain.push(item);
      last = item;
    }
    if (column[from] < column[to]) links.push([last, to]);
    return chain;
  });
  return { links, chains };
}

/** The items of each column from the top down: each in the middle of its neighbours, going to the right and back. */
function orderedColumns(count, column, links) {
  const columns = Array.from({ length: most(column) + 1 }, () => /** @type {number[]} */ ([]));
  for (let at = 0; at < count; at += 1) columns[column[at]].push(at);
  const { before, behind } = neighbours(count, links);
  const rank = new Array(count).fill(0);
  const number = (items) => {
    for (const [at, item] of items.entries()) rank[item] = at;
  };
  columns.forEach(number);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const there = sweep % 2 === 0;
    for (const items of there ? columns : columns.toReversed()) {
      const wish = new Map(
        items.map((item) => [item, mean((there ? before : behind)[item], rank, rank[item])]),
      );
      items.sort((a, b) => wish.get(a) - wish.get(b));
      number(items);
    }
  }
  return columns;
}

function neighbours(count, links) {
  const before = Array.from({ length: count }, () => /** @type {number[]} */ ([]));
  const behind = Array.from({ length: count }, () => /** @type {number[]} */ ([]));
  for (const [from, to] of links) {
    before[to].push(from);
    behind[from].push(to);
  }
  return { before, behind };
}

function mean(items, values, otherwise) {
  return items.length === 0 ? otherwise : items.reduce((sum, item) => sum + values[item], 0) / items.length;
}

function placed(items, columns, links) {
  const { before, behind } = neighbours(items.length, links);
  const x = new Array(items.length).fill(0);
  const y = new Array(items.length).fill(0);
  let left = 0;
  for (const column of columns) {
    for (const item of column) x[item] = left;
    left += most(column.map((item) => items[item].width)) + COLUMN_GAP;
    stack(
      column,
      column.map(() => 0),
      items,
      y,
    );
  }
  const middle = items.map(({ height }, item) => y[item] + height / 2);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const there = sweep % 2 === 0;
    for (const column of there ? columns : columns.toReversed()) {
      const wishes = column.map(
        (item) => mean((there ? before : behind)[item], middle, middle[item]) - items[item].height / 2,
      );
      stack(column, wishes, items, y);
      for (const item of column) middle[item] = y[item] + items[item].height / 2;
    }
  }
  return { x, y };
}

/**
 * Places a column's items as near to their wishes as they can be without overlapping, in the least squares: those that
 * would overlap are joined, and stand together at the mean of what they wish for.
 */
function stack(column, wishes, items, y) {
  /** @type {{ wish: number, count: number, height: number, members: number[] }[]} */
  const blocks = [];
  for (const [at, item] of column.entries()) {
    let block = { wish: wishes[at], count: 1, height: items[item].height + ROW_GAP, members: [item] };
    for (let above = blocks.at(-1); above && above.wish + above.height > block.wish; above = blocks.at(-1)) {
      blocks.pop();
      const count = above.count + block.count;
      // What the lower block wishes for itself, it wishes for the upper one so much higher.
      const wish = (above.wish * above.count + (block.wish - above.height) * block.count) / count;
      block = {
        wish,
        count,
        height: above.height + block.height,
        members: [...above.members, ...block.members],
      };
    }
    blocks.push(block);
  }
  for (const { wish, members } of blocks) {
    let top = wish;
    for (const item of members) {
      y[item] = top;
      top += items[item].height + ROW_GAP;
    }
  }
}

/** The largest of them, which may be more than a call takes arguments. */
function most(numbers) {
  return numbers.reduce((largest, number) => Math.max(largest, number), -1);
}
