import { againstItself } from './against-itself.ts';
import type { Guide } from './bound/guide.ts';
import type { SearchContext } from './context.ts';
import { fillMeetings } from './fill.ts';
import { fitted } from './fitted.ts';
import { restore } from './incumbent.ts';
import type { Ledger } from './ledger.ts';
import { negotiate } from './negotiate.ts';
import { openDearest } from './opening.ts';
import { planIn } from './plan-in.ts';
import { Prices, type View } from './surroundings.ts';

/** Choices of therapists tried for a plan at the prices; plans made per household at most, until the whole is given up. */
const TRIES = 3;
const PLANS_EACH = 15;

/**
 * Makes a plan of the whole at the prices of the Lagrangian bound (Lagrangian heuristic). Households are settled one after the other,
 * those first that have one plan nearly always in the mean: with a plan of the pool, drawn by its share in the mean (randomized rounding,
 * Raghavan and Thompson 1987), that stands beside those settled, else with their best one at the prices. Who finds none negotiates.
 * Groups that choose their times meet when the mean holds them most. True where a plan came out.
 */
export function* guided(context: SearchContext, ledger: Ledger, guide: Guide): Generator<void, boolean> {
  context.phase = 'improve';
  const { problem } = context;
  if (context.best !== undefined) restore(ledger, context.best);
  for (const { index } of problem.households) ledger.remove(index);
  openDearest(problem, ledger, (meeting) => guide.held(meeting));
  const prices = new Prices(problem.meetings.length, problem.minutes, guide.base);
  const waiting = yield* settleAll(context, ledger, guide, prices);
  if (!(yield* negotiate(context, ledger, waiting, prices, { plansEach: PLANS_EACH }))) return false;
  if (!(yield* fillMeetings(context, ledger, prices))) return false;
  return problem.households.every((household) => againstItself(ledger, household, ledger.plans[household.index]!) < 0);
}

/** Settles the households that find a plan beside those settled before; returns the others. */
function* settleAll(context: SearchContext, ledger: Ledger, guide: Guide, prices: Prices): Generator<void, number[]> {
  const { households } = context.problem;
  const view: View = { conflict: Infinity, prices, lonely: 0 };
  const waiting: number[] = [];
  const drawn = households.map(({ index }) => ({ index, ...guide.drawn(index) }));
  for (const { index, plans } of drawn.sort((a, b) => b.most - a.most || a.index - b.index)) {
    const household = households[index]!;
    if (plans.some((plan) => fitted(ledger, household, plan))) continue;
    const plan = yield* planIn(context, ledger, household, view, { tries: TRIES });
    if (plan === undefined || !fitted(ledger, household, plan)) waiting.push(index);
    yield;
  }
  return waiting;
}
