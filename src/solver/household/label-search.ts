import type { Problem } from '../../model/problem.ts';
import type { LabelTable } from '../../kernel/label-table.ts';
import type { Completion } from './completion.ts';
import type { Futures } from './futures.ts';
import type { Layout } from './layout.ts';
import type { Marks } from './marks.ts';
import type { HouseholdMemory, Work } from './memory.ts';
import type { NodeChoices } from './pattern-cache.ts';
import { PlanBound } from './plan-bound.ts';
import type { SearchSpace } from './search-space.ts';
import { passageKey } from './passage-key.ts';
import { shiftDays, type Passage, type Segment } from './segments.ts';
import { ONE_WEEK } from './slack.ts';
import type { Stepper } from './step.ts';
import type { HouseholdTables } from './tables.ts';

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
  states: Int32Array;
  cost: Float64Array;
  labels: number;
  dropped: number;
}

/** Labels that are extended, and whose steps are bounded, between two yields. */
const TAKEN = 64;
const PROMISED = 256;
/** Labels at a segment's start beyond which it is not looked up. */
const MOST_TOLD = 200;

function leastDropped(stretches: readonly Stretch[]): number {
  let least = Infinity;
  for (const { dropped } of stretches) if (dropped < least) least = dropped;
  return least;
}

/** The way that led to each label of a node; see `Passage`. */
function layerOf({ count, parent, step }: LabelTable): Int32Array {
  const layer = new Int32Array(2 * count);
  for (let label = 0; label < count; label++) {
    layer[2 * label] = parent[label]!;
    layer[2 * label + 1] = step[label]!;
  }
  return layer;
}

/** Takes labels through the weeks of a household, by the patterns of its nodes. */
export class LabelSearch {
  private readonly layers: Passage['layers'] = [];
  private readonly tables: HouseholdTables;
  private readonly layout: Layout;
  private readonly futures: Futures;
  private readonly completion: Completion;
  /** Bounds by persons; undefined where they have too many states, or patterns are few: the completion alone serves then. */
  private readonly bound: PlanBound | undefined = undefined;
  /** Most that steps can save; see `MovableRole`. */
  private readonly spared: number;
  private readonly stepper: Stepper;
  /** Labels kept on the segment at hand, and least bound of a label that was dropped there for want of room. */
  private maxLabels = 0;
  private dropped = Infinity;
  private from: LabelTable;
  private to: LabelTable;

  /**
   * @param space memory of which nobody else makes use until the search is over
   * @param lasting whether the patterns of its nodes may be met again
   */
  constructor(
    problem: Problem,
    private readonly memory: HouseholdMemory,
    private readonly choices: readonly NodeChoices[],
    private readonly setting: SearchSetting,
    private readonly work: Work,
    private readonly space: SearchSpace,
    private readonly lasting: boolean,
  ) {
    const { tables } = memory;
    this.tables = tables;
    const frame = tables.frameOf(setting.marks);
    this.layout = frame.layout;
    [this.from, this.to] = [space.from, space.to];
    this.from.reset(this.layout.size);
    this.to.reset(this.layout.size);
    this.futures = space.futures.prepare(tables, choices);
    this.stepper = frame.stepper(setting.shortfalls);
    this.spared = tables.spared;
    this.completion = space.completion.prepare(tables, choices, setting.shortfalls);
    if (!this.isWorthBounds()) return;
    const { shortfalls } = setting;
    const bound = new PlanBound(
      choices,
      tables.segments,
      this.completion,
      tables,
      { shortfalls, fewDays: problem.weights.fewDays, excessMinutes: problem.weights.excessMinutes },
      space.bounds,
    );
    if (bound.fits) this.bound = bound;
  }

  /**
   * Whether bounds by persons are worth their time. Where a plan of several weeks is wanted soon they have kept labels that are too much
   * alike: negotiation then found first plans later.
   */
  private isWorthBounds(): boolean {
    const { thorough, fewToBound } = this.setting;
    const isShort = this.tables.household.nodeCount <= ONE_WEEK;
    return (thorough || isShort) && this.choices.reduce((sum, { patterns }) => sum + patterns.length, 0) > fewToBound;
  }

  /** Least cost of nodes `next` and later for a label at its start. */
  private restOf(states: Int32Array, offset: number, next: number): number {
    return this.bound === undefined ? this.completion.of(states, offset, next) : this.bound.of(states, offset, next);
  }

  /**
   * Searches segment by segment. Where no label gets through one, more are kept there and, once none was dropped there, before.
   */
  *run(): Generator<void, SearchResult> {
    const { segments } = this.tables;
    const stretches: Stretch[] = [];
    const { start } = this.tables.frameOf(this.setting.marks);
    this.from.offer(start, this.stepper.begin(start), -1, -1);
    for (let at = 0; at < segments.length; at++) {
      const stretch = this.begin(stretches, at);
      for (;;) {
        [this.maxLabels, this.dropped] = [stretch.labels, Infinity];
        yield* this.pass(segments[at]!);
        stretch.dropped = this.dropped;
        if (this.from.count > 0) break;
        const again = this.widen(stretches, at);
        if (again < 0) return { found: false, bound: leastDropped(stretches), died: segments[at]! };
        this.restore(stretches[again]!);
        this.layers.length = segments[again]!.from;
        if (again < at) {
          at = again - 1;
          break;
        }
      }
    }
    return this.best(this.from, leastDropped(stretches));
  }

  /** Notes the labels at the start of a segment. */
  private begin(stretches: Stretch[], at: number): Stretch {
    const { states, cost, count } = this.from;
    const stretch = (stretches[at] ??= { states, cost, labels: this.setting.labels, dropped: Infinity });
    stretch.states = states.slice(0, count * this.layout.size);
    stretch.cost = cost.slice(0, count);
    return stretch;
  }

  /** Has the labels at the start of a segment again. */
  private restore({ states, cost }: Stretch): void {
    this.from.clear();
    for (let label = 0; label < cost.length; label++) this.from.offer(states, cost[label]!, -1, -1, label * this.layout.size);
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
    let least = Infinity;
    for (let label = 0; label < count; label++) least = Math.min(least, cost[label]!);
    const later = (this.bound?.leastAt(to) ?? this.completion.leastAt(to)) - this.spared;
    const key = this.mayRepeat(segment) ? this.keyOf(segment, least, later) : undefined;
    const known = key === undefined ? undefined : this.memory.memo.find(key);
    if (known !== undefined) {
      this.repeat(segment, known, least, later);
      return;
    }
    for (let node = from; node < to; node++) {
      this.to.clear();
      yield* this.extend(node);
      if (this.to.count > this.maxLabels) this.thin(node);
      this.layers.push(layerOf(this.to));
      [this.from, this.to] = [this.to, this.from];
      if (this.from.count === 0) break;
      yield;
    }
    if (key !== undefined) this.memory.memo.keep(key, this.passage(segment, least, later));
  }

  /** Whether such labels may go through a segment again. */
  private mayRepeat({ to }: Segment): boolean {
    if (!this.lasting && this.tables.segments.length === 1) return false;
    // Where blocks go on, later weeks decide which labels are left: what is known of such a week holds for one search only.
    return this.from.count <= MOST_TOLD && this.bound?.closedAt(to) !== false;
  }

  private keyOf(segment: Segment, least: number, later: number): string {
    const { setting, tables, layout, maxLabels, choices, completion, futures } = this;
    const { shortfalls, marks, upperBound } = setting;
    const part = { tables, layout, choices, completion, futures };
    const asked = `${maxLabels},${shortfalls ? 1 : 0},${marks.roles.length},${upperBound - later - least}`;
    return passageKey(part, segment, asked, this.from, least);
  }

  private passage({ from }: Segment, least: number, later: number): Passage {
    const { states, cost, count } = this.from;
    const ends = states.slice(0, count * this.layout.size);
    shiftDays(this.tables.household, this.layout, ends, from, -1);
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
    shiftDays(this.tables.household, this.layout, ends, from, 1);
    this.from.clear();
    for (let label = 0; label < cost.length; label++) this.from.offer(ends, cost[label]! + least, -1, -1, label * size);
    this.layers.push(...layers);
    this.dropped = dropped === Infinity ? Infinity : dropped + least + later;
    this.work.spent += cost.length;
  }

  /**
   * Extends the labels by the node's patterns. Where few labels may be kept, only the steps that promise to end cheapest are taken, a
   * batch at a time, until there are enough.
   */
  private *extend(node: number): Generator<void, void> {
    const labels = this.from.count;
    const size = labels * this.choices[node]!.patterns.length;
    const promises = this.space.room(size);
    let count = 0;
    for (let label = 0; label < labels; label += PROMISED) {
      if (label > 0) yield;
      count += this.promise(node, promises, label, Math.min(labels, label + PROMISED));
    }
    this.work.spent += size >> 3;
    let batch = this.maxLabels * BATCH;
    const sorted =
      count > batch
        ? promises
            .slice(0, size)
            .filter((promise) => promise < Infinity)
            .sort()
        : undefined;
    let above = -Infinity;
    let next = Infinity;
    for (let taken = 0; taken < count && this.to.count < this.maxLabels; batch *= WIDER) {
      const upTo = sorted?.[taken + batch - 1] ?? Number.MAX_VALUE;
      for (let label = 0; label < labels; label += TAKEN) {
        if (label > 0) yield;
        this.takeAll(node, promises, label, Math.min(labels, label + TAKEN), above, upTo);
      }
      above = upTo;
      taken += batch;
      while (sorted !== undefined && taken < count && sorted[taken]! <= upTo) taken++;
      next = sorted?.[taken] ?? Infinity;
    }
    this.dropped = Math.min(this.dropped, next - this.spared);
  }

  /**
   * For each of some labels and each pattern the least cost of a plan with them, Infinity where it is not below the upper bound; how many
   * are.
   */
  private promise(node: number, promises: Float64Array, first: number, end: number): number {
    const { states, cost } = this.from;
    const { patterns } = this.choices[node]!;
    const upper = this.setting.upperBound + this.spared;
    let count = 0;
    for (let label = first; label < end; label++) {
      const place = label * patterns.length;
      const offset = label * this.layout.size;
      if (this.bound !== undefined) this.bound.promises(states, offset, node, promises, place);
      else this.completion.promises(states, offset, node, patterns, promises, place);
      for (let at = place; at < place + patterns.length; at++) {
        const promise = promises[at]! + cost[label]!;
        if (promise < upper) count++;
        promises[at] = promise < upper ? promise : Infinity;
      }
    }
    return count;
  }

  /** Takes the steps of some labels that promise more than `above`, and up to `upTo`. */
  private takeAll(node: number, promises: Float64Array, first: number, end: number, above: number, upTo: number): void {
    const { length } = this.choices[node]!.patterns;
    for (let label = first; label < end; label++) {
      for (let step = 0; step < length; step++) {
        const promise = promises[label * length + step]!;
        if (promise > above && promise <= upTo) this.take(label, step, node);
      }
    }
  }

  private take(label: number, step: number, node: number): void {
    const pattern = this.choices[node]!.patterns[step]!;
    this.work.spent++;
    const added = this.stepper.apply(this.from.states, label * this.layout.size, pattern, node, this.futures);
    const cost = this.from.cost[label]! + pattern.cost + added;
    if (cost + this.restOf(this.stepper.state, 0, node + 1) >= this.setting.upperBound + this.spared) return;
    this.to.offer(this.stepper.state, cost, label, step);
  }

  /** Keeps the labels that promise to end cheapest; where shortfalls are allowed, those that have gathered most for their cost. */
  private thin(node: number): void {
    const { from: room, to: table, maxLabels } = this;
    const { states, cost, parent, step, count } = table;
    const { size } = this.layout;
    const ends = new Float64Array(count);
    const rank = new Float64Array(count);
    const order: number[] = [];
    for (let label = 0; label < count; label++) {
      ends[label] = cost[label]! + this.restOf(states, label * size, node + 1);
      rank[label] = ends[label]! - (this.setting.shortfalls ? this.stepper.progress(states, label * size) : 0);
      order.push(label);
    }
    order.sort((a, b) => rank[a]! - rank[b]! || a - b);
    for (let index = maxLabels; index < count; index++) this.dropped = Math.min(this.dropped, ends[order[index]!]! - this.spared);
    // The labels before the node have done their part.
    room.clear();
    for (let index = 0; index < maxLabels; index++) {
      const label = order[index]!;
      room.offer(states, cost[label]!, parent[label]!, step[label]!, label * size);
    }
    [this.from, this.to] = [table, room];
  }

  private best(last: LabelTable, dropped: number): SearchResult {
    let label = 0;
    for (let each = 1; each < last.count; each++) if (last.cost[each]! < last.cost[label]!) label = each;
    const cost = last.cost[label]!;
    // Cancelled bookings, which sessions could have spared, are known in full at the end only.
    if (cost >= this.setting.upperBound) return { found: false, bound: dropped, died: this.tables.segments.at(-1)! };
    const rows: number[] = [];
    for (let node = this.tables.household.nodeCount - 1; node >= 0; node--) {
      const layer = this.layers[node]!;
      const choices = this.choices[node]!;
      rows.push(...choices.rowsOf(choices.patterns[layer[2 * label + 1]!]!));
      label = layer[2 * label]!;
    }
    return { found: true, rows: rows.sort((a, b) => a - b), cost, bound: Math.min(cost, dropped) };
  }
}
