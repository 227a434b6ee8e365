import type { Household } from '../../model/problem.ts';
import { addAll, type Bits } from '../../kernel/bits.ts';
import { bothMinutes, bothMinutesOf, roundingOf, togetherUnits } from './day-cost.ts';
import type { DayRows } from './day-rows.ts';
import type { Half, HalfList } from './half-search.ts';
import type { Context, HalfKind, Halves } from './halves.ts';

/** What a pattern is made of: joint sessions and a kind of half for each person. */
export interface Combination {
  context: Context;
  kinds: readonly [HalfKind, HalfKind];
  /** A bound of its cost. */
  least: number;
}

/** A pattern's sessions and cost. */
export interface Found {
  rows: number[];
  cost: number;
  /** Cost of the first partner's half. */
  share: number;
}

/** Halves of the second partner that fit some of the first, by what these shut. */
type Fits = Map<number | string, Half | undefined>;

const NO_BITS: Bits = new Int32Array(0);

/** Halves asked for at first where partners depend on each other, and by how much they may then cost more than the least. */
const HALVES = 64;
const SLACK = 4;
const MORE = 4;

/** Puts the halves of two partners together. */
export class Joiner {
  /** Whether what one partner does matters to the other. */
  readonly coupled: boolean;
  /** Rows of the pattern at hand. */
  private readonly rows: number[] = [];
  private readonly second: Bits;

  /** @param together weight of `together` */
  constructor(
    private readonly household: Household,
    private readonly day: DayRows,
    private readonly halves: readonly Halves[],
    private readonly together: number,
    private readonly work: { spent: number },
  ) {
    this.coupled = halves.length > 1 && (together > 0 || this.partnersClash());
    this.second = this.coupled ? halves[1]!.own : NO_BITS;
  }

  /** The two halves that are cheapest together, if they cost less than `upper`. */
  join(combination: Combination, upper: number): Found | undefined {
    const { context, kinds, least } = combination;
    const [a, b] = kinds;
    let best = this.pair(context, a.least, b.least, upper);
    if (!this.coupled || best?.cost === least) return best;
    const fits: Fits = new Map();
    for (let slack = SLACK, most = HALVES; ;) {
      const reach = (best?.cost ?? upper) - least;
      const wide = Math.min(slack, reach);
      const first = a.below(a.least.cost + wide, most);
      const second = this.household.together === 'simultaneous' && this.together > 0 ? b.below(b.least.cost + wide, most) : undefined;
      for (const half of first.halves) {
        if (least + half.cost - a.least.cost >= (best?.cost ?? upper)) break;
        best = this.complete(combination, half, second, fits, best?.cost ?? upper) ?? best;
      }
      const full = first.full || second?.full === true;
      if ((best?.cost ?? upper) <= least) return best;
      if (!full && (wide === reach || wide >= (best?.cost ?? upper) - least || (!first.more && second?.more !== true))) return best;
      if (full) most *= MORE;
      else slack *= MORE;
    }
  }

  /** The best pattern with a half of the first partner, if it costs less than `upper`; of some halves of the second where their times matter. */
  private complete(
    { context, kinds, least }: Combination,
    half: Half,
    others: HalfList | undefined,
    fits: Fits,
    upper: number,
  ): Found | undefined {
    const [a, b] = kinds;
    if (this.together > 0 && this.household.together === 'staggered') return this.stagger(context, half, b, fits, upper);
    const shut = this.shutBy(half.ids);
    const key = shut.length === 1 ? shut[0]! : shut.join();
    if (!fits.has(key)) fits.set(key, isEmpty(shut) ? b.least : b.without(withShut(context.shut, shut)));
    const fit = fits.get(key);
    const rest = least - a.least.cost - b.least.cost + half.cost;
    if (fit === undefined || rest + fit.cost >= upper) return undefined;
    let best = this.pair(context, half, fit, upper);
    for (const other of others?.halves ?? []) {
      if (rest + other.cost >= (best?.cost ?? upper)) break;
      best = this.pair(context, half, other, best?.cost ?? upper) ?? best;
    }
    return best;
  }

  /**
   * The best pattern with a half of the first partner, if it costs less than `upper`, where the couple wishes not to be busy at once.
   * What the second partner has to do beside the first one's groups alone is a bound for all halves with these groups.
   */
  private stagger(context: Context, half: Half, kind: HalfKind, fits: Fits, upper: number): Found | undefined {
    const groups = half.ids.filter((id) => this.isGroup(id));
    const key = groups.join();
    if (!fits.has(key)) fits.set(key, this.beside(context, groups, half.cost, kind, upper));
    const bound = fits.get(key);
    if (bound === undefined || half.cost + bound.cost >= upper) return undefined;
    const fit = groups.length === half.ids.length ? bound : this.beside(context, half.ids, half.cost, kind, upper);
    if (fit === undefined) return undefined;
    const rows = [...this.day.forced, ...context.ids, ...half.ids, ...fit.ids].map((id) => this.day.rows[id]!);
    return half.cost + fit.cost < upper ? { cost: half.cost + fit.cost, rows, share: half.cost } : undefined;
  }

  /** The second partner's best half beside sessions of the first, with the cost of all but the first's half, if it is below `upper` with that. */
  private beside(context: Context, ids: readonly number[], cost: number, kind: HalfKind, upper: number): Half | undefined {
    const { rows } = this.day;
    const first = [...this.day.forced, ...context.ids, ...ids].map((id) => rows[id]!);
    const minutes = new Int32Array(rows.length);
    for (const { members } of this.halves[1]!.classes) {
      for (const id of members) minutes[id] = first.reduce((sum, row) => sum + bothMinutesOf(this.household, rows[id]!, row), 0);
    }
    const base = bothMinutes(this.household, first, first.length) - roundingOf(this.household.midnight);
    const rest = context.cost + this.together * Math.ceil(base / 15);
    this.work.spent++;
    const shut = withShut(context.shut, this.shutBy(ids));
    const fit = kind.without(shut, upper - cost - rest, { minutes, base, weight: this.together });
    return fit === undefined ? undefined : { ids: fit.ids, cost: rest + fit.cost };
  }

  private isGroup(id: number): boolean {
    return this.household.candidates.meeting[this.day.rows[id]!]! >= 0;
  }

  /** Sessions of the second partner that clash with some of the first. */
  private shutBy(ids: readonly number[]): Bits {
    const shut = this.day.shutBy(ids);
    for (let word = 0; word < shut.length; word++) shut[word]! &= this.second[word]!;
    return shut;
  }

  /** A pattern of two halves, if it costs less than `upper` and they do not clash. */
  private pair(context: Context, a: Half, b: Half, upper: number): Found | undefined {
    this.work.spent++;
    if (this.coupled && this.day.clashAny(a.ids, b.ids)) return undefined;
    const apart = context.cost + a.cost + b.cost;
    if (apart >= upper) return undefined;
    const { rows } = this;
    let count = this.add(this.day.forced, 0);
    count = this.add(context.ids, count);
    count = this.add(a.ids, count);
    count = this.add(b.ids, count);
    const cost = this.together > 0 ? apart + this.together * togetherUnits(this.household, rows, count) : apart;
    return cost < upper ? { cost, rows: rows.slice(0, count), share: a.cost } : undefined;
  }

  private add(ids: readonly number[], count: number): number {
    for (let at = 0; at < ids.length; at++) this.rows[count++] = this.day.rows[ids[at]!]!;
    return count;
  }

  /** Whether some session of one partner clashes with one of the other. */
  private partnersClash(): boolean {
    const [first, second] = this.halves.map(({ classes }) => classes);
    return first!.some((a) => second!.some((b) => this.day.clashAny(a.members, b.members)));
  }
}

function isEmpty(bits: Bits): boolean {
  for (let word = 0; word < bits.length; word++) if (bits[word] !== 0) return false;
  return true;
}

function withShut(shut: Bits, more: Bits): Bits {
  const all = shut.slice();
  addAll(all, more);
  return all;
}
