import type { Household, Problem } from '../../model/problem.ts';
import { LabelTable } from '../../kernel/label-table.ts';
import type { Domain } from './domain.ts';
import { initialState, layoutOf } from './layout.ts';
import { PatternCache } from './pattern-cache.ts';
import type { Marks, Pattern, Work } from './patterns.ts';
import { futures, Stepper, type Futures } from './step.ts';

/** How one household is searched. */
export interface SearchSetting {
  marks: Marks;
  /** Whether minimums may be missed, at the price `SHORTFALL`. */
  shortfalls: boolean;
  /** Labels kept per node; beyond it the dearest are dropped and the result is no proof. */
  maxLabels: number;
  /** Labels that cannot end below it are dropped. */
  upperBound: number;
}

/** Best rows under a domain; `bound` equals `cost` unless labels were dropped. */
export type SearchResult =
  | { found: true; rows: number[]; cost: number; bound: number }
  /** `bound` is Infinity where it is proved that there is nothing below the upper bound. */
  | { found: false; bound: number };

/**
 * Exact search for a household's best plan: a shortest path over the nodes, where a label is the state of all rules that reach
 * beyond a date, and each step one of the node's patterns (dynamic programming with resource states, as in the pricing problems of
 * crew scheduling: Desrochers and Soumis 1988). Yields after every node, so that a caller may pause or stop.
 */
export function* searchHousehold(
  problem: Problem,
  household: Household,
  domain: Domain,
  setting: SearchSetting,
  work: Work,
): Generator<void, SearchResult> {
  const patterns = yield* patternsOf(problem, household, domain, setting.marks, work);
  if (patterns === undefined) return { found: false, bound: Infinity };
  return yield* new LabelSearch(problem, household, patterns, setting, work).run();
}

/** Patterns of every node; undefined where a node's forced sessions leave none. */
function* patternsOf(
  problem: Problem,
  household: Household,
  domain: Domain,
  marks: Marks,
  work: Work,
): Generator<void, Pattern[][] | undefined> {
  const all: Pattern[][] = [];
  const cache = cacheOf(household);
  for (let node = 0; node < household.nodeCount; node++) {
    const patterns = yield* cache.patterns(problem, domain, marks, node, work);
    if (patterns.length === 0) return undefined;
    all.push(patterns);
    yield;
  }
  return all;
}

/** Patterns seen before, per household; they live as long as the compiled household does. */
const caches = new WeakMap<Household, PatternCache>();

function cacheOf(household: Household): PatternCache {
  let cache = caches.get(household);
  if (cache === undefined) {
    cache = new PatternCache(household);
    caches.set(household, cache);
  }
  return cache;
}

class LabelSearch {
  private readonly layers: { parent: Int32Array; step: Int32Array }[] = [];
  private readonly futures: Futures;
  /** Least cost of all patterns after a node. */
  private readonly rest: Float64Array;
  private readonly stepper: Stepper;
  private readonly width: number;
  private readonly start: Int32Array;
  /** Most that steps can save; see `MovableRole`. */
  private readonly spared: number;
  /** Least bound of a label that was dropped for want of room. */
  private dropped = Infinity;

  constructor(
    problem: Problem,
    private readonly household: Household,
    private readonly patterns: readonly (readonly Pattern[])[],
    private readonly setting: SearchSetting,
    private readonly work: Work,
  ) {
    const layout = layoutOf(household, setting.marks, problem.weights.jointSpacing > 0 && household.persons.length === 2);
    this.width = layout.size;
    this.start = initialState(household, layout);
    this.futures = futures(household, patterns);
    this.stepper = new Stepper(problem, household, layout, setting.marks, setting.shortfalls);
    this.spared = household.movable.reduce((sum, each) => sum + each.spared.reduce((total, saved) => total + saved, 0), 0);
    this.rest = new Float64Array(household.nodeCount + 1);
    for (let node = household.nodeCount - 1; node >= 0; node--) {
      this.rest[node] = this.rest[node + 1]! + patterns[node]!.reduce((least, pattern) => Math.min(least, pattern.cost), Infinity);
    }
  }

  *run(): Generator<void, SearchResult> {
    let from = new LabelTable(this.width);
    let to = new LabelTable(this.width);
    from.offer(this.start, this.stepper.begin(this.start), -1, -1);
    for (let node = 0; node < this.household.nodeCount; node++) {
      to.clear();
      yield* this.extend(from, to, node);
      if (to.count === 0) return { found: false, bound: this.dropped };
      if (to.count > this.setting.maxLabels) this.thin(to, node);
      this.layers.push({ parent: to.parent.slice(0, to.count), step: to.step.slice(0, to.count) });
      [from, to] = [to, from];
      yield;
    }
    return this.best(from);
  }

  private *extend(from: LabelTable, to: LabelTable, node: number): Generator<void, void> {
    const patterns = this.patterns[node]!;
    const limit = this.setting.upperBound - this.rest[node + 1]! + this.spared;
    for (let label = 0; label < from.count; label++) {
      if (label % 64 === 63) yield;
      const before = from.cost[label]!;
      for (let step = 0; step < patterns.length; step++) {
        const pattern = patterns[step]!;
        this.work.spent++;
        if (before + pattern.cost >= limit) continue;
        const added = this.stepper.apply(from.states, label * this.width, pattern, node, this.futures);
        const cost = before + pattern.cost + added;
        if (cost < limit) to.offer(this.stepper.state, cost, label, step);
      }
    }
  }

  /** Keeps the cheapest labels; where shortfalls are allowed, those that have gathered most for their cost. */
  private thin(table: LabelTable, node: number): void {
    const rank = Float64Array.from({ length: table.count }, (_, label) => {
      const gathered = this.setting.shortfalls ? this.stepper.progress(table.states, label * this.width) : 0;
      return table.cost[label]! - gathered;
    });
    const order = Array.from({ length: table.count }, (_, label) => label).sort((a, b) => rank[a]! - rank[b]! || a - b);
    for (const label of order.slice(this.setting.maxLabels)) {
      this.dropped = Math.min(this.dropped, table.cost[label]! + this.rest[node + 1]! - this.spared);
    }
    const kept = order.slice(0, this.setting.maxLabels);
    const copy = kept.map((label) => ({
      state: table.states.slice(label * this.width, (label + 1) * this.width),
      cost: table.cost[label]!,
      parent: table.parent[label]!,
      step: table.step[label]!,
    }));
    table.clear();
    for (const { state, cost, parent, step } of copy) table.offer(state, cost, parent, step);
  }

  private best(last: LabelTable): SearchResult {
    let label = 0;
    for (let each = 1; each < last.count; each++) if (last.cost[each]! < last.cost[label]!) label = each;
    const cost = last.cost[label]!;
    const rows: number[] = [];
    for (let node = this.household.nodeCount - 1; node >= 0; node--) {
      const layer = this.layers[node]!;
      rows.push(...this.patterns[node]![layer.step[label]!]!.rows);
      label = layer.parent[label]!;
    }
    return { found: true, rows: rows.sort((a, b) => a - b), cost, bound: Math.min(cost, this.dropped) };
  }
}
