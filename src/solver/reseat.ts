import type { Household } from '../model/problem.ts';
import type { SearchContext } from './context.ts';
import { fewRows } from './few-rows.ts';
import { fitted } from './fitted.ts';
import type { HouseholdPlan } from './household/request.ts';
import { CLOSED, underfull, type Ledger } from './ledger.ts';
import { isChosen, planNear } from './mend.ts';
import { extraCost, type Prices, type View } from './surroundings.ts';

/** What a seat is worth that a held meeting lacks, how much more the last one is worth than the first, and the one that is sought most of all. */
const WORTH = 1_000;
const LAST = 0.5;
const SOUGHT = 1_000;
/** Sessions that a household may move to, per date and therapist. */
const SESSIONS = 2;
/** Meetings for which a seat is sought until a chain is given up. */
const LINKS = 40;

/**
 * Moves households between held meetings, each with its therapists and groups and without displacing anybody, as long as fewer seats are
 * missing after it. Where no single move helps, the attendees of a meeting that lacks some find other seats, and it is closed; where that
 * does not help either, a seat is filled by a chain of moves.
 */
export function* reseat(context: SearchContext, ledger: Ledger, prices: Prices): Generator<void, void> {
  const possible = possibleAttendees(context);
  const never = { conflict: Infinity, prices, lonely: 0 };
  for (let more = true; more;) {
    more = yield* filled(context, ledger, possible, never, 1);
    if (more) continue;
    for (const meeting of byMissing(ledger)) if (yield* emptied(context, ledger, meeting, never)) more = true;
    more ||= yield* filled(context, ledger, possible, never, LINKS);
  }
}

/** Fills seats by chains of so many moves at most; whether any was filled. */
function* filled(
  context: SearchContext,
  ledger: Ledger,
  possible: ReadonlyMap<number, ReadonlySet<number>>,
  view: View,
  links: number,
): Generator<void, boolean> {
  let any = false;
  for (const meeting of byMissing(ledger)) {
    while (missingAt(ledger, meeting) > 0 && (yield* seatFilled(context, ledger, meeting, possible, view, links))) any = true;
  }
  return any;
}

/** Per meeting: households that could attend it. */
function possibleAttendees({ problem }: SearchContext): Map<number, Set<number>> {
  const households = new Map<number, Set<number>>();
  for (const { index, candidates } of problem.households) {
    for (const meeting of candidates.meeting) {
      if (meeting < 0) continue;
      const known = households.get(meeting);
      if (known === undefined) households.set(meeting, new Set([index]));
      else known.add(index);
    }
  }
  return households;
}

/** Meetings that lack attendees, those that lack fewest first. */
function byMissing(ledger: Ledger): number[] {
  return underfull(ledger).sort((a, b) => missingAt(ledger, a) - missingAt(ledger, b) || a - b);
}

/** Seats that held meetings lack. */
export function missing(ledger: Ledger): number {
  return underfull(ledger).reduce((sum, meeting) => sum + missingAt(ledger, meeting), 0);
}

function missingAt({ problem, seats }: Ledger, meeting: number): number {
  const { size } = seats[meeting]!;
  return size === 0 || problem.meetings[meeting]!.fact ? 0 : Math.max(0, problem.meetings[meeting]!.minSeats - size);
}

/**
 * Fills a seat by a chain of moves: a household takes it from a seat that another takes, and so on, until one comes from a meeting that
 * does not need it. The shortest chain is sought first. False, with all as before, where none is found soon.
 */
function* seatFilled(
  context: SearchContext,
  ledger: Ledger,
  first: number,
  possible: ReadonlyMap<number, ReadonlySet<number>>,
  view: View,
  most: number,
): Generator<void, boolean> {
  const before = ledger.snapshot();
  const least = missing(ledger);
  const met = new Set([first]);
  const links = [{ meeting: first, snapshot: before }];
  for (let at = 0; at < Math.min(most, links.length); at++) {
    const { meeting, snapshot } = links[at]!;
    for (const index of context.random.shuffle([...(possible.get(meeting) ?? [])])) {
      ledger.restore(snapshot);
      if (!(yield* moved(context, ledger, context.problem.households[index]!, meeting, view))) continue;
      const left = missing(ledger);
      if (left < least) return true;
      const fresh = left > least ? [] : underfull(ledger).filter((each) => !met.has(each));
      for (const each of fresh) {
        met.add(each);
        links.push({ meeting: each, snapshot: ledger.snapshot() });
      }
    }
  }
  ledger.restore(before);
  return false;
}

/** Plans a household anew near its plan, at a meeting if it can be; false where there is no other such plan. */
function* moved(context: SearchContext, ledger: Ledger, household: Household, sought: number, view: View): Generator<void, boolean> {
  const plan = ledger.remove(household.index);
  if (plan === undefined) return false;
  const found = yield* planNear(context, household, plan, seatCosts(ledger, household, plan, view, sought));
  return found !== undefined && fitted(ledger, household, found);
}

/** Plans all who attend a meeting elsewhere; false, with all as before, where that cannot be. */
function* emptied(context: SearchContext, ledger: Ledger, meeting: number, view: View): Generator<void, boolean> {
  if (ledger.problem.meetings[meeting]!.fixed) return false;
  const before = ledger.snapshot();
  const households = new Set([...ledger.seats[meeting]!.keys()].map((key) => key >> 1));
  ledger.closed[meeting] = CLOSED;
  const lacking = underfull(ledger).length;
  for (const index of households) {
    const household = ledger.problem.households[index]!;
    const plan = ledger.remove(index);
    const found = plan && (yield* planNear(context, household, plan, seatCosts(ledger, household, plan, view)));
    if (found !== undefined && fitted(ledger, household, found)) continue;
    ledger.restore(before);
    return false;
  }
  if (underfull(ledger).length < lacking) return true;
  ledger.restore(before);
  return false;
}

/**
 * What sessions cost a household that has no place: less at meetings that lack its attendance, most of all at the one sought, more at those
 * that nobody attends yet; such that others have are not to be had.
 */
function seatCosts(ledger: Ledger, household: Household, plan: HouseholdPlan, view: View, sought = -1): Float64Array {
  const { candidates } = household;
  const extra = new Float64Array(candidates.count).fill(Infinity);
  for (let row = 0; row < candidates.count; row++) {
    if (candidates.forced[row] !== 0 || !isChosen(ledger, household, plan, row)) continue;
    const cost = extraCost(ledger, household, row, view);
    const meeting = candidates.meeting[row]!;
    extra[row] = meeting < 0 || cost === Infinity ? cost : seatCost(ledger, meeting) - (meeting === sought ? SOUGHT : 0);
  }
  const few = fewRows(household, extra, SESSIONS);
  for (const row of plan.rows) few[row] = extra[row]!;
  return few;
}

function seatCost({ problem, seats }: Ledger, meeting: number): number {
  const { minSeats } = problem.meetings[meeting]!;
  const { size } = seats[meeting]!;
  if (size === 0) return WORTH * (minSeats - 1);
  return size < minSeats ? -WORTH * (1 + (LAST * (size + 1)) / minSeats) : 0;
}
