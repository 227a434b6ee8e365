import type { Household, Item } from '../../model/problem.ts';
import { atBlockEnd } from './dues.ts';

/** Blocks of a household's items, per item (items first), node and one more after the last: item i's are at `i * stride`. */
export interface Blocks {
  stride: number;
  /** 1 where a block begins with the node. */
  fresh: Uint8Array;
  /** Sessions due in the node's block. */
  dues: Int32Array;
  /** Per item: one more than the most that is due in a block, and where its numbers per node and sessions due stand in a table of all items. */
  widths: Int32Array;
  starts: Int32Array;
  /** Numbers in such a table. */
  size: number;
}

/** Blocks of all items. */
export function allBlocks(household: Household): Blocks {
  const { items, nodeCount } = household;
  const stride = nodeCount + 1;
  const blocks: Blocks = {
    stride,
    fresh: new Uint8Array(items.length * stride),
    dues: new Int32Array(items.length * stride),
    widths: new Int32Array(items.length),
    starts: new Int32Array(items.length),
    size: 0,
  };
  items.forEach((item, index) => {
    const fresh = blocks.fresh.subarray(index * stride, (index + 1) * stride);
    const dues = blocks.dues.subarray(index * stride, (index + 1) * stride);
    blocksOf(household, item, fresh, dues);
    blocks.widths[index] = dues.reduce((most, due) => Math.max(most, due), 0) + 1;
    blocks.starts[index] = blocks.size;
    blocks.size += blocks.widths[index]! * stride;
  });
  return blocks;
}

function blocksOf({ nodeCount, nodeWeek, weekEnd }: Household, item: Item, fresh: Uint8Array, dues: Int32Array): void {
  const owner = item.owner as 0 | 1 | 2;
  const atEnd = atBlockEnd(item.blockMin);
  const isActive = (node: number): boolean => item.active[nodeWeek[owner][node]!] === 1;
  for (let node = 0; node < nodeCount; node++) {
    if (isActive(node)) dues[node] = Math.max(0, atEnd[nodeWeek[owner][node]!]!);
    if (node === 0) continue;
    const week = weekEnd[owner][node - 1]!;
    const ended = week > 0 && item.blockMin[week]! >= 0;
    if (ended || isActive(node) !== isActive(node - 1)) fresh[node] = 1;
  }
  const last = weekEnd[owner][nodeCount - 1]!;
  if (last > 0 && item.blockMin[last]! >= 0) fresh[nodeCount] = 1;
}

/** Cost of sessions at one node, as a step of the dynamic programme over an item's nodes; see `Completion`. */
export interface NodeCosts {
  /** Cost of 0, 1, 2... cheapest sessions, from `from` on, of `count` numbers. */
  costs: ArrayLike<number>;
  from: number;
  count: number;
  /** Sessions that stand. */
  standing: number;
}

/**
 * Writes, by how many sessions are still due in a block, the least cost of a node and all after it.
 * @param at where the node's numbers begin in the table; those of the next node follow them
 * @param price of a session that a block lacks
 */
export function priceNode(
  table: Float64Array,
  at: number,
  width: number,
  { costs, from, count: most, standing }: NodeCosts,
  ends: boolean,
  due: number,
  price: number,
): void {
  const after = at + width;
  for (let need = 0; need < width; need++) {
    let best = Infinity;
    for (let count = 0; count < most; count++) {
      const left = Math.max(0, need - count - standing);
      const later = ends ? (left > 0 ? left * price : 0) + table[after + due]! : table[after + left]!;
      const cost = costs[from + count]! + later;
      if (cost < best) best = cost;
    }
    table[at + need] = best;
  }
}
