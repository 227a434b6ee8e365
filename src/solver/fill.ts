import type { Household } from '../model/problem.ts';
import type { SearchContext } from './context.ts';
import { CLOSED, underfull, unplaced, type Ledger } from './ledger.ts';
import { negotiate } from './negotiate.ts';
import { QUICK_TRIES } from './plan-in.ts';
import { missing, reseat } from './reseat.ts';
import type { Prices } from './surroundings.ts';

/** What a seat at a meeting that lacks attendees gains in worth in each round, and by what share at least. */
const PULL = 20;
const PULL_GROWTH = 0.3;
/** Rounds at most before the first plan is given up, and rounds without fewer seats missing before meetings are. */
const ROUNDS = 60;
const IDLE = 4;
/** Plans made per household until those whom attendees displace are given up. */
const PLANS = 8;

/**
 * Brings meetings with too few attendees to their minimum. Seats there gain worth from round to round, the more the fewer are missing,
 * and keep it while the meeting would lack attendees without the one who asks: so meetings draw attendees from others, and those that
 * nobody needs lose theirs. Where that does not help, meetings are closed, unless somebody then has no plan. True once every held
 * meeting has enough.
 */
export function* fillMeetings(context: SearchContext, ledger: Ledger, prices: Prices): Generator<void, boolean> {
  const needed = new Set<number>();
  let fewest = Infinity;
  let idle = 0;
  yield* reseat(context, ledger, prices);
  for (let round = 0; round < ROUNDS; round++) {
    const lacking = underfull(ledger);
    if (lacking.length === 0) return true;
    const left = missing(ledger);
    idle = left < fewest ? 0 : idle + 1;
    fewest = Math.min(fewest, left);
    if (idle < IDLE) {
      raisePulls(ledger, prices);
      yield* attract(context, ledger, lacking, prices, QUICK_TRIES + round);
      yield* reseat(context, ledger, prices);
      continue;
    }
    yield* giveUp(context, ledger, lacking, needed, prices);
    idle = 0;
    fewest = Infinity;
  }
  return underfull(ledger).length === 0;
}

/** Makes seats dearer to have where attendees are missing; what nobody attends is forgotten. */
function raisePulls(ledger: Ledger, prices: Prices): void {
  ledger.problem.meetings.forEach(({ minSeats }, index) => {
    const seats = ledger.seats[index]!.size;
    if (seats === 0) prices.pull[index] = 0;
    else if (seats < minSeats) prices.pull[index]! += Math.max(PULL, PULL_GROWTH * prices.pull[index]!);
  });
}

/**
 * Plans households anew that could attend the meetings, or do; those whom they displace find another plan.
 * @param tries choices of therapists: only some may leave the time.
 */
function* attract(
  context: SearchContext,
  ledger: Ledger,
  meetings: readonly number[],
  prices: Prices,
  tries: number,
): Generator<void, void> {
  const wanted = new Set(meetings);
  const order = context.random.shuffle(context.problem.households.filter((household) => couldAttend(household, wanted)));
  for (const { index } of order) {
    if (underfull(ledger).length === 0) return;
    const before = ledger.snapshot();
    ledger.remove(index);
    if (!(yield* negotiate(context, ledger, [index], prices, { plansEach: PLANS, tries }))) ledger.restore(before);
    yield;
  }
}

function couldAttend(household: Household, meetings: ReadonlySet<number>): boolean {
  return household.candidates.meeting.some((meeting) => meetings.has(meeting));
}

/** Closes the lacking meetings of a group or, where somebody then has no plan, one of them. */
function* giveUp(
  context: SearchContext,
  ledger: Ledger,
  lacking: readonly number[],
  needed: Set<number>,
  prices: Prices,
): Generator<void, void> {
  const { problem, random } = context;
  const open = lacking.filter((index) => !needed.has(index));
  if (open.length === 0) return;
  const { group } = problem.meetings[random.pick(open)]!;
  const ofGroup = open.filter((index) => problem.meetings[index]!.group === group);
  if (yield* closeMeetings(context, ledger, ofGroup, prices)) return;
  const one = random.pick(ofGroup);
  if (ofGroup.length > 1 && (yield* closeMeetings(context, ledger, [one], prices))) return;
  needed.add(one);
}

/** Closes meetings and plans their attendees anew; false, with all as before, where somebody then has no plan. */
function* closeMeetings(context: SearchContext, ledger: Ledger, meetings: readonly number[], prices: Prices): Generator<void, boolean> {
  const before = ledger.snapshot();
  const attendees = new Set(meetings.flatMap((index) => [...ledger.seats[index]!.keys()].map((key) => key >> 1)));
  for (const index of meetings) ledger.closed[index] = CLOSED;
  for (const household of attendees) ledger.remove(household);
  const planned = yield* negotiate(context, ledger, unplaced(ledger), prices, { plansEach: PLANS });
  if (!planned) ledger.restore(before);
  return planned;
}
