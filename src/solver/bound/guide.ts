import type { Household } from '../../model/problem.ts';
import type { SearchContext } from '../context.ts';
import type { HouseholdPlan } from '../household/request.ts';
import type { Capacities } from './capacities.ts';
import type { ColumnPool } from './pool.ts';

/** Prices of what households share, and the plans known. */
export class Guide {
  /** @param mean what is used of each thing in a mean of the cheapest plans at prices nearby */
  constructor(
    private readonly context: SearchContext,
    private readonly capacities: Capacities,
    private readonly pool: ColumnPool,
    private readonly mean: Float64Array,
  ) {}

  /** What each session of a household costs beyond itself. */
  readonly base = (household: Household): Float64Array => this.capacities.extraOf(household, this.context.ownExtra(household));

  /** How often a meeting is held in the mean. */
  held(meeting: number): number {
    return this.capacities.heldIn(this.mean, meeting);
  }

  /** Plans of a household in the mean, drawn by their shares; and the largest share. */
  drawn(household: number): { plans: HouseholdPlan[]; most: number } {
    const columns = this.pool.of(household).filter(({ share }) => share > 0);
    const ranked = columns
      .map(({ plan, share }) => ({ plan, rank: share * (1 + this.context.random.unit()) }))
      .sort((a, b) => b.rank - a.rank);
    return { plans: ranked.map(({ plan }) => plan), most: columns.reduce((most, { share }) => Math.max(most, share), 0) };
  }

  /** The plans of a household that cost least at the prices, so many at most. */
  cheapest(household: number, count: number): HouseholdPlan[] {
    const ranked = this.pool.of(household).map((column) => ({ plan: column.plan, value: this.pool.valueOf(column) }));
    return ranked
      .sort((a, b) => a.value - b.value)
      .slice(0, count)
      .map(({ plan }) => plan);
  }

  /** How much more a plan of a household costs at the prices than its cheapest one. */
  excessOf(household: Household, plan: HouseholdPlan): number {
    return this.pool.valueOf(this.pool.columnOf(household, plan)) - this.pool.cheapest(household.index).value;
  }
}
