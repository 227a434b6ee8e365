import type { Household } from '../model/problem.ts';
import type { SearchContext } from './context.ts';
import type { HouseholdPlan } from './household/request.ts';
import type { Ledger } from './ledger.ts';
import { reopen } from './opening.ts';
import { spareSeats } from './slack.ts';
import {
  bestLeaders,
  cheapestLeaders,
  immovable,
  losersOf,
  movableCases,
  movableSeats,
  NOONE,
  unsuited,
  type Prices,
} from './surroundings.ts';

/** What each conflict adds to a price: of a quarter hour, of a seat. */
const RAISE = 4;
const SEAT_RAISE = 20;
/** Duties at most that give way to one session: those that stand may exceed a limit by themselves. */
const GUARD = 100;
/** Minutes before and after a session in which a therapist's time becomes dearer where a limit stands in the way. */
const HALF_DAY = 720;

/** Households that are asked in turn whether they find other sessions, where one of several has to give way. */
const ASKED = 8;

/** Finds other sessions for a household that has just been taken out, so that nobody else loses anything; false, with it still out, where there are none. */
export type Moves = (household: number) => Generator<void, boolean>;

/** Places a plan and takes out those in its way; returns them. */
export function* settle(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  plan: HouseholdPlan,
  prices: Prices,
  moves?: Moves,
): Generator<void, number[]> {
  const displaced = otherTimes(context, ledger, household, plan, prices);
  displaced.push(...(yield* makeRoom(context, ledger, household, plan, prices, moves)));
  ledger.place(household.index, plan);
  displaced.push(...(yield* crowdedOut(context, ledger, household, plan, prices, moves)));
  return displaced;
}

/** Lets groups meet at the shut times that the plan needs; returns the households that attended at times shut instead. */
export function otherTimes(context: SearchContext, ledger: Ledger, household: Household, plan: HouseholdPlan, prices: Prices): number[] {
  const meetings = [...new Set(plan.rows.map((row) => household.candidates.meeting[row]!))].filter((meeting) => meeting >= 0);
  const displaced: number[] = [];
  for (const meeting of reopen(context.problem, ledger, meetings)) {
    prices.raiseSeat(meeting, SEAT_RAISE);
    for (const key of [...ledger.seats[meeting]!.keys()]) if (ledger.remove(key >> 1) !== undefined) displaced.push(key >> 1);
  }
  return displaced;
}

/**
 * Takes out the households that hold therapists' time which the plan needs; returns them. Where one of several has to give way, one that
 * finds other sessions does sooner than another.
 */
export function* makeRoom(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  plan: HouseholdPlan,
  prices: Prices,
  moves?: Moves,
): Generator<void, number[]> {
  const { candidates, roles } = household;
  const displaced: number[] = [];
  const planned = plan.rows.filter((row) => candidates.therapist[row]! >= 0 && candidates.forced[row] === 0);
  const clashing = new Map<number, number>();
  for (const row of planned) {
    const [start, end, buffer] = [candidates.start[row]!, candidates.end[row]!, roles[candidates.role[row]!]!.buffer];
    for (const owner of ledger.rosters[candidates.therapist[row]!]!.clashes(start, end, buffer, household.index)) {
      prices.raise(candidates.therapist[row]!, start, end + buffer, RAISE);
      clashing.set(owner, candidates.therapist[row]!);
    }
  }
  for (const [owner, therapist] of clashing) displaced.push(...takeOut(ledger, owner, therapist));
  for (const row of planned) {
    const therapist = candidates.therapist[row]!;
    const [start, end] = [candidates.start[row]!, candidates.end[row]!];
    const buffer = roles[candidates.role[row]!]!.buffer;
    const roster = ledger.rosters[therapist]!;
    const yields = (owner: number): boolean => owner !== household.index && !immovable(ledger, owner);
    for (let guard = 0; guard < GUARD; guard++) {
      const over = roster.overLimit(start, end, buffer, NOONE).filter(yields);
      if (over.length === 0) break;
      prices.raise(therapist, start - HALF_DAY, end + HALF_DAY, RAISE / 4);
      roster.add(start, end, buffer, household.index);
      const moved = yield* oneMoves(context, ledger, over, moves);
      roster.remove(start, household.index);
      if (!moved) displaced.push(...takeOut(ledger, anyOther(context, ledger, over, household.index, prices), therapist));
    }
    roster.add(start, end, buffer, household.index);
  }
  for (const row of planned) ledger.rosters[candidates.therapist[row]!]!.remove(candidates.start[row]!, household.index);
  displaced.push(...caseloadRoom(context, ledger, household, plan, prices));
  return displaced;
}

function caseloadRoom(context: SearchContext, ledger: Ledger, household: Household, plan: HouseholdPlan, prices: Prices): number[] {
  const displaced: number[] = [];
  const therapists = new Set<number>();
  for (const row of plan.rows) {
    const role = household.roles[household.candidates.role[row]!]!;
    if (household.candidates.therapist[row]! >= 0 && role.separated) therapists.add(household.candidates.therapist[row]!);
  }
  for (const therapist of therapists) {
    while (ledger.caseload(therapist, household.index) >= context.problem.therapists[therapist]!.caseload) {
      const placed = movableCases(ledger, therapist, household.index);
      if (placed.length === 0) break;
      const free = placed.filter((key) => couldChange(context, key, therapist));
      prices.raiseLoad(therapist, RAISE * context.problem.weekCount);
      displaced.push(...takeOut(ledger, Math.floor(context.random.pick(free.length > 0 ? free : placed) / 3), therapist));
    }
  }
  return displaced;
}

/** Whether an owner in care (household x 3 + owner) could be in somebody else's instead. */
function couldChange({ problem }: SearchContext, key: number, therapist: number): boolean {
  const roles = problem.households[Math.floor(key / 3)]!.roles.filter(
    (role) => role.separated && role.owner === key % 3 && role.domain.includes(therapist),
  );
  return roles.every((role) => role.domain.length > 1);
}

/**
 * One of some duties, if possible none that the household itself attends: of those that the fewest lose their plan with or, where any may
 * yield, sooner one of these.
 */
function anyOther({ random }: SearchContext, ledger: Ledger, owners: readonly number[], self: number, { anyMayYield }: Prices): number {
  const others = owners.filter((owner) => !attends(ledger, owner, self));
  const open = others.length > 0 ? others : owners;
  if (anyMayYield) return random.draw(open, (owner) => 1 / losersOf(ledger, owner));
  const fewest = open.reduce((least, owner) => Math.min(least, losersOf(ledger, owner)), Infinity);
  return random.pick(open.filter((owner) => losersOf(ledger, owner) === fewest));
}

function attends(ledger: Ledger, owner: number, household: number): boolean {
  return owner < 0 && [...ledger.seats[-1 - owner]!.keys()].some((key) => key >> 1 === household);
}

/** Lets the first of some owners that is a household and finds other sessions move to them; false where none is found. */
function* oneMoves(context: SearchContext, ledger: Ledger, owners: readonly number[], moves: Moves | undefined): Generator<void, boolean> {
  if (moves === undefined) return false;
  const households = [...new Set(owners)].filter((owner) => owner >= 0);
  for (const index of context.random.shuffle(households).slice(0, ASKED)) {
    const plan = ledger.remove(index);
    if (plan === undefined) continue;
    if (yield* moves(index)) return true;
    ledger.place(index, plan);
  }
  return false;
}

/** Takes out a household, or lets a meeting find leaders other than a therapist, or nobody; returns the households that have lost their plan. */
function takeOut(ledger: Ledger, owner: number, therapist: number): number[] {
  if (owner >= 0) return dropOut(ledger, owner);
  if (immovable(ledger, owner)) return [];
  const meeting = -1 - owner;
  const { options } = ledger.problem.meetings[meeting]!;
  const others = options.reduce((bits, leaders, option) => (leaders.includes(therapist) ? bits : bits | (1 << option)), 0);
  const option = ledger.freeOption(meeting, ledger.commonOptions(meeting) & others);
  if (option >= 0) {
    ledger.release(meeting);
    ledger.hold(meeting, option);
    return [];
  }
  const households = [...new Set([...ledger.seats[meeting]!.keys()].map((key) => key >> 1))];
  return households.filter((household) => ledger.remove(household) !== undefined);
}

function dropOut(ledger: Ledger, household: number): number[] {
  return ledger.remove(household) === undefined ? [] : [household];
}

/**
 * Takes out households that no longer fit at the meetings of a plan just placed; returns them. Where one of several has to give way, one
 * that finds other sessions does sooner than another.
 */
export function* crowdedOut(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  plan: HouseholdPlan,
  prices: Prices,
  moves?: Moves,
): Generator<void, number[]> {
  const meetings = new Set(plan.rows.map((row) => household.candidates.meeting[row]!));
  for (const index of meetings) {
    if (index < 0) continue;
    if (ledger.seats[index]!.size > context.problem.meetings[index]!.maxSeats || ledger.commonOptions(index) === 0)
      prices.raiseSeat(index, SEAT_RAISE);
  }
  const displaced: number[] = [];
  for (const row of byAttendance(ledger, household, plan)) {
    const index = household.candidates.meeting[row]!;
    const meeting = context.problem.meetings[index]!;
    const seats = (): number[] => movableSeats(ledger, index, household.index);
    const others = (): number[] => seats().map((key) => key >> 1);
    while (ledger.seats[index]!.size > meeting.maxSeats && others().length > 0) {
      const spare = spareSeats(context, ledger, seats(), index).map((key) => key >> 1);
      if (!(yield* oneMoves(context, ledger, spare, moves))) displaced.push(...dropOut(ledger, context.random.pick(spare)));
    }
    const unled = leadersSuit(ledger, index, household);
    if (unled.length > 0) prices.raiseSeat(index, SEAT_RAISE);
    displaced.push(...unled);
    while (ledger.commonOptions(index) === 0 && others().length > 0) {
      const bits = household.candidates.options[row]!;
      const unsuited = [...ledger.seats[index]!]
        .filter(([key, each]) => key >> 1 !== household.index && (each & bits) === 0)
        .map(([key]) => key >> 1);
      displaced.push(...dropOut(ledger, context.random.pick(unsuited.length > 0 ? unsuited : others())));
    }
    displaced.push(...leadersRoom(context, ledger, index, household.index, prices));
  }
  return displaced;
}

/** The group sessions that are not forced, those first that nobody else attends: it is for these that leaders exceed a limit. */
function byAttendance(ledger: Ledger, { candidates }: Household, { rows }: HouseholdPlan): number[] {
  const seats = (row: number): number => ledger.seats[candidates.meeting[row]!]!.size;
  return rows.filter((row) => candidates.meeting[row]! >= 0 && candidates.forced[row] === 0).sort((a, b) => seats(a) - seats(b) || a - b);
}

/** Takes out those whom the best leaders for a household do not suit, where no leaders suit all who attend and are free. */
function leadersSuit(ledger: Ledger, index: number, household: Household): number[] {
  const common = ledger.commonOptions(index);
  if (ledger.problem.meetings[index]!.fixed || ledger.freeOption(index, common) >= 0) return [];
  let bits = -1;
  for (const [key, each] of ledger.seats[index]!) if (key >> 1 === household.index) bits &= each;
  const { option } = bestLeaders(ledger, index, bits, household.index);
  return option < 0 ? [] : unsuited(ledger, index, option, household.index).flatMap((each) => dropOut(ledger, each));
}

/** Makes the leaders of a meeting that is now held free for it. */
function leadersRoom(context: SearchContext, ledger: Ledger, index: number, self: number, prices: Prices): number[] {
  const meeting = context.problem.meetings[index]!;
  if (meeting.fixed || ledger.seats[index]!.size === 0) return [];
  const common = ledger.commonOptions(index);
  const free = ledger.freeOption(index, common);
  if (free >= 0) {
    if (ledger.leaders[index] !== free) {
      ledger.release(index);
      ledger.hold(index, free);
    }
    return [];
  }
  const { option } = cheapestLeaders(ledger, index, common, self);
  if (option >= 0 && option !== ledger.leaders[index]) {
    ledger.release(index);
    ledger.hold(index, option);
  }
  const displaced: number[] = [];
  for (const therapist of meeting.options[ledger.leaders[index]!] ?? []) {
    const roster = ledger.rosters[therapist]!;
    const { start, end, buffer } = meeting;
    for (const owner of roster.clashes(start, end, buffer, -1 - index)) {
      if (owner === self) continue;
      prices.raise(therapist, start, end + buffer, RAISE);
      prices.raiseHold(index, SEAT_RAISE);
      displaced.push(...takeOut(ledger, owner, therapist));
    }
    for (let guard = 0; guard < GUARD; guard++) {
      const over = roster.overLimit(start, end, buffer, -1 - index).filter((owner) => owner !== self && !immovable(ledger, owner));
      if (over.length === 0) break;
      prices.raise(therapist, start - HALF_DAY, end + HALF_DAY, RAISE / 4);
      prices.raiseHold(index, SEAT_RAISE);
      displaced.push(...takeOut(ledger, anyOther(context, ledger, over, self, prices), therapist));
    }
  }
  return displaced;
}
