import type { Household } from '../model/problem.ts';
import type { SearchContext } from './context.ts';
import type { HouseholdPlan } from './household/solve.ts';
import { CLOSED, OPEN, type Ledger } from './ledger.ts';
import { againstItself, negotiate } from './negotiate.ts';
import { planIn } from './plan-in.ts';
import type { Prices, View } from './surroundings.ts';

/** What a seat at a meeting that lacks attendees is worth while members are sought for it. */
const WORTH = 60;
/** Meetings closed or filled at most, per meeting, before the first plan is given up. */
const ROUNDS = 60;

/** Meetings held with fewer attendees than they need. */
export function underfull(ledger: Ledger): number[] {
  return ledger.problem.meetings.flatMap((meeting, index) => {
    const seats = ledger.seats[index]!.size;
    return seats > 0 && seats < meeting.minSeats && !meeting.fact ? [index] : [];
  });
}

/**
 * Brings meetings with too few attendees to their minimum: others are drawn to them; where that fails, the meetings are closed and
 * those who attend plan anew. True once every held meeting has enough.
 */
export function* fillMeetings(context: SearchContext, ledger: Ledger, prices: Prices): Generator<void, boolean> {
  const { problem } = context;
  const kept = new Set<number>();
  for (let round = 0; round < ROUNDS; round++) {
    const lacking = underfull(ledger);
    if (lacking.length === 0) return true;
    const group = worstGroup(
      ledger,
      lacking.filter((index) => !kept.has(problem.meetings[index]!.group)),
    );
    const target = group < 0 ? problem.meetings[context.random.pick(lacking)]!.group : group;
    const meetings = lacking.filter((index) => problem.meetings[index]!.group === target);
    yield* attract(context, ledger, meetings, prices);
    const still = underfull(ledger).filter((index) => problem.meetings[index]!.group === target);
    if (still.length === 0) continue;
    if (!(yield* closeMeetings(context, ledger, still, prices))) {
      kept.add(target);
      for (const index of still) ledger.closed[index] = OPEN;
      if (!(yield* negotiate(context, ledger, unplaced(ledger), prices))) return false;
    }
  }
  return underfull(ledger).length === 0;
}

function worstGroup(ledger: Ledger, lacking: readonly number[]): number {
  const missing = new Map<number, number>();
  for (const index of lacking) {
    const meeting = ledger.problem.meetings[index]!;
    missing.set(meeting.group, (missing.get(meeting.group) ?? 0) + meeting.minSeats - ledger.seats[index]!.size);
  }
  let worst = -1;
  for (const [group, count] of missing) if (worst < 0 || count > missing.get(worst)!) worst = group;
  return worst;
}

/** Plans households anew that could attend the meetings, as if seats there were worth much; keeps what brings a meeting closer. */
function* attract(context: SearchContext, ledger: Ledger, meetings: readonly number[], prices: Prices): Generator<void, void> {
  const wanted = new Set(meetings);
  const view: View = { conflict: Infinity, prices, lonely: 0 };
  for (const household of context.problem.households) {
    if (underfull(ledger).every((index) => !wanted.has(index))) return;
    if (!couldAttend(household, wanted) || ledger.plans[household.index] === undefined) continue;
    const before = ledger.remove(household.index)!;
    const { meeting } = household.candidates;
    const plan = yield* planIn(context, ledger, household, view, { extra: (row) => (wanted.has(meeting[row]!) ? -WORTH : 0) });
    const better = plan !== undefined && seatsAt(household, plan, wanted) > seatsAt(household, before, wanted);
    ledger.place(household.index, better ? plan : before);
    if (better && againstItself(ledger, household, plan) >= 0) {
      ledger.remove(household.index);
      ledger.place(household.index, before);
    }
    yield;
  }
}

function couldAttend(household: Household, meetings: ReadonlySet<number>): boolean {
  return household.candidates.meeting.some((meeting) => meetings.has(meeting));
}

function seatsAt(household: Household, plan: HouseholdPlan, meetings: ReadonlySet<number>): number {
  return plan.rows.filter((row) => meetings.has(household.candidates.meeting[row]!)).length;
}

/** Closes meetings and plans their attendees anew; false, with the attendees unplaced, where one has no other plan. */
function* closeMeetings(context: SearchContext, ledger: Ledger, meetings: readonly number[], prices: Prices): Generator<void, boolean> {
  const attendees = new Set(meetings.flatMap((index) => [...ledger.seats[index]!.keys()].map((key) => key >> 1)));
  for (const index of meetings) ledger.closed[index] = CLOSED;
  for (const household of attendees) ledger.remove(household);
  return yield* negotiate(context, ledger, unplaced(ledger), prices);
}

export function unplaced(ledger: Ledger): number[] {
  return ledger.plans.flatMap((plan, index) => (plan === undefined ? [index] : []));
}
