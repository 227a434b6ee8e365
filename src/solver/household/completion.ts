import type { Household } from '../../model/problem.ts';
import { priceNode, type Blocks } from './blocks.ts';
import { SHORTFALL } from './dues.ts';
import type { Layout } from './layout.ts';
import type { NodeChoices } from './pattern-cache.ts';
import type { Pattern } from './pattern.ts';

/** What of a household completions read. */
interface CompletionSetting {
  household: Household;
  layout: Layout;
  blocks: Blocks;
  /** Per item and node: forced sessions that count; see `standingSessions`. */
  standing: Int32Array;
}

/**
 * Least cost of what care items still demand, each item for itself and at its cheapest sessions: a lower bound of all that a label
 * must still pay, by dynamic programming from the last node back (an admissible heuristic as in A*, Hart, Nilsson and Raphael 1968).
 * Its memory is reused from search to search.
 */
export class Completion {
  private setting!: CompletionSetting;
  /** Least cost of the nodes after each one, by how many sessions are still due in the block that goes on (or begins); see `Blocks`. */
  private table = new Float64Array(256);
  /** Per node: cost of forced sessions in later nodes. */
  private forced = new Float64Array(16);
  /** Of a session that a block lacks. */
  private price = 0;
  /** Per item: what the block of the label at hand lacks. */
  private lacks = new Int32Array(16);

  /** Works out the completions of a search over the choices of the nodes. */
  prepare(setting: CompletionSetting, choices: readonly NodeChoices[], shortfalls: boolean): this {
    const { blocks, household, standing } = setting;
    const { items, nodeCount } = household;
    const { fresh, dues, widths, starts, stride } = blocks;
    this.setting = setting;
    this.price = shortfalls ? SHORTFALL.session : Infinity;
    if (this.table.length < blocks.size) this.table = new Float64Array(2 * blocks.size);
    if (this.forced.length <= nodeCount) this.forced = new Float64Array(2 * nodeCount);
    if (this.lacks.length < items.length) this.lacks = new Int32Array(2 * items.length);
    const node = { costs: NOTHING, from: 0, count: 1, standing: 0 };
    for (let item = 0; item < items.length; item++) {
      const [width, start] = [widths[item]!, starts[item]!];
      this.table.fill(0, start + nodeCount * width, start + stride * width);
      for (let at = nodeCount - 1; at >= 0; at--) {
        const next = item * stride + at + 1;
        node.costs = choices[at]!.unary[item]!;
        node.count = node.costs.length;
        node.standing = standing[item * nodeCount + at]!;
        priceNode(this.table, start + at * width, width, node, fresh[next] === 1, dues[next]!, this.price);
      }
    }
    this.forced[nodeCount] = 0;
    for (let at = nodeCount - 1; at >= 0; at--) this.forced[at] = this.forced[at + 1]! + choices[at]!.forcedCost;
    return this;
  }

  /** Least cost of nodes `next` and later of any label there. */
  leastAt(next: number): number {
    const { fresh, dues, stride } = this.setting.blocks;
    let cost = this.forced[next]!;
    for (let item = 0; item < this.setting.household.items.length; item++) {
      cost += this.ofItem(item, fresh[item * stride + next] === 1 ? dues[item * stride + next]! : 0, next);
    }
    return cost;
  }

  /** Least cost of an item in nodes `next` and later, where its block lacks so many sessions. */
  ofItem(item: number, lacks: number, next: number): number {
    const { starts, widths } = this.setting.blocks;
    return this.table[starts[item]! + next * widths[item]! + lacks]!;
  }

  /** Cost of forced sessions in nodes `next` and later. */
  ofForced(next: number): number {
    return this.forced[next]!;
  }

  /** Least cost of nodes `next` and later for a label at its start. */
  of(states: Int32Array, offset: number, next: number): number {
    const { household, layout, blocks } = this.setting;
    const { fresh, dues, starts, widths, stride } = blocks;
    let cost = this.forced[next]!;
    if (next === household.nodeCount) return cost;
    for (let item = 0; item < starts.length; item++) {
      const place = item * stride + next;
      const due = dues[place]!;
      const need = fresh[place] === 1 ? due : Math.max(0, due - states[offset + layout.count[item]!]!);
      cost += this.table[starts[item]! + next * widths[item]! + need]!;
    }
    return cost;
  }

  /**
   * Writes, for each pattern of a node, the least cost of a label's plan with it and after it.
   * @param into from `place` on
   */
  promises(states: Int32Array, offset: number, node: number, patterns: readonly Pattern[], into: Float64Array, place: number): void {
    const { layout, blocks } = this.setting;
    const { starts, dues, stride } = blocks;
    for (let item = 0; item < starts.length; item++) {
      this.lacks[item] = dues[item * stride + node]! - states[offset + layout.count[item]!]!;
    }
    for (let step = 0; step < patterns.length; step++) into[place + step] = patterns[step]!.cost + this.after(patterns[step]!.byItem, node);
  }

  /** Least cost after a node for the label at hand with such sessions (by item), and what its blocks lack then. */
  private after(counts: Uint8Array, node: number): number {
    const { household, blocks } = this.setting;
    const { fresh, dues, starts, widths, stride } = blocks;
    const next = node + 1;
    let cost = this.forced[next]!;
    for (let item = 0; item < starts.length; item++) {
      const left = Math.max(0, this.lacks[item]! - counts[item]!);
      const at = starts[item]! + next * widths[item]!;
      if (fresh[item * stride + next] === 1) {
        if (left > 0) cost += left * this.price;
        cost += this.table[at + dues[item * stride + next]!]!;
      } else if (next < household.nodeCount) cost += this.table[at + left]!;
    }
    return cost;
  }

  /** What the completions of labels at a node's start depend on beyond that node: part of a key. */
  keyAt(next: number): string {
    const { household, blocks } = this.setting;
    const { fresh, starts, widths, stride } = blocks;
    if (next === household.nodeCount) return '';
    const parts: (number | string)[] = [];
    for (let item = 0; item < starts.length; item++) {
      const [at, width] = [starts[item]! + next * widths[item]!, widths[item]!];
      if (fresh[item * stride + next] !== 1)
        for (let lacks = 0; lacks < width; lacks++) parts.push(this.table[at + lacks]! - this.table[at]!);
      parts.push('/');
    }
    return parts.join();
  }
}

const NOTHING: ArrayLike<number> = [0];
