import type { Problem } from '../../model/problem.ts';
import { dayIn, weekOfDay, type Roster } from '../roster.ts';
import type { AddUse } from './use.ts';

/** Fewest minutes between two points of a therapist's time that have a price. */
const FINEST = 5;
/** Minutes in a unit of the rows that limit or weigh them, so that steps of prices are of one size with those of points. */
const HOUR = 60;
/** More minutes than a week has with a session that reaches into the next. */
const WEEK = 8 * 1440;

/** A stretch of a therapist's time. */
interface Stretch {
  start: number;
  end: number;
  buffer: number;
}

/**
 * Therapists' time as rows of a vector: at each point one duty at most, per date and week the hours that the therapist may work, and the
 * hours of a week that `therapist-balance` is charged for. Duties overlap where one of them starts, so that points at all starts are enough;
 * of duties that start off the points some overlaps are missed, so that bounds are weaker, not wrong.
 */
export class DutyRows {
  /** Minutes between two points, and points per therapist. */
  private readonly cell: number;
  private readonly cells: number;
  private readonly dayAt: Int32Array;
  private readonly weekAt: Int32Array;
  private readonly balanceAt: Int32Array;
  /** Per therapist and week: hours of bookings that stand. */
  private readonly standing: Float64Array[];
  /** Per therapist: sums of the prices before each point; undefined where all are zero. */
  private sums: (Float64Array | undefined)[] = [];

  /** @param take reserves rows, and returns the first */
  constructor(
    private readonly problem: Problem,
    private readonly rosters: readonly Roster[],
    take: (count: number) => number,
  ) {
    const { therapists, minutes, weekCount, weights } = problem;
    this.cell = spacingOf(problem);
    this.cells = Math.ceil(minutes / this.cell) + 1;
    take(therapists.length * this.cells);
    this.dayAt = Int32Array.from(therapists, ({ dailyMinutes, days }) => (dailyMinutes < Infinity ? take(days.starts.length + 1) : -1));
    this.weekAt = Int32Array.from(therapists, ({ weeklyMinutes }) => (weeklyMinutes < Infinity ? take(weekCount + 2) : -1));
    this.balanceAt = Int32Array.from(therapists, () => (weights.therapistBalance > 0 ? take(weekCount + 2) : -1));
    this.standing = rosters.map((roster) => Float64Array.from({ length: weekCount + 1 }, (_, week) => roster.minutesIn(week) / HOUR));
  }

  /** Enters how much there is of each, beside duties that stand: nothing where facts alone exceed a limit. */
  fillLimits(limit: Float64Array): void {
    const { rosters, problem } = this;
    const { weekCount } = problem;
    limit.fill(1, 0, rosters.length * this.cells);
    rosters.forEach(({ model, duties }, therapist) => {
      const [day, week, balance] = [this.dayAt[therapist]!, this.weekAt[therapist]!, this.balanceAt[therapist]!];
      if (day >= 0) limit.fill(model.dailyMinutes / HOUR, day, day + model.days.starts.length + 1);
      if (week >= 0) limit.fill(model.weeklyMinutes / HOUR, week, week + weekCount + 2);
      if (balance >= 0) limit.fill(Infinity, balance, balance + weekCount + 2);
      for (const { start, end } of duties) {
        for (const row of this.hourRows(therapist, start)) limit[row] = Math.max(0, limit[row]! - (end - start) / HOUR);
      }
      for (let each = 1; balance >= 0 && each <= weekCount; each++) {
        if (model.availableMinutes[each]! > 0) limit[balance + each] = -this.standing[therapist]![each]!;
      }
    });
  }

  /** `balanceBlock` for all therapists and weeks. */
  balance(price: Float64Array, into: Float64Array): number {
    let cost = 0;
    for (let block = 0; block < this.balanceBlocks; block++) cost += this.balanceBlock(block, price, into);
    return cost;
  }

  /** How many therapists and weeks there are with hours that `therapist-balance` is charged for. */
  get balanceBlocks(): number {
    return this.problem.weights.therapistBalance === 0 ? 0 : this.problem.therapists.length * this.problem.weekCount;
  }

  /**
   * Chooses for a therapist and week how many hours `therapist-balance` is charged for, where that and what the hours earn at the
   * present prices costs least. Takes these off `into` and returns the cost.
   */
  balanceBlock(block: number, price: Float64Array, into: Float64Array): number {
    const { weekCount, therapists } = this.problem;
    const [therapist, week] = [Math.floor(block / weekCount), (block % weekCount) + 1];
    const available = therapists[therapist]!.availableMinutes[week]!;
    if (available === 0) return 0;
    const row = this.balanceAt[therapist]! + week;
    const { hours, least } = this.charged(available, this.standing[therapist]![week]!, price[row]!);
    into[row]! -= hours;
    return least;
  }

  /** Takes off the hours that the charge for those used covers, and returns the charge. */
  chargedBlock(block: number, used: Float64Array, into: Float64Array): number {
    const { weekCount, therapists, weights } = this.problem;
    const [therapist, week] = [Math.floor(block / weekCount), (block % weekCount) + 1];
    const available = therapists[therapist]!.availableMinutes[week]!;
    if (available === 0) return 0;
    const row = this.balanceAt[therapist]! + week;
    const tenths = Math.floor((10 * (this.standing[therapist]![week]! + used[row]!) * HOUR) / available + 1e-9);
    into[row]! -= mostHours(available, tenths);
    return weights.therapistBalance * tenths ** 2;
  }

  /**
   * Hours for which the charge, less what they earn, is least; there are none below those that stand. There may be more than are
   * available: bookings stand where they are, and a session may reach into the next week.
   */
  private charged(available: number, standing: number, price: number): { hours: number; least: number } {
    const weight = this.problem.weights.therapistBalance;
    let best = { hours: 0, least: Infinity };
    const first = Math.floor((10 * standing * HOUR) / available + 1e-9);
    // Each tenth costs more than the one before, and earns no more than this.
    const earned = (price * (available / 10 + 1)) / HOUR;
    for (let tenths = first; tenths <= first + (10 * WEEK) / available; tenths++) {
      const hours = mostHours(available, tenths);
      const cost = weight * tenths ** 2 - price * hours;
      if (cost < best.least) best = { hours, least: cost };
      if (weight * (2 * tenths + 1) > earned) break;
    }
    return best;
  }

  /** Prepares `priceOf` for new prices. */
  reprice(price: Float64Array): void {
    const { cells, problem } = this;
    this.sums = problem.therapists.map((_, therapist) => {
      const own = price.subarray(therapist * cells, (therapist + 1) * cells);
      if (own.every((each) => each === 0)) return undefined;
      const sums = new Float64Array(cells + 1);
      for (let cell = 0; cell < cells; cell++) sums[cell + 1] = sums[cell]! + own[cell]!;
      return sums;
    });
  }

  /** What a stretch of a therapist's time costs. */
  priceOf(price: Float64Array, therapist: number, { start, end, buffer }: Stretch): number {
    const sums = this.sums[therapist];
    let sum = sums === undefined ? 0 : sums[this.cellFrom(end + buffer)]! - sums[this.cellFrom(start)]!;
    for (const row of this.hourRows(therapist, start)) sum += ((end - start) / HOUR) * price[row]!;
    return sum;
  }

  /** Adds what a stretch takes. */
  use(add: AddUse, therapist: number, { start, end, buffer }: Stretch): void {
    const to = this.cellFrom(end + buffer);
    for (let cell = this.cellFrom(start); cell < to; cell++) add(therapist * this.cells + cell, 1);
    for (const row of this.hourRows(therapist, start)) add(row, (end - start) / HOUR);
  }

  /** First point at or after a minute. */
  private cellFrom(minute: number): number {
    return Math.min(this.cells, Math.max(0, Math.ceil(minute / this.cell)));
  }

  /** The rows of the date and week, where the therapist's hours are limited or weighed. */
  private hourRows(therapist: number, start: number): readonly number[] {
    const [dayAt, weekAt, balanceAt] = [this.dayAt[therapist]!, this.weekAt[therapist]!, this.balanceAt[therapist]!];
    if (dayAt < 0 && weekAt < 0 && balanceAt < 0) return NONE;
    const { problem } = this;
    const { days } = problem.therapists[therapist]!;
    const day = dayIn(days, start);
    const rows = dayAt < 0 ? [] : [dayAt + day - days.first];
    const week = Math.min(problem.weekCount + 1, Math.max(0, weekOfDay(day, problem.weekOneDay)));
    if (weekAt >= 0) rows.push(weekAt + week);
    if (balanceAt >= 0) rows.push(balanceAt + week);
    return rows;
  }
}

/** Minutes between points on which all sessions start that are open, seats at meetings too, unless these are too many. */
function spacingOf({ households }: Problem): number {
  let common = 0;
  for (const { candidates } of households) {
    for (let row = 0; row < candidates.count; row++)
      if (candidates.forced[row] === 0) common = commonDivisor(common, candidates.start[row]!);
  }
  return Math.max(FINEST, common);
}

function commonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return Math.abs(a);
}

/** Most whole minutes that are charged for as so many tenths of those available, as hours. */
function mostHours(available: number, tenths: number): number {
  return (Math.ceil(((tenths + 1) * available) / 10) - 1) / HOUR;
}

const NONE: readonly number[] = [];
