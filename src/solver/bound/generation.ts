import type { Household } from '../../model/problem.ts';
import type { SearchContext } from '../context.ts';
import type { HouseholdPlan } from '../household/request.ts';
import { searchedCost } from '../household/true-cost.ts';
import type { Incumbent } from '../context.ts';
import type { Capacities } from './capacities.ts';
import { findDispute } from './conflict.ts';
import { Master } from './master.ts';
import { adderTo } from './use.ts';

/** A household's plan, and what it costs without prices. */
interface Known {
  plan: HouseholdPlan;
  own: number;
}

/** Households beyond which prices are left to steps along a mean. */
const MOST_HOUSEHOLDS = 40;
/** Share of the best prices in those that are tried next, at first; how it falls where they are better, and rises where not. */
const PULL = 0.5;
const LESS = 0.1;
const MORE = 0.3;
/** Highest prices as multiples of the distance between bound and score, at first and at most, and how they grow; and at least. */
const REACH = 4;
const FURTHEST = 100;
const FURTHER = 5;
const LEAST_REACH = 5;
/** Below the master's value by so little, the bound is the best that prices give. */
const NEAR = 1e-4;
/** Costs are rounded to this, so that one column is not taken for two. */
const GRAIN = 1e4;
const WHOLE = 1e-6;

/**
 * Prices by column generation: a master problem of the plans that households have answered, of the ways in which meetings were held and
 * hours charged, and of the best plan known says at which prices to ask next; some way from the best prices (Wentges, "Weighted
 * Dantzig-Wolfe decomposition for linear mixed-integer programming", 1997), so that fewer rounds are needed.
 */
export class Generation {
  /** The best bound so far. */
  bound = -Infinity;
  /** Whether no other prices give a better one. */
  converged = false;
  /** Whether it has been given up, as too large. */
  lost: boolean;
  private readonly master: Master;
  private readonly best: Float64Array;
  private readonly one: Float64Array;
  private incumbent: Incumbent | undefined;
  /** Plans of households by column; the newest shares of columns. */
  private readonly plans: (Known | undefined)[] = [];
  private shares: Float64Array | undefined;
  private fresh = 0;
  private reach = REACH;
  /** Share of the best prices in those that are tried next; whether the present ones are the master's own. */
  private pull = PULL;
  private own = false;
  /** Value of the master. */
  private value = Infinity;

  constructor(
    private readonly context: SearchContext,
    private readonly capacities: Capacities,
  ) {
    const { problem } = context;
    this.lost = problem.households.length > MOST_HOUSEHOLDS || problem.households.length === 1 || problem.weekCount > 1;
    const blocks = problem.households.length + capacities.holdBlocks + capacities.balanceBlocks;
    this.master = new Master(blocks, capacities.limit, capacities.most);
    this.best = new Float64Array(capacities.price.length);
    this.one = new Float64Array(capacities.price.length);
  }

  /** Whether it works: it needs a plan of the whole, without which prices have no end. */
  get works(): boolean {
    return !this.lost && this.context.best !== undefined;
  }

  /** The plan of a household that has the largest share of the newest mean. */
  planOf(household: number): HouseholdPlan | undefined {
    let best = -1;
    this.shares?.forEach((share, column) => {
      if (this.master.columns[column]!.block !== household || this.plans[column] === undefined) return;
      if (best < 0 || share > this.shares![best]!) best = column;
    });
    return this.plans[best]?.plan;
  }

  /** Takes in a plan of a household; `own` is what it costs without prices. */
  take(household: Household, plan: HouseholdPlan, own: number): void {
    this.capacities.use(household, plan, adderTo(this.one));
    if (this.add(household.index, own + household.baseCost)) this.plans[this.master.columns.length - 1] = { plan, own };
  }

  /**
   * Takes note of the bound at the present prices, and of meetings and hours there; then changes the prices.
   * @param use what households use
   * @returns false where it is given up: prices are then the best ones
   */
  *step(bound: number, use: Float64Array): Generator<void, boolean> {
    const { capacities, context } = this;
    const { holdBlocks, balanceBlocks, price } = capacities;
    this.pull = bound > this.bound ? Math.max(0, this.pull - LESS) : this.pull + (1 - this.pull) * MORE;
    if (bound > this.bound) {
      this.bound = bound;
      this.best.set(price);
    }
    const first = context.problem.households.length;
    for (let block = 0; block < holdBlocks; block++) this.add(first + block, this.unpriced(capacities.holdBlock(block, use, this.one)));
    for (let block = 0; block < balanceBlocks; block++) {
      this.add(first + holdBlocks + block, this.unpriced(capacities.balanceBlock(block, this.one)));
    }
    this.takeBest();
    const answer = yield* this.master.solve(Math.max(LEAST_REACH, this.reach * (context.best!.cost - this.bound)));
    this.shares = answer?.shares;
    this.value = answer?.value ?? Infinity;
    if (answer === undefined) {
      this.lost = true;
      price.set(this.best);
      return false;
    }
    this.acceptWhole();
    // At the master's own prices, columns that are all known leave nothing to be had.
    this.converged = answer.value - this.bound < NEAR || (this.fresh === 0 && this.own);
    if (this.converged && answer.cut && this.reach < FURTHEST) {
      this.converged = false;
      this.reach *= FURTHER;
    }
    this.own = this.fresh === 0;
    const pull = this.own ? 0 : this.pull;
    for (let row = 0; row < price.length; row++) price[row] = pull * this.best[row]! + (1 - pull) * answer.price[row]!;
    return true;
  }

  /** To be called before the columns of a round. */
  begin(): void {
    this.fresh = 0;
  }

  /** Where the newest mean is one plan of each household, and these stand together, they are a plan of the whole. */
  private acceptWhole(): void {
    const { context, shares } = this;
    if (this.value > context.best!.cost - 1 + NEAR || shares!.some((share) => share > WHOLE && share < 1 - WHOLE)) return;
    const plans = context.problem.households.flatMap(({ index }) => this.planOf(index) ?? []);
    if (plans.length < context.problem.households.length) return;
    const found = findDispute(context.problem, { plans, leaders: new Map(), isAway: () => false });
    if ('ways' in found) return;
    const cost = context.costOf(plans, found.leaders);
    if (cost < context.best!.cost) context.best = { plans, leaders: found.leaders, cost };
  }

  /** What the block's use in `one` costs without the prices. */
  private unpriced(cost: number): number {
    const { price } = this.capacities;
    return this.one.reduce((sum, amount, row) => (amount === 0 ? sum : sum - amount * price[row]!), cost);
  }

  /** The best plan known, where it is another one than before. */
  private takeBest(): void {
    const { context, capacities } = this;
    const { best, problem } = context;
    if (best === undefined || best === this.incumbent) return;
    this.incumbent = best;
    const used = new Float64Array(this.one.length);
    for (const household of problem.households) {
      const plan = best.plans[household.index]!;
      capacities.use(household, plan, adderTo(used));
      this.take(household, plan, searchedCost(problem, household, plan));
    }
    for (let block = 0; block < capacities.holdBlocks; block++) {
      capacities.heldBlock(block, used, best.leaders, this.one);
      used.forEach((_, row) => (used[row]! += this.one[row]!));
      this.add(problem.households.length + block, 0);
    }
    for (let block = 0; block < capacities.balanceBlocks; block++) {
      const cost = capacities.chargedBlock(block, used, this.one);
      this.add(problem.households.length + capacities.holdBlocks + block, cost);
    }
  }

  /** A column of what stands in `one`, which is empty afterwards; false where it is known. */
  private add(block: number, cost: number): boolean {
    const { one } = this;
    const rows: number[] = [];
    for (let row = 0; row < one.length; row++) if (one[row] !== 0) rows.push(row);
    const amounts = Float64Array.from(rows, (row) => one[row]!);
    one.fill(0);
    const added = this.master.add({ block, cost: Math.round(cost * GRAIN) / GRAIN, rows: Int32Array.from(rows), amounts });
    if (added) this.fresh++;
    return added;
  }
}
