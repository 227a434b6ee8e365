import type { Household, Problem } from '../model/problem.ts';
import { Alone } from './bound/alone.ts';
import { BranchAndBound, type Reason } from './bound/branch.ts';
import { Lagrangian } from './bound/lagrangian.ts';
import type { SearchContext } from './context.ts';
import { Dive } from './lone/dive.ts';
import { fillMeetings } from './fill.ts';
import { fitted } from './fitted.ts';
import { Ledger, unplaced } from './ledger.ts';
import { guided } from './guided.ts';
import { improve } from './improve.ts';
import { exchange, record, restore } from './incumbent.ts';
import { negotiate } from './negotiate.ts';
import { againstItself } from './against-itself.ts';
import { openMeetings } from './opening.ts';
import { planIn, QUICK_TRIES } from './plan-in.ts';
import { weeklyTemplate } from './template.ts';
import { Prices, type View } from './surroundings.ts';

/** What a finished search has proved, if anything. */
export type Ending =
  | { kind: 'optimal' }
  /** Households that have no plan even alone, or the disputes that no set of plans avoids. */
  | { kind: 'infeasible'; households: number[]; reasons: readonly Reason[] };

/** Nodes of branch and bound at first, where the program is small and prices do not rise fast; rounds and nodes of one turn afterwards. */
const EARLY_NODES = 30;
/** Attempts at a first plan before the households are solved alone, where the program is not small. */
const EARLY_ATTEMPTS = 5;
/** Plans made per household in such an attempt; one that succeeds seldom needs more. */
const EARLY_PLANS = 6;
/**
 * Negotiations that go on with new prices at most, where no more than one household of so many is left without a plan; where households
 * are many, those that one without a plan interrupts are worth more than a new attempt.
 */
const AGAIN = 4;
const FEW = 20;
const MANY = 100;
const FEW_OF_MANY = 4;
/** Of many households, the share for which plans are made at least until an attempt ends, though only the last few wait. */
const LEAST_SHARE = 4;
/** Choices of groups' times at most until those who made attempts fail have plans beside one another. */
const OPENINGS = 6;
/** Restrictions tried in one turn where there is one household; before it is solved alone, with few times for its groups. */
const DIVE_NODES = 40;
const SPARSE_NODES = 10;
const SMALL = 6;
const TURN_ROUNDS = 60;
/** Rounds of a turn where there is one household, which has nobody to give way to. */
const LONE_ROUNDS = 2;
const TURN_NODES = 20;
/** Households beyond which branching proves nothing that prices do not. */
const MOST_TO_BRANCH = 40;
/** Rounds of the Lagrangian bound in a turn. */
const TURN_PRICES = 10;
/** Rounds of the Lagrangian bound until its prices are of use for improvement. */
const FIRST_ROUNDS = 3;
/** Rounds of prices that rise fast before anything else is tried. */
const FAST_ROUNDS = 30;
/** Work charged to every turn, so that turns which find nothing to do end too. */
const ATTEMPT_WORK = 1_000;
/** Work that a turn of proving and one of improvement may take. */
const TURN_WORK = 3_000_000;
const IMPROVE_WORK = 6_000_000;
/** Work that the rounds of a turn may take: few rounds seldom make prices that are of use. */
const PRICE_WORK = 6_000_000;

/**
 * Searches until the best plan is proved best, or none exists: a first plan by negotiation (of a single household by mending its best
 * one), households alone, then prices on what is shared, improvement, and branch and bound in turns. The caller stops it earlier by no
 * longer asking; `context` then holds what was found.
 * @param early attempts at a first plan before the households are solved alone.
 */
export function* solve(context: SearchContext, early = earlyAttempts(context.problem)): Generator<void, Ending> {
  const { problem } = context;
  const lone = problem.households.length === 1;
  const few = problem.households.length <= SMALL;
  for (let attempt = 0; attempt < early && context.best === undefined; attempt++) {
    yield* firstPlan(context, new Ledger(problem), attempt, EARLY_PLANS);
  }
  if (lone && early > 0 && context.best === undefined) yield* dive(context, new Dive(context, problem.households[0]!, true), SPARSE_NODES);
  const alone = new Alone(context);
  yield* alone.solve();
  if (alone.impossible.length > 0) return { kind: 'infeasible', households: alone.impossible, reasons: [] };
  const proof = new BranchAndBound(context, alone.answers);
  context.bound = Math.max(context.bound, proof.bound);
  if (context.best !== undefined && few) {
    for (const { index, plan } of alone.answers) exchange(context, new Ledger(problem), index, plan);
  }
  if (context.best !== undefined && !few) yield* improveOnce(context, new Ledger(problem));
  const deeper = lone && context.best === undefined ? new Dive(context, problem.households[0]!, false) : undefined;
  if (deeper !== undefined) yield* dive(context, deeper);
  const lagrangian = new Lagrangian(context, few ? (index, plan) => exchange(context, new Ledger(problem), index, plan) : undefined);
  yield* lagrangian.begin(alone.answers);
  if (few && !lagrangian.fast) yield* prove(context, proof, EARLY_NODES);
  for (let attempt = early; ; attempt++) {
    if (context.best !== undefined && context.best.cost <= context.bound) return { kind: 'optimal' };
    if (proof.finished && context.best === undefined && context.bound === Infinity) {
      return { kind: 'infeasible', households: [], reasons: proof.reasons };
    }
    context.work.spent += ATTEMPT_WORK;
    if (context.best === undefined && deeper !== undefined) yield* dive(context, deeper);
    if (context.best === undefined) yield* firstPlan(context, new Ledger(problem), attempt);
    if (lagrangian.fast && lagrangian.open && lagrangian.rounds < FAST_ROUNDS) {
      yield* ascend(context, lagrangian);
      continue;
    }
    if (lagrangian.open) yield* ascend(context, lagrangian);
    if (context.best !== undefined && !(lone && lagrangian.open)) yield* improveTurn(context, new Ledger(problem), lagrangian);
    if (!proof.finished && (problem.households.length <= MOST_TO_BRANCH || context.best === undefined))
      yield* prove(context, proof, TURN_NODES);
    yield;
  }
}

/** Attempts at a first plan before the households are solved alone: that is sooner, but for a single household with groups at fixed times. */
function earlyAttempts({ households, groups }: Problem): number {
  if (households.length > SMALL) return EARLY_ATTEMPTS;
  return households.length > 1 || groups.some((group) => group.weeklyCount < Infinity) ? 1 : 0;
}

/** Looks for a first plan of the only household. */
function* dive(context: SearchContext, search: Dive, nodes = DIVE_NODES): Generator<void, void> {
  context.phase = 'first-plan';
  const found = yield* search.run(nodes);
  if (found !== undefined) record(context, found.ledger, found.ledger.cost());
}

function* prove(context: SearchContext, proof: BranchAndBound, nodes: number): Generator<void, void> {
  const before = context.phase;
  context.phase = 'prove';
  const workLimit = context.work.spent + TURN_WORK;
  const nodeLimit = context.nodes + nodes;
  while (!proof.finished && context.work.spent <= workLimit && context.nodes <= nodeLimit) {
    proof.step();
    context.bound = Math.max(context.bound, proof.bound);
    yield;
  }
  context.bound = Math.max(context.bound, proof.bound);
  context.phase = before;
}

/** Scores are integers. */
function wholeScore(bound: number): number {
  return Math.ceil(bound - 1e-6);
}

/** Raises the Lagrangian bound for a turn; then makes a plan at its prices, and plans each household of it once more among the others. */
function* ascend(context: SearchContext, lagrangian: Lagrangian): Generator<void, void> {
  const before = context.phase;
  context.phase = 'prove';
  const [workLimit, rounds] = [context.work.spent + PRICE_WORK, lagrangian.rounds];
  while (lagrangian.open && context.work.spent <= workLimit && lagrangian.rounds < rounds + TURN_PRICES) {
    lagrangian.step();
    context.bound = Math.max(context.bound, Math.min(wholeScore(lagrangian.bound), context.best?.cost ?? Infinity));
    if (context.best !== undefined && context.best.cost <= context.bound) break;
    yield;
  }
  context.phase = before;
  if (context.best === undefined || lagrangian.rounds === rounds || context.best.cost <= context.bound) return;
  const ledger = new Ledger(context.problem);
  if (!(yield* guided(context, ledger, yield* lagrangian.guide()))) return;
  record(context, ledger, ledger.cost());
  yield* improve(context, ledger, 0, () => context.best!.cost <= context.bound);
}

/**
 * Tries for a first complete plan; the order of households is another one at each attempt, those first for which others failed (as in
 * squeaky wheel optimization, Joslin and Clements 1999).
 */
function* firstPlan(context: SearchContext, ledger: Ledger, attempt: number, plansEach?: number): Generator<void, void> {
  const { problem } = context;
  context.phase = 'first-plan';
  context.repairs = attempt % 2 === 1;
  yield* openTimes(context, ledger, attempt);
  let prices = new Prices(problem.meetings.length, problem.minutes);
  const order = problem.households.map((household) => household.index);
  if (attempt === 0) order.sort((a, b) => problem.households[a]!.candidates.count - problem.households[b]!.candidates.count || a - b);
  else context.random.shuffle(order);
  const failures = (index: number): number => context.failures.get(index) ?? 0;
  order.sort((a, b) => failures(b) - failures(a));
  yield* context.prepareDemands();
  let waiting = order;
  const pull = yield* weeklyTemplate(context, ledger, order, plansEach);
  const few = order.length > MANY ? FEW_OF_MANY : FEW;
  const least = order.length > MANY ? { least: order.length / LEAST_SHARE } : {};
  for (let again = 0; !(yield* negotiate(context, ledger, waiting, prices, { plansEach, pull, ...least })); again++) {
    waiting = unplaced(ledger);
    if (again >= AGAIN || waiting.length * few > order.length) return;
    prices = new Prices(problem.meetings.length, problem.minutes);
  }
  if (!(yield* fillMeetings(context, ledger, prices))) return;
  const stands = problem.households.every((household) => againstItself(ledger, household, ledger.plans[household.index]!) < 0);
  if (stands) record(context, ledger, ledger.cost());
}

/** Opens times for groups that choose theirs at which those who made attempts fail have plans beside one another, if such times are found soon. */
function* openTimes(context: SearchContext, ledger: Ledger, attempt: number): Generator<void, void> {
  const { problem, failures } = context;
  const view = { conflict: Infinity, prices: new Prices(problem.meetings.length, 0), lonely: 0 };
  if (problem.groups.every((group) => group.weeklyCount === Infinity)) return;
  for (let nth = 0; nth < OPENINGS; nth++) {
    yield* openMeetings(context, ledger, attempt + nth);
    let fits = true;
    for (const index of failures.keys()) fits &&= yield* placedBeside(context, ledger, problem.households[index]!, view);
    for (const index of failures.keys()) ledger.remove(index);
    if (fits) return;
  }
}

/** Places a household where it has a plan beside those that are placed already. */
function* placedBeside(context: SearchContext, ledger: Ledger, household: Household, view: View): Generator<void, boolean> {
  const plan = yield* planIn(context, ledger, household, view, { few: true, tries: QUICK_TRIES });
  return plan !== undefined && fitted(ledger, household, plan);
}

/** Plans each household of the best plan once more among the others, while that brings something. */
function* improveOnce(context: SearchContext, ledger: Ledger): Generator<void, void> {
  context.phase = 'improve';
  restore(ledger, context.best!);
  yield* improve(context, ledger, 0, () => context.best!.cost <= context.bound);
}

/** Improves from the best plan known. */
function* improveTurn(context: SearchContext, ledger: Ledger, lagrangian: Lagrangian): Generator<void, void> {
  context.phase = 'improve';
  const guide = lagrangian.rounds > FIRST_ROUNDS ? yield* lagrangian.guide() : undefined;
  restore(ledger, context.best!);
  const limit = context.work.spent + (guide === undefined ? TURN_WORK : IMPROVE_WORK);
  const done = (): boolean => context.best!.cost <= context.bound || context.work.spent > limit;
  yield* improve(context, ledger, context.problem.households.length === 1 ? LONE_ROUNDS : TURN_ROUNDS, done, guide);
}
