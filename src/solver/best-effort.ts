import type { SearchContext } from './context.ts';
import { CLOSED, Ledger, underfull, unplaced } from './ledger.ts';
import { settle } from './displace.ts';
import { openMeetings } from './opening.ts';
import { planIn, QUICK_TRIES } from './plan-in.ts';
import { Prices, type View } from './surroundings.ts';

/** Rounds at most in which meetings are given up, or those planned anew who had to give way. */
const ROUNDS = 50;
/** What taking from another household costs one that must have a plan: more than to miss all minimums. */
const GIVE_WAY = 1e9;
/** Rounds in which others are drawn to meetings that those need, and what that is worth for a seat: less than a session that is due. */
const FILLING = 3;
const PULL = 10_000;

/** The ledger in which the search had placed most households, as far as it went. */
export function fullestLedger({ problem, fullest }: Pick<SearchContext, 'problem' | 'fullest'>): Ledger {
  const ledger = new Ledger(problem);
  ledger.shutChoosing();
  if (fullest !== undefined) ledger.restore(fullest.snapshot);
  return ledger;
}

/**
 * A plan that keeps every hard rule but minimums: households without a plan in the ledger get what is left for them, and meetings
 * with too few attendees are given up. Where the caller leaves it before its end, `leaveUnderfull` is due.
 * @param urgent households that cannot do without a plan: they come first, and others give way to them.
 */
export function* bestEffort(context: SearchContext, ledger: Ledger, urgent: ReadonlySet<number>): Generator<void, void> {
  const prices = new Prices(context.problem.meetings.length, 0);
  if (context.fullest === undefined) yield* openMeetings(context, ledger, 0);
  for (let round = 0; round < ROUNDS; round++) {
    let displaced = 0;
    const waiting = unplaced(ledger).sort((a, b) => Number(urgent.has(b)) - Number(urgent.has(a)));
    for (const index of waiting) {
      displaced += yield* placeWhatFits(context, ledger, index, { conflict: urgent.has(index) ? GIVE_WAY : Infinity, prices, lonely: 0 });
      yield;
    }
    if (displaced === 0 && underfull(ledger).length === 0) return;
    const wanted = round < FILLING ? underfull(ledger) : [];
    if (wanted.length > 0) attract(ledger, new Set(wanted), prices);
    else closeUnderfull(ledger);
  }
}

/** Whether all of some households have plans, at meetings with enough attendees. */
export function haveSoundPlans(ledger: Ledger, households: ReadonlySet<number>): boolean {
  if (unplaced(ledger).some((index) => households.has(index))) return false;
  return !underfull(ledger).some((meeting) => attendees(ledger, meeting).some((index) => households.has(index)));
}

/** Takes out what is planned at meetings with too few attendees. */
export function leaveUnderfull(ledger: Ledger): void {
  const lacking = new Set(underfull(ledger));
  for (const index of new Set([...lacking].flatMap((meeting) => attendees(ledger, meeting)))) {
    const { forced, meeting } = ledger.problem.households[index]!.candidates;
    const plan = ledger.remove(index);
    if (plan === undefined) continue;
    ledger.place(index, { ...plan, rows: plan.rows.filter((row) => forced[row] !== 0 || !lacking.has(meeting[row]!)) });
  }
}

/** Gives a household what of its care fits among the others; says how many had to give way. */
function* placeWhatFits(context: SearchContext, ledger: Ledger, index: number, view: View): Generator<void, number> {
  const household = context.problem.households[index]!;
  const plan = yield* planIn(context, ledger, household, view, { shortfalls: true, few: true, tries: QUICK_TRIES });
  return plan === undefined ? 0 : (yield* settle(context, ledger, household, plan, view.prices)).length;
}

/** Makes seats at some meetings worth having, and takes out the households that could take more of them. */
function attract(ledger: Ledger, meetings: ReadonlySet<number>, prices: Prices): void {
  for (const meeting of meetings) prices.pull[meeting] = PULL;
  for (const { index, candidates } of ledger.problem.households) {
    const absent = candidates.meeting.some(
      (meeting, row) => meetings.has(meeting) && !ledger.seats[meeting]!.has(index * 2 + candidates.persons[row]! - 1),
    );
    if (absent) ledger.remove(index);
  }
}

/** Closes the meetings with too few attendees and takes out those who attend them. */
function closeUnderfull(ledger: Ledger): void {
  for (const meeting of underfull(ledger)) {
    ledger.closed[meeting] = CLOSED;
    for (const index of attendees(ledger, meeting)) ledger.remove(index);
  }
}

/** Households that attend a meeting. */
function attendees(ledger: Ledger, meeting: number): number[] {
  return [...new Set([...ledger.seats[meeting]!.keys()].map((key) => key >> 1))];
}
