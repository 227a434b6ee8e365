import type { Household } from '../../model/problem.ts';
import type { HouseholdPlan } from '../household/request.ts';
import { searchedCost } from '../household/true-cost.ts';
import type { Capacities } from './capacities.ts';
import { VolumeAscent } from './volume.ts';

/** Plans kept per household; the dearest of those without a share give way. */
const MOST_COLUMNS = 60;
/** Steps of one ascent at most. */
const STEPS = 100;
/** Work charged for so many numbers read. */
const NUMBERS = 2_000;

/** A household's plan, and what it uses of all that is shared. */
export interface Column {
  readonly plan: HouseholdPlan;
  /** What it costs where nothing has a price. */
  readonly own: number;
  readonly rows: Int32Array;
  readonly amounts: Float64Array;
  /** Its share in the mean of what the household answered in the latest ascent. */
  share: number;
}

/**
 * Plans of households met so far, as columns of a restricted master problem (Dantzig and Wolfe 1960). They bound nothing, but tell
 * without a search what prices are worth at most.
 */
export class ColumnPool {
  private readonly use: Float64Array;
  private readonly columns: Column[][];

  constructor(
    private readonly capacities: Capacities,
    private readonly work: { spent: number },
  ) {
    this.columns = capacities.problem.households.map(() => []);
    this.use = new Float64Array(capacities.price.length);
  }

  /** Plans of a household. */
  of(household: number): readonly Column[] {
    return this.columns[household]!;
  }

  /** The cheapest plan of a household at the present prices, and what it costs there. */
  cheapest(household: number): { column: Column | undefined; value: number } {
    let [column, value]: [Column | undefined, number] = [undefined, Infinity];
    for (const each of this.columns[household]!) {
      const its = this.valueOf(each);
      if (its < value) [column, value] = [each, its];
    }
    return { column, value };
  }

  /** Adds a plan. */
  add(household: Household, plan: HouseholdPlan): Column {
    const column = this.columnOf(household, plan);
    const columns = this.columns[household.index]!;
    if (columns.length >= MOST_COLUMNS) columns.splice(this.dearest(columns), 1);
    columns.push(column);
    return column;
  }

  /** A plan as a column that is in no pool. */
  columnOf(household: Household, plan: HouseholdPlan): Column {
    const { capacities } = this;
    const used = new Map<number, number>();
    capacities.use(household, plan, (row, amount) => used.set(row, (used.get(row) ?? 0) + amount));
    const own = searchedCost(capacities.problem, household, plan);
    const rows = Int32Array.from([...used.keys()].filter((row) => used.get(row) !== 0));
    return { plan, own, rows, amounts: Float64Array.from(rows, (row) => used.get(row)!), share: 0 };
  }

  /**
   * Sets out from the present prices and changes them, until the plans known are worth `level` or little more is to be had.
   * @param others what households without a plan are worth
   * @param highest no price is above it
   * @return what the plans known are worth at the new prices, and the mean of what they used on the way
   */
  *ascend(others: number, level: number, highest = Infinity): Generator<void, { worth: number; mean: Float64Array }> {
    const { capacities } = this;
    const ascent = new VolumeAscent(
      capacities.price,
      capacities.limit,
      capacities.most.map((most) => Math.min(most, highest)),
    );
    for (const columns of this.columns) for (const column of columns) column.share = 0;
    for (let step = 0; step < STEPS && !ascent.converged && ascent.bound < level; step++) {
      const answers: Column[] = [];
      const value = this.answer(answers) + others;
      const share = ascent.step(value, this.use, level + 1);
      for (const columns of this.columns) for (const column of columns) column.share *= 1 - share;
      for (const column of answers) column.share += share;
      yield;
    }
    capacities.price.set(ascent.best);
    return { worth: ascent.bound, mean: ascent.mean };
  }

  /** What the plans known are worth at the present prices; enters the cheapest ones, and what they use. */
  private answer(answers: Column[]): number {
    const { capacities, use } = this;
    capacities.reprice();
    use.fill(0);
    this.work.spent += Math.ceil(use.length / NUMBERS);
    let value = 0;
    for (const { index, baseCost } of capacities.problem.households) {
      const { column, value: least } = this.cheapest(index);
      if (column === undefined) continue;
      value += least + baseCost;
      answers.push(column);
      addUse(column, use);
    }
    return value + capacities.hold(use) + capacities.balance(use) - capacities.worth();
  }

  /** What a plan costs at the present prices. */
  valueOf({ own, rows, amounts }: Column): number {
    const { price } = this.capacities;
    let value = own;
    for (let at = 0; at < rows.length; at++) value += amounts[at]! * price[rows[at]!]!;
    return value;
  }

  private dearest(columns: readonly Column[]): number {
    let [at, most] = [0, -Infinity];
    columns.forEach((column, index) => {
      const value = column.share > 0 ? -Infinity : this.valueOf(column);
      if (value > most) [at, most] = [index, value];
    });
    return at;
  }
}

/** Adds what a plan uses. */
export function addUse({ rows, amounts }: Column, into: Float64Array): void {
  for (let at = 0; at < rows.length; at++) into[rows[at]!]! += amounts[at]!;
}
