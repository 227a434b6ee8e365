import type { Household, Problem } from '../../model/problem.ts';
import { LabelTable } from '../../kernel/label-table.ts';
import { completionOf, type Completion } from './completion.ts';
import { futuresOf, type Futures } from './futures.ts';
import { initialState, layoutFor, sparedBy, type Layout } from './layout.ts';
import type { Marks } from './marks.ts';
import type { HouseholdMemory, Work } from './memory.ts';
import type { NodeChoices } from './pattern-cache.ts';
import { ONE_WEEK } from './slack.ts';
import type { Pattern } from './pattern.ts';
import { PlanBound } from './plan-bound.ts';
import { labelsKey, shiftDays, type Passage, type Segment } from './segments.ts';
import { Stepper } from './step.ts';

/** How one household is searched. */
export interface SearchSetting {
  marks: Marks;
  /** Whether minimums may be missed, at the price `SHORTFALL`. */
  shortfalls: boolean;
  /** Labels kept per node at first and at most; where more are dropped, the result is no proof. */
  labels: number;
  mostLabels: number;
  /** Whether the search goes on, with more labels, once it has a plan that is not proved best. */
  thorough: boolean;
  /** Labels that cannot end below it are dropped. */
  upperBound: number;
  /** Up to so many sessions, and patterns, are searched sooner than bounded by persons. */
  fewToBound: number;
}

/** Best rows under a domain; `bound` equals `cost` unless labels were dropped. */
export type SearchResult =
  | { found: true; rows: number[]; cost: number; bound: number }
  /** `bound` is Infinity where it is proved that there is nothing below the upper bound; no label got through the nodes of `died`. */
  | { found: false; bound: number; died: Segment };

/** Steps taken at a time, per label that may be kept. */
const BATCH = 12;
/** How many times more labels are kept on a stretch where few have not sufficed (iterative widening). */
const WIDER = 4;

/** A segment's labels at its start, how many are kept on it, and the least bound of one that was dropped. */
interface Stretch {
  start?: LabelTable;
  labels: number;
  dropped: number;
}

function leastDropped(stretches: readonly Stretch[]): number {
  return stretches.reduce((least, { dropped }) => Math.min(least, dropped), Infinity);
}

/** Takes labels through the weeks of a household, by the patterns of its nodes. */
export class LabelSearch {
  private readonly layers: Passage['layers'] = [];
  private readonly patterns: readonly (readonly Pattern[])[];
  private readonly layout: Layout;
  private readonly futures: Futures;
  private readonly completion: Completion;
  /** Bounds by persons; undefined where they have too many states, or patterns are few: the completion alone serves then. */
  private readonly bound: PlanBound | undefined = undefined;
  /** Most that steps can save; see `MovableRole`. */
  private readonly spared: number;
  private readonly stepper: Stepper;
  private readonly memory: HouseholdMemory;
  /** Labels kept on the segment at hand, and least bound of a label that was dropped there for want of room. */
  private maxLabels = 0;
  private dropped = Infinity;
  private from: LabelTable;
  private to: LabelTable;

  constructor(
    problem: Problem,
    private readonly household: Household,
    private readonly choices: readonly NodeChoices[],
    private readonly setting: SearchSetting,
    private readonly work: Work,
  ) {
    this.patterns = choices.map((each) => each.patterns);
    this.layout = layoutFor(problem, household, setting.marks);
    this.from = new LabelTable(this.layout.size);
    this.to = new LabelTable(this.layout.size);
    this.memory = work.memoryOf(problem, household);
    this.futures = futuresOf(
      household,
      choices.map((each) => each.most),
    );
    this.stepper = new Stepper(problem, household, this.layout, setting.marks, setting.shortfalls);
    this.spared = sparedBy(household);
    this.completion = completionOf(household, this.layout, choices, setting.shortfalls);
    if (!this.isWorthBounds()) return;
    const bound = new PlanBound(choices, this.memory.segments, this.completion, {
      household,
      layout: this.layout,
      shortfalls: setting.shortfalls,
      fewDays: problem.weights.fewDays,
    });
    if (bound.fits) this.bound = bound;
  }

  /**
   * Whether bounds by persons are worth their time. Where a plan of several weeks is wanted soon they have kept labels that are too much
   * alike: negotiation then found first plans later.
   */
  private isWorthBounds(): boolean {
    const { thorough, fewToBound } = this.setting;
    const isShort = this.household.nodeCount <= ONE_WEEK;
    return (thorough || isShort) && this.patterns.reduce((sum, each) => sum + each.length, 0) > fewToBound;
  }

  /** Least cost of nodes `next` and later for a label at its start. */
  private restOf(states: Int32Array, offset: number, next: number): number {
    return this.bound === undefined ? this.completion.of(states, offset, next) : this.bound.of(states, offset, next);
  }

  /**
   * Searches segment by segment. Where no label gets through one, more are kept there and, once none was dropped there, before.
   */
  *run(): Generator<void, SearchResult> {
    const { segments } = this.memory;
    const stretches: Stretch[] = segments.map(() => ({ labels: this.setting.labels, dropped: Infinity }));
    const start = initialState(this.household, this.layout);
    this.from.offer(start, this.stepper.begin(start), -1, -1);
    for (let at = 0; at < segments.length; at++) {
      const stretch = stretches[at]!;
      stretch.start = this.from.copy();
      for (;;) {
        [this.maxLabels, this.dropped] = [stretch.labels, Infinity];
        yield* this.pass(segments[at]!);
        stretch.dropped = this.dropped;
        if (this.from.count > 0) break;
        const again = this.widen(stretches, at);
        if (again < 0) return { found: false, bound: leastDropped(stretches), died: segments[at]! };
        this.from = stretches[again]!.start!.copy();
        this.layers.length = segments[again]!.from;
        if (again < at) {
          at = again - 1;
          break;
        }
      }
    }
    return this.best(this.from, leastDropped(stretches));
  }

  /** Widens the stretch on which the labels died, or those before it; the first one to search anew, -1 where there is none. */
  private widen(stretches: Stretch[], at: number): number {
    const widens = (stretch: Stretch): boolean => stretch.dropped < Infinity && stretch.labels < this.setting.mostLabels;
    const narrow = widens(stretches[at]!) ? [stretches[at]!] : stretches.slice(0, at).filter(widens);
    if (narrow.length === 0) return -1;
    for (const stretch of narrow) stretch.labels = Math.min(stretch.labels * WIDER, this.setting.mostLabels);
    const first = stretches.indexOf(narrow[0]!);
    for (const stretch of stretches.slice(first)) stretch.dropped = Infinity;
    return first;
  }

  /** Takes the labels through a segment, as before where they have been through one like it. */
  private *pass(segment: Segment): Generator<void, void> {
    const { from, to } = segment;
    const { cost, count } = this.from;
    const least = cost.subarray(0, count).reduce((min, each) => Math.min(min, each), Infinity);
    const later = (this.bound?.leastAt(to) ?? this.completion.least[to]!) - this.spared;
    const states = this.from.states.slice(0, count * this.layout.size);
    shiftDays(this.household, this.layout, states, from, -1);
    const labels = labelsKey(states, cost, count, least);
    // Where blocks go on, later weeks decide which labels are left: what is known of such a week holds for one search only.
    const told = labels !== undefined && this.bound?.closedAt(to) !== false;
    const key = told ? `${this.keyOf(segment, this.setting.upperBound - later - least)}|${labels}` : undefined;
    const known = key === undefined ? undefined : this.memory.memo.find(key);
    if (known !== undefined) {
      this.repeat(segment, known, least, later);
      return;
    }
    for (let node = from; node < to; node++) {
      this.to.clear();
      yield* this.extend(node);
      if (this.to.count > this.maxLabels) this.thin(node);
      this.layers.push({ parent: this.to.parent.slice(0, this.to.count), step: this.to.step.slice(0, this.to.count) });
      [this.from, this.to] = [this.to, this.from];
      if (this.from.count === 0) break;
      yield;
    }
    if (key !== undefined) this.memory.memo.keep(key, this.passage(segment, least, later));
  }

  /** All that the segment's labels depend on, but for the labels at its start. */
  private keyOf({ from, to, kind }: Segment, slack: number): string {
    const { setting, layout, futures: after } = this;
    const parts: (number | string)[] = [kind, this.maxLabels, setting.shortfalls ? 1 : 0, setting.marks.roles.length, slack];
    for (let node = from; node < to; node++) parts.push(this.choices[node]!.family);
    parts.push(this.completion.keyAt(to));
    layout.total.forEach((place, index) => parts.push(after.sessions[index]![to - 1]!, place < 0 ? '' : after.total[index]![to - 1]!));
    this.household.persons.forEach(({ authorizations }, person) => {
      parts.push(after.credit[person]![to - 1]!, after.serviceDays[person]![to - 1]!);
      authorizations.forEach((grant, index) => {
        const counted = layout.drawn[person]![index]! >= 0 && grant.to >= this.household.nodeDay[person as 0 | 1][from]!;
        if (counted)
          parts.push(after.draws[person]![index]![to - 1]!, after.needs[person]![index]![from]!, after.needs[person]![index]![to - 1]!);
      });
    });
    return parts.join();
  }

  private passage({ from }: Segment, least: number, later: number): Passage {
    const { states, cost, count } = this.from;
    const ends = states.slice(0, count * this.layout.size);
    shiftDays(this.household, this.layout, ends, from, -1);
    const layers = this.layers.slice(from);
    return {
      layers,
      states: ends,
      cost: cost.slice(0, count).map((each) => each - least),
      dropped: this.dropped === Infinity ? Infinity : this.dropped - least - later,
    };
  }

  private repeat({ from }: Segment, { layers, states, cost, dropped }: Passage, least: number, later: number): void {
    const { size } = this.layout;
    const ends = states.slice();
    shiftDays(this.household, this.layout, ends, from, 1);
    this.from.clear();
    cost.forEach((each, label) => this.from.offer(ends.subarray(label * size, (label + 1) * size), each + least, -1, -1));
    this.layers.push(...layers);
    this.dropped = dropped === Infinity ? Infinity : dropped + least + later;
    this.work.spent += cost.length;
  }

  /**
   * Extends the labels by the node's patterns. Where few labels may be kept, only the steps that promise to end cheapest are taken, a
   * batch at a time, until there are enough.
   */
  private *extend(node: number): Generator<void, void> {
    const { from } = this;
    const patterns = this.patterns[node]!;
    const { promises, count } = yield* this.promisesOf(node);
    let batch = this.maxLabels * BATCH;
    const sorted = count > batch ? promises.filter((promise) => promise < Infinity).sort() : undefined;
    let above = -Infinity;
    let next = Infinity;
    for (let taken = 0; taken < count && this.to.count < this.maxLabels; batch *= WIDER) {
      const upTo = sorted?.[taken + batch - 1] ?? Number.MAX_VALUE;
      for (let label = 0; label < from.count; label++) {
        if (label % 64 === 63) yield;
        for (let step = 0; step < patterns.length; step++) {
          const promise = promises[label * patterns.length + step]!;
          if (promise > above && promise <= upTo) this.take(label, step, node);
        }
      }
      above = upTo;
      taken += batch;
      while (sorted !== undefined && taken < count && sorted[taken]! <= upTo) taken++;
      next = sorted?.[taken] ?? Infinity;
    }
    this.dropped = Math.min(this.dropped, next - this.spared);
  }

  /** For each label and pattern the least cost of a plan with them, Infinity where it is not below the upper bound. */
  private *promisesOf(node: number): Generator<void, { promises: Float64Array; count: number }> {
    const { from } = this;
    const { size } = this.layout;
    const patterns = this.patterns[node]!;
    const upper = this.setting.upperBound + this.spared;
    const promises = new Float64Array(from.count * patterns.length);
    let count = 0;
    for (let label = 0; label < from.count; label++) {
      if (label % 256 === 255) yield;
      const place = label * patterns.length;
      this.promise(label * size, node, promises, place);
      for (let at = place; at < place + patterns.length; at++) {
        const promise = promises[at]! + from.cost[label]!;
        if (promise < upper) count++;
        promises[at] = promise < upper ? promise : Infinity;
      }
    }
    this.work.spent += promises.length >> 3;
    return { promises, count };
  }

  /** Writes, for each pattern, the least cost of a label's plan with it and after it. */
  private promise(offset: number, node: number, into: Float64Array, place: number): void {
    const { states } = this.from;
    if (this.bound !== undefined) this.bound.promises(states, offset, node, into, place);
    else {
      this.patterns[node]!.forEach(({ cost, byItem }, step) => {
        into[place + step] = cost + this.completion.after(states, offset, byItem, node);
      });
    }
  }

  private take(label: number, step: number, node: number): void {
    const pattern = this.patterns[node]![step]!;
    this.work.spent++;
    const added = this.stepper.apply(this.from.states, label * this.layout.size, pattern, node, this.futures);
    const cost = this.from.cost[label]! + pattern.cost + added;
    if (cost + this.restOf(this.stepper.state, 0, node + 1) >= this.setting.upperBound + this.spared) return;
    this.to.offer(this.stepper.state, cost, label, step);
  }

  /** Keeps the labels that promise to end cheapest; where shortfalls are allowed, those that have gathered most for their cost. */
  private thin(node: number): void {
    const table = this.to;
    const { size } = this.layout;
    const rank = Float64Array.from({ length: table.count }, (_, label) => {
      const gathered = this.setting.shortfalls ? this.stepper.progress(table.states, label * size) : 0;
      return table.cost[label]! + this.restOf(table.states, label * size, node + 1) - gathered;
    });
    const order = Array.from({ length: table.count }, (_, label) => label).sort((a, b) => rank[a]! - rank[b]! || a - b);
    for (const label of order.slice(this.maxLabels)) {
      const least = table.cost[label]! + this.restOf(table.states, label * size, node + 1) - this.spared;
      this.dropped = Math.min(this.dropped, least);
    }
    const kept = order.slice(0, this.maxLabels);
    const copy = kept.map((label) => ({
      state: table.states.slice(label * size, (label + 1) * size),
      cost: table.cost[label]!,
      parent: table.parent[label]!,
      step: table.step[label]!,
    }));
    table.clear();
    for (const { state, cost, parent, step } of copy) table.offer(state, cost, parent, step);
  }

  private best(last: LabelTable, dropped: number): SearchResult {
    let label = 0;
    for (let each = 1; each < last.count; each++) if (last.cost[each]! < last.cost[label]!) label = each;
    const cost = last.cost[label]!;
    // Cancelled bookings, which sessions could have spared, are known in full at the end only.
    if (cost >= this.setting.upperBound) return { found: false, bound: dropped, died: this.memory.segments.at(-1)! };
    const rows: number[] = [];
    for (let node = this.household.nodeCount - 1; node >= 0; node--) {
      const layer = this.layers[node]!;
      rows.push(...this.choices[node]!.rowsOf(this.patterns[node]![layer.step[label]!]!));
      label = layer.parent[label]!;
    }
    return { found: true, rows: rows.sort((a, b) => a - b), cost, bound: Math.min(cost, dropped) };
  }
}
