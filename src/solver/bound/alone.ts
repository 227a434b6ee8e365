import type { Household } from '../../model/problem.ts';
import type { SearchContext } from '../context.ts';
import type { HouseholdPlan } from '../household/request.ts';
import { leastCost } from '../household/role-lists.ts';
import { solveHousehold } from '../household/solve.ts';
import { leastBalance } from './balance.ts';
import { within } from './within.ts';

/** Work after which one household's search looks at no more choices, and at which it is given up: its bound stays what its roles cost alone. */
const SOME_WORK = 1_000_000;
const MOST_WORK = 4_000_000;

/** Every household as if it were alone: the sum of their bounds bounds the whole. */
export class Alone {
  /** Best plans and bounds, base cost left out, of the households that were solved. */
  readonly answers: { index: number; plan: HouseholdPlan; bound: number }[] = [];
  /** Households that have no plan even alone. */
  readonly impossible: number[] = [];

  constructor(private readonly context: SearchContext) {}

  /** Searches for every household's best plan. */
  *solve(): Generator<void, void> {
    const { problem, ownBound } = this.context;
    this.context.sharedBound = leastBalance(problem);
    for (const household of problem.households) {
      const least = this.leastOf(household) + household.baseCost;
      ownBound[household.index] = Math.max(0, least);
      if (least === Infinity) this.impossible.push(household.index);
      yield;
    }
    if (this.impossible.length > 0) return;
    this.tell();
    for (const { index } of problem.households) {
      yield* this.solveOne(index);
      this.context.placed++;
      yield;
    }
    this.context.placed = 0;
  }

  /** What the roles of a household cost at least, base cost left out: of one that is not exact, with all sessions at their own cost. */
  private leastOf(household: Household): number {
    const { problem } = this.context;
    if (household.exact) return leastCost(problem, household, this.context.ownExtra(household));
    const { whole } = household;
    if (whole === undefined) return -household.baseCost;
    return leastCost(problem, { ...household, candidates: whole }, new Float64Array(whole.count));
  }

  private *solveOne(index: number): Generator<void, void> {
    const { problem, ownBound, work } = this.context;
    const household = problem.households[index]!;
    const extra = this.context.ownExtra(household);
    const search = solveHousehold(problem, household, { extra, mostWork: SOME_WORK }, work);
    const answer = yield* within(this.context, MOST_WORK, search);
    this.context.householdSolves++;
    if (answer === undefined) return;
    const { plan, bound } = answer;
    if (plan === undefined) {
      if (household.exact && bound === Infinity) this.impossible.push(index);
      return;
    }
    if (household.exact) ownBound[index] = Math.max(ownBound[index]!, bound + household.baseCost);
    this.answers.push({ index, plan, bound: ownBound[index]! - household.baseCost });
    this.tell();
  }

  private tell(): void {
    const sum = this.context.ownBound.reduce((total, each) => total + each, this.context.sharedBound);
    if (this.impossible.length === 0) this.context.bound = Math.max(this.context.bound, sum);
  }
}
