import type { Household, Item } from '../../model/problem.ts';
import type { Blocks } from './week-bound.ts';
import type { Layout } from './layout.ts';
import { SHORTFALL, atBlockEnd, standingSessions } from './dues.ts';
import type { NodeChoices } from './pattern-cache.ts';

/**
 * Least cost of what care items still demand, each item for itself and at its cheapest sessions: a lower bound of all that a label
 * must still pay, by dynamic programming from the last node back (an admissible heuristic as in A*, Hart, Nilsson and Raphael 1968).
 */
export class Completion {
  /** Per item: least cost of the nodes after each one, by how many sessions are still due in the block that goes on (or begins). */
  private readonly tables: Float64Array[];
  /** Per item: entries per node. */
  private readonly widths: number[];
  /** Per item and node: 1 where a block begins with the next node; sessions due in the next node's block. */
  private readonly fresh: Uint8Array[];
  private readonly dues: Int32Array[];
  /** Of a session that a block lacks. */
  private readonly price: number;
  /** Per node: cost of forced sessions in later nodes. */
  private readonly forced: Float64Array;
  /** Per node: least completion of any label. */
  readonly least: Float64Array;

  /**
   * @param unary per item and node: cost of its 0, 1, 2... cheapest sessions there beside the forced ones.
   * @param standing per item and node: forced sessions that count.
   * @param forcedCost per node.
   */
  constructor(
    private readonly household: Household,
    private readonly layout: Layout,
    unary: (item: number, node: number) => readonly number[],
    standing: (item: number, node: number) => number,
    forcedCost: (node: number) => number,
    shortfalls: boolean,
  ) {
    const { items, nodeCount } = household;
    this.tables = [];
    this.widths = [];
    this.fresh = [];
    this.dues = [];
    this.price = shortfalls ? SHORTFALL.session : Infinity;
    items.forEach((item, index) => {
      const { fresh, dues } = blocksOf(household, item);
      const width = Math.max(0, ...dues) + 1;
      const costs = (node: number): readonly number[] => unary(index, node);
      this.fresh.push(fresh);
      this.dues.push(dues);
      this.widths.push(width);
      this.tables.push(tableOf(household, { fresh, dues, width, price: this.price, costs, standing: (node) => standing(index, node) }));
    });
    this.forced = new Float64Array(nodeCount + 1);
    for (let node = nodeCount - 1; node >= 0; node--) this.forced[node] = this.forced[node + 1]! + forcedCost(node);
    this.least = new Float64Array(nodeCount + 1);
    for (let node = 0; node <= nodeCount; node++) {
      this.least[node] = this.forced[node]!;
      for (let item = 0; item < items.length; item++) {
        const need = this.fresh[item]![node] === 1 ? this.dues[item]![node]! : 0;
        this.least[node]! += this.tables[item]![node * this.widths[item]! + need]!;
      }
    }
  }

  /** Blocks of the items. */
  get blocks(): Blocks {
    return { fresh: this.fresh, dues: this.dues };
  }

  /** Least cost of an item in nodes `next` and later, where its block lacks so many sessions. */
  ofItem(item: number, lacks: number, next: number): number {
    return this.tables[item]![next * this.widths[item]! + lacks]!;
  }

  /** Cost of forced sessions in nodes `next` and later. */
  ofForced(next: number): number {
    return this.forced[next]!;
  }

  /** Least cost of nodes `next` and later for a label at its start. */
  of(states: Int32Array, offset: number, next: number): number {
    let cost = this.forced[next]!;
    if (next === this.household.nodeCount) return cost;
    for (let item = 0; item < this.tables.length; item++) {
      const due = this.dues[item]![next]!;
      const need = this.fresh[item]![next] === 1 ? due : Math.max(0, due - states[offset + this.layout.count[item]!]!);
      cost += this.tables[item]![next * this.widths[item]! + need]!;
    }
    return cost;
  }

  /** Least cost after a node for a label at its start that adds the sessions of a pattern (by item), with what its blocks lack. */
  after(states: Int32Array, offset: number, counts: Uint8Array, node: number): number {
    const next = node + 1;
    let cost = this.forced[next]!;
    for (let item = 0; item < this.tables.length; item++) {
      const table = this.tables[item]!;
      const left = Math.max(0, this.dues[item]![node]! - states[offset + this.layout.count[item]!]! - counts[item]!);
      if (this.fresh[item]![next] === 1) {
        if (left > 0) cost += left * this.price;
        cost += table[next * this.widths[item]! + this.dues[item]![next]!]!;
      } else if (next < this.household.nodeCount) cost += table[next * this.widths[item]! + left]!;
    }
    return cost;
  }

  /** What the completions of labels at a node's start depend on beyond that node: part of a key. */
  keyAt(next: number): string {
    const parts: (number | string)[] = [];
    for (let item = 0; item < this.tables.length; item++) {
      const width = this.widths[item]!;
      const table = this.tables[item]!.subarray(next * width, (next + 1) * width);
      if (this.fresh[item]![next] !== 1 && next < this.household.nodeCount) for (const cost of table) parts.push(cost - table[0]!);
      parts.push('/');
    }
    return parts.join();
  }
}

/** The completion of a search over the choices of its nodes. */
export function completionOf(household: Household, layout: Layout, choices: readonly NodeChoices[], shortfalls: boolean): Completion {
  const standing = standingSessions(household);
  return new Completion(
    household,
    layout,
    (item, node) => choices[node]!.unary[item]!,
    (item, node) => standing[item * household.nodeCount + node]!,
    (node) => choices[node]!.forcedCost,
    shortfalls,
  );
}

interface TableSetting {
  fresh: Uint8Array;
  dues: Int32Array;
  width: number;
  /** Of a session that a block lacks. */
  price: number;
  costs: (node: number) => readonly number[];
  standing: (node: number) => number;
}

/** Least cost of all that an item demands over the horizon, from sessions as cheap as `costs` says; Infinity where there are too few. */
export function leastOf(
  household: Household,
  item: Item,
  costs: (node: number) => readonly number[],
  standing: (node: number) => number,
  shortfalls: boolean,
): number {
  const { fresh, dues } = blocksOf(household, item);
  const width = Math.max(0, ...dues) + 1;
  const table = tableOf(household, { fresh, dues, width, price: shortfalls ? SHORTFALL.session : Infinity, costs, standing });
  return table[Math.max(0, dues[0]! - item.initialBlock)]!;
}

function tableOf({ nodeCount }: Household, setting: TableSetting): Float64Array {
  const { fresh, dues, width, price, costs, standing } = setting;
  const table = new Float64Array((nodeCount + 1) * width);
  for (let node = nodeCount - 1; node >= 0; node--) {
    const ends = fresh[node + 1] === 1;
    const unary = costs(node);
    const stands = standing(node);
    for (let need = 0; need < width; need++) {
      let best = Infinity;
      for (let count = 0; count < unary.length; count++) {
        const left = Math.max(0, need - count - stands);
        const after = ends
          ? (left > 0 ? left * price : 0) + table[(node + 1) * width + dues[node + 1]!]!
          : table[(node + 1) * width + left]!;
        best = Math.min(best, unary[count]! + after);
      }
      table[node * width + need] = best;
    }
  }
  return table;
}

/** Blocks of all items. */
export function allBlocks(household: Household): Blocks {
  const blocks = household.items.map((item) => blocksOf(household, item));
  return { fresh: blocks.map(({ fresh }) => fresh), dues: blocks.map(({ dues }) => dues) };
}

/** Per node (and one more after the last): whether a block of the item begins with it, and what is due in its block. */
function blocksOf({ nodeCount, nodeWeek, weekEnd }: Household, item: Item): { fresh: Uint8Array; dues: Int32Array } {
  const owner = item.owner as 0 | 1 | 2;
  const atEnd = atBlockEnd(item.blockMin);
  const fresh = new Uint8Array(nodeCount + 1);
  const dues = new Int32Array(nodeCount + 1);
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
  return { fresh, dues };
}
