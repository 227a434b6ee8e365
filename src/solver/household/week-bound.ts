import type { Completion } from './completion.ts';
import { SHORTFALL } from './dues.ts';
import type { Side } from './sides.ts';
import type { WeekRules } from './week-rules.ts';

/** Numbers of a memory that are kept from search to search. */
const KEPT = 1 << 16;

/** More sessions, and minutes, than a block can want. */
const AMPLE = 1 << 24;

/** What all bounds of a search's weeks share. */
export interface WeekSetting {
  /** Whether minimums may be missed. */
  shortfalls: boolean;
  /** Weights of `few-days` and of `excess-minutes`. */
  fewDays: number;
  excessMinutes: number;
  /** Least cost after a week by what items lack, where blocks may go on after a week. */
  completion?: Completion;
}

/**
 * Least cost of one person's share of a week, by the sessions and minutes that the blocks still lack and the days that have gone: the
 * search's states and patterns as one person sees them, which can but become cheaper (state-space relaxation: Christofides, Mingozzi and
 * Toth 1981). Nodes are counted from the week's first. Values are worked out when they are asked for; memory is reused from week to week.
 */
export class WeekBound {
  private rules!: WeekRules;
  private sides: readonly Omit<Side, 'of'>[] = [];
  private shortfalls = false;
  private fewDays = 0;
  private excess = 0;
  private completion: Completion | undefined;
  /** A hash table of the rows: per node and state that is known its number, and the place of its row; 0 where there is none. */
  private keys = new Int32Array(1024);
  private places = new Int32Array(1024);
  private known = 0;
  /** Places of the known rows by node, as lists: per row the one known before, per node the last one. */
  private before = new Int32Array(512);
  private last = new Int32Array(64);
  /** Rows: the least cost of the state, then per entry of the node's side the least cost after it, without its share. */
  private rows = new Float64Array(1024);
  /** Per number of a row: the place of the row that the entry leads to; of the row's first one its number among the known. */
  private nexts = new Int32Array(1024);
  private used = 1;
  /** Per node: the parts of the state at hand; and what a block lacks of minutes. */
  private parts = new Int32Array(64);
  /** The state that the last step led to. */
  private next = 0;
  /** Per node and one more (nodes first): most sessions of each item, and minutes last, that it and later nodes add before the block ends. */
  private room = new Int32Array(64);

  /** Begins a week, of which every node has one side. */
  prepare(rules: WeekRules, sides: readonly Omit<Side, 'of'>[], { shortfalls, fewDays, excessMinutes, completion }: WeekSetting): this {
    this.forget();
    this.rules = rules;
    this.sides = sides;
    [this.shortfalls, this.fewDays, this.excess, this.completion] = [shortfalls, fewDays, excessMinutes, completion];
    if (this.parts.length < rules.nodes * rules.widths.length) this.parts = new Int32Array(rules.nodes * rules.widths.length);
    if (this.last.length < rules.nodes) this.last = new Int32Array(rules.nodes);
    this.measure();
    return this;
  }

  /** Works out `room`; blocks that do not end with a node of the week have all that they may want. */
  private measure(): void {
    const { nodes, items, fresh, minutes } = this.rules;
    const own = items.length;
    const width = own + 1;
    if (this.room.length < (nodes + 1) * width) this.room = new Int32Array((nodes + 1) * width);
    const { room } = this;
    room.fill(AMPLE, nodes * width, (nodes + 1) * width);
    for (let at = nodes - 1; at >= 0; at--) {
      const { count, cost, sessions, credit } = this.sides[at]!;
      for (let index = 0; index < width; index++) {
        const from = index < own ? sessions : credit;
        const offset = index < own ? index * count : 0;
        let most = 0;
        for (let entry = 0; entry < count; entry++)
          if (cost[entry]! < Infinity && from[offset + entry]! > most) most = from[offset + entry]!;
        const ends = index < own ? fresh[at * own + index] === 1 : minutes.ends[at] === 1;
        room[at * width + index] = ends ? most : Math.min(AMPLE, most + room[(at + 1) * width + index]!);
      }
    }
  }

  /** Leaves the week, so that nothing of it is held, nor more memory than most weeks need. */
  forget(): void {
    if (this.keys.length > KEPT) {
      this.keys = new Int32Array(1024);
      this.places = new Int32Array(1024);
      this.before = new Int32Array(512);
    } else if (this.known > 0) this.places.fill(0);
    this.last.fill(0);
    this.known = 0;
    this.used = 1;
    this.sides = [];
    this.completion = undefined;
    if (this.rows.length > KEPT) {
      this.rows = new Float64Array(1024);
      this.nexts = new Int32Array(1024);
    }
  }

  /** Least cost of the rest of the week (and, where blocks go on, of these) from a state at a node's start. */
  least(at: number, state: number): number {
    const place = this.rowOf(at, state) - 1;
    return this.rows[place]!;
  }

  /** Where `costs` holds, per entry of the node's side, the least cost after it without its share. */
  rowOf(at: number, state: number): number {
    const key = at * this.rules.stateCount + state;
    let slot = this.slotOf(key);
    if (this.places[slot] !== 0) return this.places[slot]! + 1;
    const place = this.take(this.sides[at]!.count + 1);
    this.fill(at, state, place);
    if (2 * this.known >= this.keys.length) this.grow();
    slot = this.slotOf(key);
    this.keys[slot] = key;
    this.places[slot] = place;
    this.nexts[place] = this.known;
    this.before[this.known++] = this.last[at]!;
    this.last[at] = place;
    return place + 1;
  }

  /** A new array after some calls of the others. */
  get costs(): Float64Array {
    return this.rows;
  }

  /** The slot of a key, or a free one where it is not known. */
  private slotOf(key: number): number {
    const { keys, places } = this;
    const mask = keys.length - 1;
    let slot = (Math.imul(key, 0x9e3779b1) >>> 7) & mask;
    while (places[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { keys, places } = this;
    this.keys = new Int32Array(2 * keys.length);
    this.places = new Int32Array(2 * keys.length);
    for (let slot = 0; slot < keys.length; slot++) {
      if (places[slot] === 0) continue;
      const to = this.slotOf(keys[slot]!);
      this.keys[to] = keys[slot]!;
      this.places[to] = places[slot]!;
    }
    const before = new Int32Array(keys.length);
    before.set(this.before);
    this.before = before;
  }

  private take(size: number): number {
    const place = this.used;
    this.used += size;
    if (this.used > this.rows.length) {
      const size = Math.max(this.used, 2 * this.rows.length);
      const rows = new Float64Array(size);
      const nexts = new Int32Array(size);
      rows.set(this.rows);
      nexts.set(this.nexts);
      [this.rows, this.nexts] = [rows, nexts];
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
      if (!ends && after < Infinity) {
        const next = this.rowOf(at + 1, this.next) - 1;
        this.nexts[place + 1 + entry] = next;
        after += this.rows[next]!;
      }
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
    /** Per known row: the least cost of the nodes before it. */
    const paid = new Float64Array(this.known).fill(Infinity);
    paid[this.nexts[this.rowOf(0, start) - 1]!] = 0;
    return this.sides.map(({ count, cost }, at) => {
      const { rows, nexts } = this;
      const reduced = new Float64Array(count).fill(Infinity);
      const ends = at + 1 === this.sides.length;
      for (let place = this.last[at]!; place !== 0; place = this.before[nexts[place]!]!) {
        const before = paid[nexts[place]!]!;
        if (before === Infinity) continue;
        for (let entry = 0; entry < count; entry++) {
          const after = rows[place + 1 + entry]!;
          const through = before + cost[entry]! + after;
          if (through === Infinity) continue;
          if (through - whole < reduced[entry]!) reduced[entry] = through - whole;
          if (ends) continue;
          const next = nexts[place + 1 + entry]!;
          const now = before + cost[entry]! + after - rows[next]!;
          if (now < paid[nexts[next]!]!) paid[nexts[next]!] = now;
        }
      }
      return reduced;
    });
  }

  /** What an entry of a node's side costs beside its share: a day or minutes more, and what the node's end finds lacking. Leaves the state in `next`. */
  private step(at: number, side: Omit<Side, 'of'>, entry: number): number {
    const { rules, parts, room, shortfalls } = this;
    const { items, factors, widths, fresh, dues } = rules;
    const own = items.length;
    const from = at * widths.length;
    const place = at * own;
    const later = (at + 1) * (own + 1);
    const open = !rules.closed && at + 1 === rules.nodes ? this.completion : undefined;
    let cost = 0;
    let next = 0;
    for (let index = 0; index < own; index++) {
      let due = parts[from + index]! - side.sessions[index * side.count + entry]!;
      if (due < 0) due = 0;
      if (fresh[place + index] === 1) {
        if (due > 0) {
          if (!shortfalls) return Infinity;
          if (rules.owned[index] === 1) cost += due * SHORTFALL.session;
        }
        due = dues[place + index]!;
      }
      if (due > room[later + index]! && !shortfalls) return Infinity;
      next += due * factors[index]!;
      if (open !== undefined && rules.owned[index] === 1) cost += open.ofItem(items[index]!, due, rules.from + rules.nodes);
    }
    const days = parts[from + own]! + side.has[entry]!;
    const served = parts[from + own + 1]! + side.service[entry]!;
    if (side.has[entry] === 1 && days > rules.few[at]!) cost += this.fewDays;
    const daysMin = rules.daysMin[at]!;
    if (daysMin < 0) {
      next += Math.min(widths[own]! - 1, days) * factors[own]!;
      next += Math.min(widths[own + 1]! - 1, served) * factors[own + 1]!;
    } else if (served < daysMin) {
      if (!shortfalls) return Infinity;
      cost += (daysMin - served) * SHORTFALL.day;
    }
    this.next = next;
    return cost + this.stepMinutes(at, side.credit[entry]!, parts[from + own + 2]!);
  }

  /** What an entry's minutes cost, and what the node's end finds lacking of them. Adds to `next`. */
  private stepMinutes(at: number, credit: number, due: number): number {
    const { minutes, factors, items } = this.rules;
    const { unit } = minutes;
    let lacks = due - credit / unit;
    let cost = 0;
    if (lacks < 0) {
      if (this.excess > 0 && minutes.excess[at] === 1) cost += this.excess * minutes.quarters(-lacks);
      lacks = 0;
    }
    if (minutes.ends[at] === 1) {
      if (lacks > 0) {
        if (!this.shortfalls) return Infinity;
        cost += (lacks - 1) * unit * SHORTFALL.minute;
      }
      lacks = minutes.next[at]!;
    }
    if (lacks * unit > this.room[(at + 1) * (items.length + 1) + items.length]! && !this.shortfalls) return Infinity;
    this.next += lacks * factors[factors.length - 1]!;
    return cost;
  }
}
