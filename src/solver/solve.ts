import { BranchAndBound, type Reason } from './bound/branch.ts';
import type { SearchContext } from './context.ts';
import { fillMeetings, underfull, unplaced } from './fill.ts';
import { leastCost, solveHousehold, type HouseholdPlan } from './household/solve.ts';
import { improve, record } from './improve.ts';
import { CLOSED, Ledger, OPEN, SHUT } from './ledger.ts';
import { negotiate } from './negotiate.ts';
import { openMeetings } from './opening.ts';
import { planIn } from './plan-in.ts';
import { Prices } from './surroundings.ts';

/** What a finished search has proved, if anything. */
export type Ending =
  | { kind: 'optimal' }
  /** Households that have no plan even alone, or the disputes that no set of plans avoids. */
  | { kind: 'infeasible'; households: number[]; reasons: readonly Reason[] };

/** Nodes of branch and bound before the first plan, where the program is small; rounds and nodes of one turn afterwards. */
const EARLY_NODES = 30;
/** Attempts at a first plan before the households are solved alone, where the program is not small. */
const EARLY_ATTEMPTS = 5;
const SMALL = 6;
const TURN_ROUNDS = 60;
const TURN_NODES = 20;
/** Work that one household's search alone may take; beyond it, its bound stays 0. */
const ALONE_WORK = 4_000_000;
/** Work charged to every turn, so that turns which find nothing to do end too. */
const ATTEMPT_WORK = 1_000;
/** Work that one turn may take. */
const TURN_WORK = 3_000_000;

/**
 * Searches until the best plan is proved best, or none exists: households alone, a first plan by negotiation, then improvement and
 * branch and bound in turns. The caller stops it earlier by no longer asking; `context` then holds what was found, and the ledger
 * passed in whatever was placed last.
 */
export function* solve(context: SearchContext, share: (ledger: Ledger) => void): Generator<void, Ending> {
  const { problem } = context;
  const early = problem.households.length > SMALL || problem.groups.some((group) => group.weeklyCount < Infinity);
  if (early) {
    for (let attempt = 0; attempt < EARLY_ATTEMPTS && context.best === undefined; attempt++) {
      yield* firstPlan(context, shared(context, share), attempt);
    }
  }
  const alone = yield* solveAlone(context);
  if (alone.impossible.length > 0) return { kind: 'infeasible', households: alone.impossible, reasons: [] };
  const proof = new BranchAndBound(context, alone.answers);
  context.bound = Math.max(context.bound, proof.bound);
  if (problem.households.length <= SMALL) yield* prove(context, proof, EARLY_NODES);
  for (let attempt = early ? EARLY_ATTEMPTS : 0; ; attempt++) {
    if (context.best !== undefined && context.best.cost <= context.bound) return { kind: 'optimal' };
    if (proof.finished && context.best === undefined && context.bound === Infinity) {
      return { kind: 'infeasible', households: [], reasons: proof.reasons };
    }
    context.work.spent += ATTEMPT_WORK;
    const ledger = shared(context, share);
    if (context.best === undefined) yield* firstPlan(context, ledger, attempt);
    if (context.best !== undefined) yield* improveTurn(context, ledger);
    if (!proof.finished) yield* prove(context, proof, TURN_NODES);
    yield;
  }
}

/** A new ledger that the caller knows of. */
function shared(context: SearchContext, share: (ledger: Ledger) => void): Ledger {
  const ledger = new Ledger(context.problem);
  share(ledger);
  return ledger;
}

interface Alone {
  answers: { plan: HouseholdPlan; bound: number }[];
  impossible: number[];
}

/** Every household's best plan as if it were alone. */
function* solveAlone(context: SearchContext): Generator<void, Alone> {
  const { problem } = context;
  const alone: Alone = { answers: [], impossible: [] };
  let bound = 0;
  for (const household of problem.households) {
    const least = leastCost(problem, household, context.ownExtra(household)) + household.baseCost;
    context.ownBound[household.index] = Math.max(0, least);
    bound += Math.max(0, least);
    if (least === Infinity) alone.impossible.push(household.index);
    yield;
  }
  if (alone.impossible.length > 0) return alone;
  context.bound = Math.max(context.bound, bound);
  for (const household of problem.households) {
    const answer = yield* within(
      context,
      ALONE_WORK,
      solveHousehold(problem, household, { extra: context.ownExtra(household) }, context.work),
    );
    context.householdSolves++;
    if (answer === undefined) continue;
    const { plan, bound: own } = answer;
    if (plan === undefined) {
      if (!household.exact || own < Infinity) continue;
      alone.impossible.push(household.index);
    } else {
      const before = context.ownBound[household.index]!;
      const proved = household.exact ? Math.max(before, own + household.baseCost) : before;
      context.ownBound[household.index] = proved;
      bound += proved - before;
      alone.answers.push({ plan, bound: proved - household.baseCost });
      if (alone.impossible.length === 0) context.bound = Math.max(context.bound, bound);
    }
    context.placed++;
    yield;
  }
  context.placed = 0;
  return alone;
}

/** Runs steps to their end, or gives them up with undefined once they have taken `most` units of work. */
function* within<T>(context: SearchContext, most: number, steps: Generator<void, T>): Generator<void, T | undefined> {
  const limit = context.work.spent + most;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (context.work.spent > limit) return undefined;
    yield;
  }
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

/** Tries for a first complete plan; the order of households is another one at each attempt. */
function* firstPlan(context: SearchContext, ledger: Ledger, attempt: number): Generator<void, void> {
  const { problem } = context;
  context.phase = 'first-plan';
  openMeetings(problem, ledger, attempt, context.random);
  const prices = new Prices(problem.meetings.length, problem.minutes);
  const order = problem.households.map((household) => household.index);
  if (attempt === 0) order.sort((a, b) => problem.households[a]!.candidates.count - problem.households[b]!.candidates.count || a - b);
  else context.random.shuffle(order);
  if (!(yield* negotiate(context, ledger, order, prices))) return;
  if (yield* fillMeetings(context, ledger, prices)) record(context, ledger, ledger.cost());
}

/** Improves from the best plan known. */
function* improveTurn(context: SearchContext, ledger: Ledger): Generator<void, void> {
  context.phase = 'improve';
  restore(ledger, context.best!);
  const limit = context.work.spent + TURN_WORK;
  const done = (): boolean => context.best!.cost <= context.bound || context.work.spent > limit;
  yield* improve(context, ledger, TURN_ROUNDS, done);
}

/** Puts the best plans into an empty ledger. */
export function restore(ledger: Ledger, best: NonNullable<SearchContext['best']>): void {
  ledger.problem.groups.forEach((group) => {
    if (group.weeklyCount < Infinity) for (const meeting of group.meetings) ledger.closed[meeting] = SHUT;
  });
  best.plans.forEach((plan, index) => ledger.place(index, plan));
  best.leaders.forEach((option, meeting) => {
    if (option < 0 || ledger.problem.meetings[meeting]!.fixed) return;
    ledger.closed[meeting] = OPEN;
    if (ledger.leaders[meeting] === option) return;
    ledger.release(meeting);
    ledger.hold(meeting, option);
  });
}

/**
 * A plan that keeps every hard rule but minimums: households without a plan in the ledger get what is left for them, and meetings
 * with too few attendees are given up.
 */
export function* bestEffort(context: SearchContext, ledger: Ledger): Generator<void, void> {
  const { problem } = context;
  const view = { conflict: Infinity, prices: new Prices(problem.meetings.length, 0), lonely: 0 };
  for (let round = 0; round < 50; round++) {
    for (const index of unplaced(ledger)) {
      const plan = yield* planIn(context, ledger, problem.households[index]!, view, { shortfalls: true });
      if (plan !== undefined) ledger.place(index, plan);
      yield;
    }
    const few = underfull(ledger);
    if (few.length === 0) return;
    const attendees = new Set(few.flatMap((meeting) => [...ledger.seats[meeting]!.keys()].map((key) => key >> 1)));
    for (const meeting of few) ledger.closed[meeting] = CLOSED;
    for (const index of attendees) ledger.remove(index);
  }
}
