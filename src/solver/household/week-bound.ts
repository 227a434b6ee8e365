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
  /** Per node, where they were asked for. */
  private readonly rules: (NodeRules | undefined)[] = [];
  /** The state that the last step led to. */
  private next = 0;

  constructor(
    private readonly setting: WeekSetting,
    private readonly person: 0 | 1,
    private readonly segment: Pick<Segment, 'from' | 'to'>,
    private readonly sides: readonly Omit<Side, 'of'>[],
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

  /** Splits a state into its parts. */
  private split(at: number, state: number): void {
    const { parts, widths } = this;
    const from = at * widths.length;
    for (let index = 0, rest = state; index < widths.length; index++) {
      parts[from + index] = rest % widths[index]!;
      rest = (rest / widths[index]!) | 0;
    }
  }

  private fill(at: number, state: number, place: number): void {
    const side = this.sides[at]!;
    const ends = at + 1 === this.sides.length;
    this.split(at, state);
    let best = Infinity;
    for (let entry = 0; entry < side.count; entry++) {
      let after = side.cost[entry] === Infinity ? Infinity : this.step(at, side, entry);
      if (!ends && after < Infinity) after += this.least(at + 1, this.next);
      this.rows[place + 1 + entry] = after;
      best = Math.min(best, after + side.cost[entry]!);
    }
    this.rows[place] = best;
  }

  /**
   * Per node and entry of its side: by how much the cheapest week with it, from a state at the week's start, costs more than the cheapest
   * week of all (reduced costs).
   */
  reducedCosts(start: number): Float64Array[] {
    const whole = this.least(0, start);
    let paid = new Map([[start, 0]]);
    return this.sides.map((side, at) => {
      const reduced = new Float64Array(side.count).fill(Infinity);
      const later = new Map<number, number>();
      for (const [state, before] of paid) {
        const row = this.rowOf(at, state);
        this.split(at, state);
        for (let entry = 0; entry < side.count; entry++) {
          const through = before + side.cost[entry]! + this.rows[row + entry]!;
          if (through === Infinity) continue;
          reduced[entry] = Math.min(reduced[entry]!, through - whole);
          const now = before + side.cost[entry]! + this.step(at, side, entry);
          if (now < (later.get(this.next) ?? Infinity)) later.set(this.next, now);
        }
      }
      paid = later;
      return reduced;
    });
  }

  /** What an entry of a node's side costs beside its share: a day more, and what the node's end finds lacking. Leaves the state in `next`. */
  private step(at: number, side: Omit<Side, 'of'>, entry: number): number {
    const { items, factors, parts, widths } = this;
    const rules = (this.rules[at] ??= this.rulesAt(at));
    const { shortfalls } = this.setting;
    const from = at * widths.length;
    let cost = 0;
    let next = 0;
    for (let index = 0; index < items.length; index++) {
      const lacks = Math.max(0, parts[from + index]! - side.sessions[index * side.count + entry]!);
      if (rules.fresh[index] === 1 && lacks > 0) {
        if (!shortfalls) return Infinity;
        if (rules.owned[index] === 1) cost += lacks * SHORTFALL.session;
      }
      const due = rules.fresh[index] === 1 ? rules.dues[index]! : lacks;
      next += due * factors[index]!;
      if (rules.open) cost += this.setting.later(items[index]!, due, this.segment.to);
    }
    const days = parts[from + items.length]! + side.has[entry]!;
    const service = parts[from + items.length + 1]! + side.service[entry]!;
    if (side.has[entry] === 1 && days > rules.few) cost += this.setting.fewDays;
    if (rules.daysMin < 0) {
      next += Math.min(widths[items.length]! - 1, days) * factors[items.length]!;
      next += Math.min(widths[items.length + 1]! - 1, service) * factors[items.length + 1]!;
    } else if (service < rules.daysMin) {
      if (!shortfalls) return Infinity;
      cost += (rules.daysMin - service) * SHORTFALL.day;
    }
    this.next = next;
    return cost;
  }

  private rulesAt(at: number): NodeRules {
    const { blocks, household, owns } = this.setting;
    const node = this.segment.from + at;
    const { fewFrom, daysMin } = household.persons[this.person]!.hours;
    const few = fewFrom[household.nodeWeek[this.person][node]!]!;
    const ended = household.weekEnd[this.person][node]!;
    return {
      fresh: Uint8Array.from(this.items, (item) => blocks.fresh[item]![node + 1]!),
      dues: Int32Array.from(this.items, (item) => blocks.dues[item]![node + 1]!),
      owned: Uint8Array.from(this.items, (item) => (owns(item) ? 1 : 0)),
      open: node + 1 === this.segment.to && !this.closed,
      few: few < 0 ? Infinity : few,
      daysMin: ended > 0 ? daysMin[ended]! : -1,
    };
  }
}

/** What a week's bound reads of the rules at a node's end. */
interface NodeRules {
  /** Per item: 1 where a block begins after the node; sessions due in the block after it; 1 where what it lacks is of the person's share. */
  fresh: Uint8Array;
  dues: Int32Array;
  owned: Uint8Array;
  /** Whether blocks go on after the last node. */
  open: boolean;
  /** Days above this number cost `few-days`. */
  few: number;
  /** Service days that the week which ends here demands; -1 where none ends. */
  daysMin: number;
}
