import type { Completion } from './completion.ts';
import { SHORTFALL } from './dues.ts';
import type { Side } from './sides.ts';
import type { WeekRules } from './week-rules.ts';

/** Numbers of a row's memory that are kept from search to search. */
const KEPT = 1 << 16;

/** What all bounds of a search's weeks share. */
export interface WeekSetting {
  /** Whether minimums may be missed. */
  shortfalls: boolean;
  /** Weight of `few-days`. */
  fewDays: number;
  /** Least cost after a week by what items lack, where blocks may go on after a week. */
  completion?: Completion;
}

/**
 * Least cost of one person's share of a week, by the sessions that the blocks still lack and the days that have gone: the search's states
 * and patterns as one person sees them, which can but become cheaper (state-space relaxation: Christofides, Mingozzi and Toth 1981).
 * Nodes are counted from the week's first. Values are worked out when they are asked for; memory is reused from week to week.
 */
export class WeekBound {
  private rules!: WeekRules;
  private sides: readonly Omit<Side, 'of'>[] = [];
  private shortfalls = false;
  private fewDays = 0;
  private completion: Completion | undefined;
  /** Per node and state: place of its row, 0 where it is not known. And the entries that are known. */
  private places = new Int32Array(1024);
  private placed = new Int32Array(64);
  private placedCount = 0;
  /** Rows: the least cost of the state, then per entry of the node's side the least cost after it, without its share. */
  private rows = new Float64Array(1024);
  private used = 1;
  /** Per node: the parts of the state at hand. */
  private parts = new Int32Array(64);
  /** The state that the last step led to. */
  private next = 0;

  /** Begins a week, of which every node has one side. */
  prepare(rules: WeekRules, sides: readonly Omit<Side, 'of'>[], { shortfalls, fewDays, completion }: WeekSetting): this {
    this.forget();
    this.rules = rules;
    this.sides = sides;
    [this.shortfalls, this.fewDays, this.completion] = [shortfalls, fewDays, completion];
    if (this.places.length < rules.nodes * rules.stateCount) this.places = new Int32Array(rules.nodes * rules.stateCount);
    if (this.parts.length < rules.nodes * rules.widths.length) this.parts = new Int32Array(rules.nodes * rules.widths.length);
    return this;
  }

  /** Leaves the week, so that nothing of it is held, nor more memory than most weeks need. */
  forget(): void {
    for (let index = 0; index < this.placedCount; index++) this.places[this.placed[index]!] = 0;
    this.placedCount = 0;
    this.used = 1;
    this.sides = [];
    this.completion = undefined;
    if (this.rows.length > KEPT) this.rows = new Float64Array(1024);
    if (this.places.length > KEPT) this.places = new Int32Array(1024);
    if (this.placed.length > KEPT) this.placed = new Int32Array(64);
  }

  /** Least cost of the rest of the week (and, where blocks go on, of these) from a state at a node's start. */
  least(at: number, state: number): number {
    const place = this.rowOf(at, state) - 1;
    return this.rows[place]!;
  }

  /** Where `costs` holds, per entry of the node's side, the least cost after it without its share. */
  rowOf(at: number, state: number): number {
    const index = at * this.rules.stateCount + state;
    const known = this.places[index]!;
    if (known !== 0) return known + 1;
    const place = this.take(this.sides[at]!.count + 1);
    this.fill(at, state, place);
    if (this.placedCount === this.placed.length) {
      const placed = new Int32Array(2 * this.placedCount);
      placed.set(this.placed);
      this.placed = placed;
    }
    this.placed[this.placedCount++] = index;
    this.places[index] = place;
    return place + 1;
  }

  /** A new array after some calls of the others. */
  get costs(): Float64Array {
    return this.rows;
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
    const { parts } = this;
    const { widths } = this.rules;
    const from = at * widths.length;
    for (let index = 0, rest = state; index < widths.length; index++) {
      parts[from + index] = rest % widths[index]!;
      rest = (rest / widths[index]!) | 0;
    }
  }

  private fill(at: number, state: number, place: number): void {
    const side = this.sides[at]!;
    const { count, cost } = side;
    const ends = at + 1 === this.sides.length;
    this.split(at, state);
    let best = Infinity;
    for (let entry = 0; entry < count; entry++) {
      let after = cost[entry] === Infinity ? Infinity : this.step(at, side, entry);
      if (!ends && after < Infinity) after += this.least(at + 1, this.next);
      this.rows[place + 1 + entry] = after;
      const whole = after + cost[entry]!;
      if (whole < best) best = whole;
    }
    this.rows[place] = best;
  }

  /**
   * Per node and entry of its side: by how much the cheapest week with it, from a state at the week's start, costs more than the cheapest
   * week of all (reduced costs).
   */
  reducedCosts(start: number): Float64Array[] {
    const whole = this.least(0, start);
    let [paid, later] = [new StateCosts(this.rules.stateCount), new StateCosts(this.rules.stateCount)];
    paid.lower(start, 0);
    return this.sides.map((side, at) => {
      const { count, cost } = side;
      const reduced = new Float64Array(count).fill(Infinity);
      const ends = at + 1 === this.sides.length;
      for (const state of paid.states) {
        const row = this.rowOf(at, state);
        const before = paid.costs[state]!;
        this.split(at, state);
        for (let entry = 0; entry < count; entry++) {
          const through = before + cost[entry]! + this.rows[row + entry]!;
          if (through === Infinity) continue;
          if (through - whole < reduced[entry]!) reduced[entry] = through - whole;
          if (ends) continue;
          const now = before + cost[entry]! + this.step(at, side, entry);
          later.lower(this.next, now);
        }
      }
      paid.clear();
      [paid, later] = [later, paid];
      return reduced;
    });
  }

  /** What an entry of a node's side costs beside its share: a day more, and what the node's end finds lacking. Leaves the state in `next`. */
  private step(at: number, { sessions, count, has, service }: Omit<Side, 'of'>, entry: number): number {
    const { rules, parts } = this;
    const { items, factors, widths, fresh, dues } = rules;
    const own = items.length;
    const from = at * widths.length;
    const place = at * own;
    const open = !rules.closed && at + 1 === rules.nodes ? this.completion : undefined;
    let cost = 0;
    let next = 0;
    for (let index = 0; index < own; index++) {
      const lacks = Math.max(0, parts[from + index]! - sessions[index * count + entry]!);
      const begins = fresh[place + index] === 1;
      if (begins && lacks > 0) {
        if (!this.shortfalls) return Infinity;
        if (rules.owned[index] === 1) cost += lacks * SHORTFALL.session;
      }
      const due = begins ? dues[place + index]! : lacks;
      next += due * factors[index]!;
      if (open !== undefined && rules.owned[index] === 1) cost += open.ofItem(items[index]!, due, rules.from + rules.nodes);
    }
    const days = parts[from + own]! + has[entry]!;
    const served = parts[from + own + 1]! + service[entry]!;
    if (has[entry] === 1 && days > rules.few[at]!) cost += this.fewDays;
    const daysMin = rules.daysMin[at]!;
    if (daysMin < 0) {
      next += Math.min(widths[own]! - 1, days) * factors[own]!;
      next += Math.min(widths[own + 1]! - 1, served) * factors[own + 1]!;
    } else if (served < daysMin) {
      if (!this.shortfalls) return Infinity;
      cost += (daysMin - served) * SHORTFALL.day;
    }
    this.next = next;
    return cost;
  }
}

/** Least costs of the states that were met. */
class StateCosts {
  readonly states: number[] = [];
  /** Per state; Infinity where it was not met. */
  readonly costs: Float64Array;

  constructor(stateCount: number) {
    this.costs = new Float64Array(stateCount).fill(Infinity);
  }

  lower(state: number, cost: number): void {
    if (this.costs[state] === Infinity) this.states.push(state);
    if (cost < this.costs[state]!) this.costs[state] = cost;
  }

  clear(): void {
    for (const state of this.states) this.costs[state] = Infinity;
    this.states.length = 0;
  }
}
