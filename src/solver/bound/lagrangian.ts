import type { Household } from '../../model/problem.ts';
import type { SearchContext } from '../context.ts';
import type { HouseholdPlan } from '../household/request.ts';
import { leastCost } from '../household/role-lists.ts';
import { solveChoice } from '../household/one-choice.ts';
import { solveHousehold } from '../household/solve.ts';
import { Capacities } from './capacities.ts';
import { fallOf } from './fall.ts';
import { Generation } from './generation.ts';
import { Guide } from './guide.ts';
import { addUse, ColumnPool, type Column } from './pool.ts';
import { within } from './within.ts';

/**
 * Work after which one household's search looks at no more choices, as often as there have been rounds without a better bound, and at which
 * it is given up: a bound from each role alone must do then.
 */
const SOME_WORK = 1_000_000;
const MOST_WORK = 10_000_000;
/** A plan that is known to cost at most so much more than the best one at new prices is kept without a search: sums are rounded. */
const NEAR = 1e-6;
/** Where the next prices are wanted between the bound and the best plan's cost; without a plan, above the bound, as a share of it. */
const LEVEL = 0.2;
/** Rounds of searches with one choice between two of full ones, at most. */
const SEARCHES = 20;
/** How far the households' plans may be from their best ones in all, as a share of what new prices promise. */
const TOLERANCE = 0.2;
/** How far prices may rise for making a plan, above the highest one or the mean score of a household. */
const HIGH = 2;
/** Rounds in a row without a better bound, until no more are worth while. */
const IDLE = 30;

/** What a household answers at some prices. */
interface Answer {
  /** Its least cost at `extra`, or less. */
  bound: number;
  column: Column | undefined;
  extra: Float64Array;
  /** What each role's therapists cost at `extra`. */
  choices: readonly Float64Array[];
}

/**
 * Bound of the whole by Lagrangian relaxation (Held and Karp 1970; Geoffrion 1974): what households share has prices, at which each is
 * planned apart; the sum of their least costs, less what all that is shared is worth, bounds every plan. The plans met tell where prices
 * should go (column generation), from the best ones on and no further than to a level between the bound and the best plan's cost (level
 * method, Lemaréchal, Nemirovskii and Nesterov 1995). A household is searched anew only where new prices can change its answer.
 */
export class Lagrangian {
  readonly capacities: Capacities;
  readonly pool: ColumnPool;
  /** Rounds done. */
  rounds = 0;
  /** The best bound so far. */
  bound = -Infinity;
  /** Whether further rounds may help. */
  open = true;
  private steps: Generator<void, void> | undefined;
  /** The prices of the next round, where others stand in `capacities`. */
  private next: Float64Array | undefined;
  /** The best plan when it was last taken into the pool. */
  private adopted: SearchContext['best'];
  /** The prices of the best bound. */
  private readonly center: Float64Array;
  private readonly generation: Generation;
  private readonly answers: (Answer | undefined)[];
  private readonly use: Float64Array;
  private idle = 0;
  /** What the plans known are worth at the present prices. */
  private worth = -Infinity;

  /** @param met told of every plan of a household that is met */
  constructor(
    private readonly context: SearchContext,
    private readonly met: (household: number, plan: HouseholdPlan) => void = () => {},
  ) {
    const { problem } = context;
    this.capacities = new Capacities(problem);
    this.pool = new ColumnPool(this.capacities, context.work);
    this.generation = new Generation(context, this.capacities);
    this.answers = problem.households.map(() => undefined);
    this.center = this.capacities.price.slice();
    this.use = new Float64Array(this.center.length);
  }

  /** Takes over what households answer without prices. */
  *begin(alone: readonly { index: number; plan: HouseholdPlan; bound: number }[]): Generator<void, void> {
    const { problem } = this.context;
    for (const { index, plan, bound } of alone) {
      const household = problem.households[index]!;
      if (!household.exact) continue;
      const column = this.pool.add(household, plan);
      this.answers[index] = { column, bound, extra: this.context.ownExtra(household), choices: choicesOf(household, () => 0) };
      yield;
    }
  }

  /** Whether prices are those of a linear program, which rise fast. */
  get fast(): boolean {
    return this.generation.works;
  }

  /** The plan of a household that fits the prices best, or the latest one; undefined where its search was given up. */
  planOf(household: number): HouseholdPlan | undefined {
    return this.generation.planOf(household) ?? this.answers[household]?.column?.plan;
  }

  /**
   * Prices at which the plans known are worth most, to make and improve plans at; they hold until the next round. A round that has begun is
   * ended first: its answers must all be at the same prices.
   */
  *guide(): Generator<void, Guide> {
    const { capacities, pool, center, context } = this;
    while (this.steps !== undefined) {
      this.step();
      yield;
    }
    yield* this.adopt();
    this.next ??= capacities.price.slice();
    capacities.price.set(center);
    const usual = (context.best?.cost ?? Math.abs(this.bound)) / context.problem.households.length;
    const highest = HIGH * center.reduce((most, each) => Math.max(most, each), usual);
    const { mean } = yield* pool.ascend(0, Infinity, highest);
    capacities.reprice();
    return new Guide(context, capacities, pool, mean);
  }

  /** Goes one step on; it may be left between steps for as long as one likes. */
  step(): void {
    this.steps ??= this.round();
    if (this.steps.next().done === true) this.steps = undefined;
  }

  /** Answers of all households at the present prices, and the next prices. */
  private *round(): Generator<void, void> {
    const { problem } = this.context;
    const { capacities, use, generation } = this;
    generation.begin();
    if (this.next !== undefined) capacities.price.set(this.next);
    this.next = undefined;
    capacities.reprice();
    use.fill(0);
    let bound = 0;
    let others = 0;
    for (const household of problem.households) {
      const answer = yield* this.answer(household);
      const { column } = answer;
      if (column !== undefined && column !== this.answers[household.index]?.column) this.met(household.index, column.plan);
      this.answers[household.index] = answer;
      bound += answer.bound + household.baseCost;
      if (column !== undefined) {
        addUse(column, use);
        if (!generation.lost) generation.take(household, column.plan, column.own);
      } else if (this.pool.of(household.index).length === 0) others += answer.bound + household.baseCost;
      yield;
    }
    const households = use.slice();
    bound += capacities.hold(use) + capacities.balance(use) - capacities.worth();
    this.idle = bound > this.bound ? 0 : this.idle + 1;
    if (bound > this.bound) {
      this.bound = bound;
      this.center.set(capacities.price);
    }
    if (generation.works && (yield* generation.step(bound, households))) this.open = !generation.converged;
    else yield* this.reprice(others);
    this.rounds++;
  }

  /**
   * The next prices: from the best ones, as far as the plans known promise more, but not all the way. As long as households know no plans
   * that fit them, so that the prices would bring less than the bound, these are sought with the therapists and groups of the cheapest plan:
   * that is quick, but bounds nothing.
   */
  private *reprice(others: number): Generator<void, void> {
    const { capacities, pool, bound } = this;
    yield* this.adopt();
    const upper = this.context.best?.cost ?? Infinity;
    const left = upper < Infinity ? upper - bound : Math.abs(bound) + 1 / LEVEL;
    for (let again = 0; ; again++) {
      capacities.price.set(this.center);
      this.worth = (yield* pool.ascend(others, bound + LEVEL * left)).worth;
      if (again === SEARCHES || (yield* this.searchAgain()) <= this.worth - bound) break;
    }
    this.open = this.idle < IDLE && this.worth > bound + NEAR * Math.max(1, Math.abs(bound));
  }

  /** Searches with the therapists and groups of each household's cheapest plan; how much cheaper the plans found are in all. */
  private *searchAgain(): Generator<void, number> {
    const { capacities, pool, context } = this;
    capacities.reprice();
    let gained = 0;
    for (const household of context.problem.households) {
      const { column, value } = pool.cheapest(household.index);
      if (column === undefined || !household.exact) continue;
      const request = { extra: capacities.extraOf(household, context.ownExtra(household)), choiceCost: capacities.choiceCostOf(household) };
      const search = solveChoice(context.problem, household, request, column.plan.choice, value - NEAR, context.work);
      const plan = yield* within(context, MOST_WORK, search);
      if (plan === undefined) continue;
      gained += value - plan.priced;
      pool.add(household, plan);
    }
    return gained;
  }

  /** Takes the plans of the best plan into the pool. */
  private *adopt(): Generator<void, void> {
    const { best, problem } = this.context;
    if (best === this.adopted || best === undefined) return;
    this.adopted = best;
    for (const household of problem.households) {
      const plan = best.plans[household.index]!;
      if (this.pool.of(household.index).every((column) => column.plan !== plan)) this.pool.add(household, plan);
      yield;
    }
  }

  /** A household's answer at the present prices: the one before, where it must be the same. */
  private *answer(household: Household): Generator<void, Answer> {
    const { capacities, context } = this;
    const before = this.answers[household.index];
    const extra = capacities.extraOf(household, context.ownExtra(household));
    const choiceCost = capacities.choiceCostOf(household);
    const choices = choicesOf(household, choiceCost);
    const { column: known, value } = this.pool.cheapest(household.index);
    const without = (bound: number): Answer => ({ bound, column: undefined, extra, choices });
    if (!household.exact) return without(context.ownBound[household.index]! + capacities.leastUse() - household.baseCost);
    const fallen = before === undefined ? -Infinity : before.bound - this.fallSince(household, before, extra, choices);
    if (known !== undefined && value - fallen <= NEAR) return { ...without(fallen), column: known };
    const promised = this.worth > this.bound && !this.generation.works ? this.worth - this.bound : 0;
    const tolerance = (TOLERANCE * promised) / context.problem.households.length;
    const request = {
      extra,
      choiceCost,
      tolerance,
      mostWork: SOME_WORK * (1 + this.idle),
      ...(known !== undefined ? { upperBound: value } : {}),
    };
    const found = yield* within(context, MOST_WORK, solveHousehold(context.problem, household, request, context.work));
    context.householdSolves++;
    if (found === undefined) return without(Math.max(fallen, leastCost(context.problem, household, extra)));
    const bound = Math.max(fallen, Math.min(found.bound, value));
    return { ...without(bound), column: found.plan === undefined ? known : this.pool.add(household, found.plan) };
  }

  /** How much cheaper plans can have become at most since an answer. */
  private fallSince(household: Household, before: Answer, extra: Float64Array, choices: readonly Float64Array[]): number {
    const sessions = fallOf(household, before.extra, extra);
    return choices.reduce((sum, now, role) => sum + largestFall(before.choices[role]!, now), sessions);
  }
}

/** What each role's therapists (or groups) cost, in the order of its domain. */
function choicesOf({ roles }: Household, choiceCost: (role: number, server: number) => number): Float64Array[] {
  return roles.map(({ domain }, role) => Float64Array.from(domain, (server) => choiceCost(role, server)));
}

/** The most that a role has become cheaper by, over its therapists. */
function largestFall(before: Float64Array, now: Float64Array): number {
  return now.reduce((most, each, at) => Math.max(most, before[at]! - each), 0);
}
