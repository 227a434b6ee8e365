import type { Household } from '../../model/problem.ts';
import { SHORTFALL } from './dues.ts';
import type { Layout } from './layout.ts';
import type { Segment } from './segments.ts';
import { itemsOf, type Side } from './sides.ts';

/** States beyond which a person's week is not told apart so finely. */
const MOST_STATES = 20_000;

/** Blocks of the household's items; see `Completion`. */
export interface Blocks {
  /** Per item and node (and one more): 1 where a block begins; sessions due in the node's block. */
  fresh: readonly Uint8Array[];
  dues: readonly Int32Array[];
}

/** What all bounds of a search's weeks share. */
export interface WeekSetting {
  household: Household;
  blocks: Blocks;
  layout: Layout;
  /** Whether minimums may be missed. */
  shortfalls: boolean;
  /** Weight of `few-days`. */
  fewDays: number;
  /** Whether what an item lacks is part of the person's share. */
  owns: (item: number) => boolean;
  /** Least cost after the week by what an item lacks, where blocks go on. */
  later: (item: number, lacks: number, to: number) => number;
}

/**
 * Least cost of one person's share of a week, by the sessions that the blocks still lack and the days that have gone: the search's states
 * and patterns as one person sees them, which can but become cheaper (state-space relaxation: Christofides, Mingozzi and Toth 1981).
 * Nodes are counted from the week's first. Values are worked out when they are asked for.
 */
export class WeekBound {
  /** Whether the week falls into few enough states. */
  readonly fits: boolean;
  /** Whether all blocks end with the week: what follows is then the same for all states. */
  readonly closed: boolean;
  private readonly items: readonly number[];
  /** Per item: factor of what it lacks in the number of a state; then of days and of service days. And how many of each are told apart. */
  private readonly factors: readonly number[];
  private readonly widths: readonly number[];
  private readonly stateCount: number;
  /** Per node and state: place of its row, 0 where it is not known. */
  private readonly places: (Int32Array | undefined)[] = [];
  /** Rows: the least cost of the state, then per entry of the node's side the least cost after it, without its share. */
  private rows = new Float64Array(1024);
  private used = 1;
  /** Per node: the parts of the state at hand. */
  private readonly parts: Int32Array;

  constructor(
    private readonly setting: WeekSetting,
    private readonly person: 0 | 1,
    private readonly segment: Segment,
    private readonly sides: readonly Side[],
  ) {
    const { household, blocks } = setting;
    const { from, to } = segment;
    this.items = itemsOf(household, person);
    this.closed = to === household.nodeCount || this.items.every((item) => blocks.fresh[item]![to] === 1);
    const { fewFrom, daysMin } = household.persons[person]!.hours;
    const weeks = household.nodeWeek[person].subarray(from, to);
    const days = weeks.reduce((most, week) => Math.max(most, fewFrom[week]!), 0);
    const service = weeks.reduce((most, week) => Math.max(most, daysMin[week]!), 0);
    const dues = this.items.map((item) => blocks.dues[item]!.subarray(from, to).reduce((most, due) => Math.max(most, due), 0));
    this.widths = [...dues, days, service].map((most) => most + 1);
    this.factors = this.widths.map((_, index) => this.widths.slice(0, index).reduce((product, width) => product * width, 1));
    this.stateCount = this.widths.reduce((product, width) => product * width, 1);
    this.fits = this.stateCount <= MOST_STATES;
    this.parts = new Int32Array((to - from) * this.widths.length);
  }

  /** The number of a label's state at the start of a node of the household. */
  stateOf(states: Int32Array, offset: number, node: number): number {
    const { items, factors, widths, person } = this;
    const { layout, blocks } = this.setting;
    let state = 0;
    for (let index = 0; index < items.length; index++) {
      const item = items[index]!;
      const lacks = blocks.dues[item]![node]! - states[offset + layout.count[item]!]!;
      if (lacks > 0) state += lacks * factors[index]!;
    }
    state += Math.min(widths[items.length]! - 1, states[offset + layout.days[person]!]!) * factors[items.length]!;
    const at = layout.serviceDays[person]!;
    if (at >= 0) state += Math.min(widths[items.length + 1]! - 1, states[offset + at]!) * factors[items.length + 1]!;
    return state;
  }

  /** Least cost of the week (and, where blocks go on, of these) where all blocks begin with it. */
  get whole(): number {
    const { dues } = this.setting.blocks;
    return this.least(
      0,
      this.items.reduce((state, item, index) => state + dues[item]![this.segment.from]! * this.factors[index]!, 0),
    );
  }

  /** Least cost of the rest of the week (and, where blocks go on, of these) from a state at a node's start. */
  least(at: number, state: number): number {
    const place = this.placeOf(at, state);
    return this.rows[place]!;
  }

  /** Where `costs` holds, per entry of the node's side, the least cost after it without its share. */
  rowOf(at: number, state: number): number {
    return this.placeOf(at, state) + 1;
  }

  /** A new array after some calls of the others. */
  get costs(): Float64Array {
    return this.rows;
  }

  private placeOf(at: number, state: number): number {
    const places = (this.places[at] ??= new Int32Array(this.stateCount));
    const known = places[state]!;
    if (known !== 0) return known;
    const place = this.take(this.sides[at]!.count + 1);
    this.fill(at, state, place);
    places[state] = place;
    return place;
  }

  private take(size: number): number {
    const place = this.used;
    this.used += size;
    if (this.used > this.rows.length) {
      const rows = new Float64Array(Math.max(this.used, 2 * this.rows.length));
      rows.set(this.rows);
      this.rows = rows;
    }
    return place;
  }

  private fill(at: number, state: number, place: number): void {
    const side = this.sides[at]!;
    const { parts, widths } = this;
    const from = at * widths.length;
    for (let index = 0, rest = state; index < widths.length; index++) {
      parts[from + index] = rest % widths[index]!;
      rest = (rest / widths[index]!) | 0;
    }
    let best = Infinity;
    for (let entry = 0; entry < side.count; entry++) {
      const after = this.after(at, side, entry);
      this.rows[place + 1 + entry] = after;
      best = Math.min(best, after + side.cost[entry]!);
    }
    this.rows[place] = best;
  }

  /** Least cost after an entry of a node's side, with what a day more costs and what the node's end finds lacking. */
  private after(at: number, side: Side, entry: number): number {
    const { items, factors, parts, widths } = this;
    const { blocks, shortfalls, owns, later } = this.setting;
    const node = this.segment.from + at;
    const ends = node + 1 === this.segment.to;
    let cost = 0;
    let next = 0;
    for (let index = 0; index < items.length; index++) {
      const item = items[index]!;
      const lacks = Math.max(0, parts[at * widths.length + index]! - side.sessions[index * side.count + entry]!);
      const fresh = blocks.fresh[item]![node + 1] === 1;
      if (fresh && lacks > 0) {
        if (!shortfalls) return Infinity;
        if (owns(item)) cost += lacks * SHORTFALL.session;
      }
      const due = fresh ? (blocks.dues[item]![node + 1] ?? 0) : lacks;
      if (!ends) next += due * factors[index]!;
      else if (!this.closed) cost += later(item, due, node + 1);
    }
    const dayParts = at * widths.length + items.length;
    const { days, service, cost: ofDay } = this.day(node, parts[dayParts]!, parts[dayParts + 1]!, side, entry);
    cost += ofDay;
    if (ends || cost === Infinity) return cost;
    return cost + this.least(at + 1, next + days * factors[items.length]! + service * factors[items.length + 1]!);
  }

  /** Days and service days after an entry, and what they cost. */
  private day(node: number, days: number, service: number, side: Side, entry: number): { days: number; service: number; cost: number } {
    const { person, widths, items } = this;
    const { household, fewDays, shortfalls } = this.setting;
    const { fewFrom, daysMin } = household.persons[person]!.hours;
    const few = fewFrom[household.nodeWeek[person][node]!]!;
    const cost = side.has[entry] === 1 && few >= 0 && days >= few ? fewDays : 0;
    const daysNow = Math.min(widths[items.length]! - 1, days + side.has[entry]!);
    const serviceNow = Math.min(widths[items.length + 1]! - 1, service + side.service[entry]!);
    const ended = household.weekEnd[person][node]!;
    if (ended === 0) return { days: daysNow, service: serviceNow, cost };
    const lacks = Math.max(0, daysMin[ended]! - serviceNow);
    if (lacks === 0) return { days: 0, service: 0, cost };
    return { days: 0, service: 0, cost: shortfalls ? cost + lacks * SHORTFALL.day : Infinity };
  }
}
