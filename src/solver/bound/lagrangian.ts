import type { Household } from '../../model/problem.ts';
import type { SearchContext } from '../context.ts';
import type { HouseholdPlan } from '../household/request.ts';
import { leastCost, solveHousehold } from '../household/solve.ts';
import { Capacities } from './capacities.ts';
import { VolumeAscent } from './volume.ts';
import { within } from './within.ts';

/** Work that one household's search may take; beyond it a bound from each of its roles alone must do. */
const MOST_WORK = 1_000_000;
/** A plan that is known to cost at most so much more than the best one at new prices is kept without a search: sums are rounded. */
const NEAR = 1e-6;

/** What a household answers at some prices. */
interface Answer {
  /** Its least cost at `extra`, or less. */
  bound: number;
  plan: HouseholdPlan | undefined;
  /** What the plan costs without extras and choices. */
  own: number;
  extra: Float64Array;
  /** What each role's therapists cost at `extra`, and those of the plan in all. */
  choices: Float64Array;
  load: number;
}

/**
 * Bound of the whole by Lagrangian relaxation (Held and Karp 1970; Geoffrion 1974): what households share has prices, at which each is
 * planned apart; the sum of their least costs, less what all that is shared is worth, bounds every plan. A household is searched anew
 * only where new prices can change its answer.
 */
export class Lagrangian {
  readonly capacities: Capacities;
  /** Rounds done. */
  rounds = 0;
  private steps: Generator<void, void> | undefined;
  private readonly ascent: VolumeAscent;
  private readonly answers: (Answer | undefined)[];
  private readonly use: Float64Array;

  /** @param met told of every plan of a household that is met */
  constructor(
    private readonly context: SearchContext,
    private readonly met: (household: number, plan: HouseholdPlan) => void = () => {},
  ) {
    const { problem } = context;
    this.capacities = new Capacities(problem);
    this.ascent = new VolumeAscent(this.capacities.price, this.capacities.limit, this.capacities.most);
    this.answers = problem.households.map(() => undefined);
    this.use = new Float64Array(this.capacities.price.length);
  }

  /** Takes over what households answer without prices. */
  begin(alone: readonly { index: number; plan: HouseholdPlan; bound: number }[]): void {
    const { problem } = this.context;
    for (const { index, plan, bound } of alone) {
      const household = problem.households[index]!;
      const without = { extra: this.context.ownExtra(household), choices: choicesOf(household, () => 0), load: 0 };
      if (household.exact) this.answers[index] = { plan, bound, own: plan.priced, ...without };
    }
  }

  /** The best bound so far. */
  get bound(): number {
    return this.ascent.bound;
  }

  /** Whether further rounds may help. */
  get open(): boolean {
    return !this.ascent.converged;
  }

  /** The latest plan of a household; undefined where its search was given up. */
  planOf(household: number): HouseholdPlan | undefined {
    return this.answers[household]?.plan;
  }

  /** Goes one step on; it may be left between steps for as long as one likes. */
  step(): void {
    this.steps ??= this.round();
    if (this.steps.next().done === true) this.steps = undefined;
  }

  /** Answers of all households at the present prices, and a step of the prices. */
  private *round(): Generator<void, void> {
    const { problem, best } = this.context;
    const { capacities, use } = this;
    capacities.reprice();
    use.fill(0);
    let bound = 0;
    for (const household of problem.households) {
      const answer = yield* this.answer(household);
      if (answer.plan !== undefined && answer.plan !== this.answers[household.index]?.plan) this.met(household.index, answer.plan);
      this.answers[household.index] = answer;
      bound += answer.bound + household.baseCost;
      if (answer.plan !== undefined) capacities.use(household, answer.plan, use);
      yield;
    }
    bound += capacities.hold(use) + capacities.balance(use) - capacities.worth();
    this.ascent.step(bound, use, best?.cost ?? Infinity);
    this.rounds++;
    yield;
  }

  /** A household's answer at the present prices: the one before, where it must be the same. */
  private *answer(household: Household): Generator<void, Answer> {
    const { capacities, context } = this;
    const before = this.answers[household.index];
    const extra = capacities.extraOf(household, context.ownExtra(household));
    const choiceCost = capacities.choiceCostOf(household);
    const choices = choicesOf(household, choiceCost);
    const load = before?.plan === undefined ? 0 : loadOf(before.plan, choiceCost);
    const known = before?.plan === undefined ? Infinity : before.own + extrasOf(household, before.plan, extra) + load;
    if (before?.plan !== undefined) {
      const bound = before.bound - fallOf(before.extra, extra) - fallOf(before.choices, choices);
      if (known - bound <= NEAR) return { ...before, bound, extra, choices, load };
    }
    const without = (bound: number): Answer => ({ bound, plan: undefined, own: 0, extra, choices, load: 0 });
    if (!household.exact) return without(leastCost(context.problem, household, extra));
    const request = { extra, choiceCost, ...(known < Infinity ? { upperBound: known } : {}) };
    const found = yield* within(context, MOST_WORK, solveHousehold(context.problem, household, request, context.work));
    context.householdSolves++;
    if (found === undefined) return without(leastCost(context.problem, household, extra));
    if (found.plan === undefined && before?.plan !== undefined) {
      return { bound: Math.min(found.bound, known), plan: before.plan, own: before.own, extra, choices, load };
    }
    if (found.plan === undefined) return without(found.bound);
    const paid = loadOf(found.plan, choiceCost);
    const own = found.plan.priced - extrasOf(household, found.plan, extra) - paid;
    return { bound: found.bound, plan: found.plan, own, extra, choices, load: paid };
  }
}

/** The sum of what has become cheaper: no plan has become so by more. */
function fallOf(before: Float64Array, now: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < now.length; at++) if (now[at]! < before[at]!) sum += before[at]! - now[at]!;
  return sum;
}

function extrasOf({ candidates }: Household, plan: HouseholdPlan, extra: Float64Array): number {
  let sum = 0;
  for (const row of plan.rows) if (candidates.forced[row] === 0) sum += extra[row]!;
  return sum;
}

/** What each role's therapists (or groups) cost, in the order of roles and their domains. */
function choicesOf({ roles }: Household, choiceCost: (role: number, server: number) => number): Float64Array {
  return Float64Array.from(roles.flatMap(({ domain }, role) => domain.map((server) => choiceCost(role, server))));
}

function loadOf(plan: HouseholdPlan, choiceCost: (role: number, server: number) => number): number {
  return plan.choice.reduce((sum, server, role) => sum + (server < 0 ? 0 : choiceCost(role, server)), 0);
}
