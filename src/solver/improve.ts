import type { SearchContext } from './context.ts';
import { underfull, type Ledger } from './ledger.ts';
import type { HouseholdPlan } from './household/request.ts';
import { record } from './incumbent.ts';
import { againstItself } from './against-itself.ts';
import { planIn } from './plan-in.ts';
import { Prices, type View } from './surroundings.ts';

/** Temperature of the first round as a share of the score per household, and what is left of it after each round. */
const WARMTH = 0.02;
const COOLING = 0.997;

/**
 * Large-neighbourhood search (Shaw 1998): takes out a few related households, puts each back at its best place among the others,
 * and keeps the result if it is better, or a little worse while the search is warm (Kirkpatrick et al. 1983). Goes on until
 * `rounds` rounds in a row bring nothing.
 */
export function* improve(context: SearchContext, ledger: Ledger, rounds: number, done: () => boolean): Generator<void, void> {
  const { problem, random } = context;
  yield* onePass(context, ledger, done);
  const count = problem.households.length;
  let current = ledger.cost();
  let temperature = (WARMTH * current) / Math.max(1, count);
  for (let idle = 0; idle < rounds && !done(); idle++) {
    const members = related(context, ledger);
    const accept = (cost: number): boolean => cost < current || random.unit() < Math.exp((current - cost) / Math.max(1e-9, temperature));
    const cost = yield* reinsert(context, ledger, members, accept);
    temperature *= COOLING;
    if (cost === undefined) continue;
    if (cost < current) idle = record(context, ledger, cost) ? -1 : idle;
    current = cost;
  }
}

/** Plans every household once more among the others, in turn, while that brings something. */
function* onePass(context: SearchContext, ledger: Ledger, done: () => boolean): Generator<void, void> {
  let current = ledger.cost();
  for (let again = true; again && !done();) {
    again = false;
    for (let index = 0; index < context.problem.households.length && !done(); index++) {
      if (ledger.plans[index]!.cost <= context.ownBound[index]!) continue;
      const cost = yield* reinsert(context, ledger, [index], (each) => each < current);
      if (cost === undefined) continue;
      current = cost;
      again = true;
      record(context, ledger, cost);
    }
  }
}

/** Takes the members out and puts them back in random order; undefined, with everything as before, where that is not accepted. */
function* reinsert(
  context: SearchContext,
  ledger: Ledger,
  members: readonly number[],
  accept: (cost: number) => boolean,
): Generator<void, number | undefined> {
  const before: [number, HouseholdPlan][] = [];
  for (const index of members) before.push([index, ledger.remove(index)!]);
  const view: View = { conflict: Infinity, prices: new Prices(context.problem.meetings.length, 0), lonely: 1 };
  let complete = true;
  for (const index of context.random.shuffle([...members])) {
    const household = context.problem.households[index]!;
    const plan = yield* planIn(context, ledger, household, view, { steady: true });
    if (plan === undefined) {
      complete = false;
      break;
    }
    ledger.place(index, plan);
    if (againstItself(ledger, household, plan) >= 0) {
      complete = false;
      break;
    }
  }
  if (complete && underfull(ledger).length === 0) {
    const cost = ledger.cost();
    if (accept(cost)) return cost;
  }
  for (const [index] of before) ledger.remove(index);
  for (const [index, plan] of before) ledger.place(index, plan);
  return undefined;
}

/** A few households that share a therapist or a meeting with one picked at random. */
function related(context: SearchContext, ledger: Ledger): number[] {
  const { problem, random } = context;
  const count = problem.households.length;
  const size = Math.min(count, 2 + random.below(3));
  const seed = random.below(count);
  const members = new Set([seed]);
  const household = problem.households[seed]!;
  const rows = ledger.plans[seed]!.rows;
  for (let tries = 0; tries < 20 && members.size < size && rows.length > 0; tries++) {
    const row = rows[random.below(rows.length)]!;
    const therapist = household.candidates.therapist[row]!;
    const meeting = household.candidates.meeting[row]!;
    const neighbours =
      meeting >= 0
        ? [...ledger.seats[meeting]!.keys()].map((key) => key >> 1)
        : ledger.rosters[therapist]!.duties.filter((duty) => duty.owner >= 0).map((duty) => duty.owner);
    if (neighbours.length > 0) members.add(neighbours[random.below(neighbours.length)]!);
  }
  while (members.size < size) members.add(random.below(count));
  return [...members];
}
