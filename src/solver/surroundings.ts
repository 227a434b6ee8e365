import type { Household, Role } from '../model/problem.ts';
import { CLOSED, SHUT, type Ledger } from './ledger.ts';
import { FIXED } from './roster.ts';

/** How a household sees what others have taken. */
export interface View {
  /** Cost of taking what `count` others hold; Infinity where nothing may be taken from others. */
  conflict: number;
  /** Learned price of a therapist's time, per minute slot; and of a seat. */
  prices: Prices;
  /** Cost of joining a meeting that has fewer than its minimum, per seat missing. */
  lonely: number;
  /** Times at which groups that choose theirs may meet for this household, open ones or, at the cost of a conflict, shut ones. */
  reopen?: ReadonlySet<number>;
}

/** How much more a session of the household itself weighs than one of another, where a meeting's leaders are sought. */
const OWN_LOSS = 100;
/** By what share a price rises at least each time. */
const GROWTH = 0.3;

/** Prices that rise where households have met in conflict. */
export class Prices {
  private readonly time: Map<number, Float64Array> = new Map();
  readonly seat: Float64Array;
  /** Of a meeting that nobody attends yet, since its leaders are wanted elsewhere. */
  readonly hold: Float64Array;
  /** What a seat is worth at a meeting that lacks attendees, once one more would make it complete; the fewer attend, the less. */
  readonly pull: Float64Array;
  /** Whether any duty may give way where a therapist has too many, rather than one with which the fewest lose their plan. */
  anyMayYield = false;
  /** Per therapist: of one more case. */
  readonly load = new Map<number, number>();

  /** @param base what a household's sessions cost beside all that, if anything */
  constructor(
    meetings: number,
    private readonly minutes: number,
    readonly base?: (household: Household) => Float64Array,
  ) {
    this.seat = new Float64Array(meetings);
    this.hold = new Float64Array(meetings);
    this.pull = new Float64Array(meetings);
  }

  /** Forgets what was learned. */
  forget(): void {
    this.time.clear();
    this.load.clear();
    for (const prices of [this.seat, this.hold, this.pull]) prices.fill(0);
  }

  /** Sum over the quarter hours that a stretch touches. */
  ofTime(therapist: number, start: number, end: number): number {
    const cells = this.time.get(therapist);
    if (cells === undefined) return 0;
    let price = 0;
    for (let cell = Math.max(0, Math.floor(start / 15)); cell * 15 < end && cell < cells.length; cell++) price += cells[cell]!;
    return price;
  }

  /** Raises the price of a seat. */
  raiseSeat(meeting: number, by: number): void {
    this.seat[meeting]! += Math.max(by, GROWTH * this.seat[meeting]!);
  }

  /** Raises the price of holding a meeting. */
  raiseHold(meeting: number, by: number): void {
    this.hold[meeting]! += Math.max(by, GROWTH * this.hold[meeting]!);
  }

  /** Raises the price of one more case of a therapist. */
  raiseLoad(therapist: number, by: number): void {
    const load = this.load.get(therapist) ?? 0;
    this.load.set(therapist, load + Math.max(by, GROWTH * load));
  }

  raise(therapist: number, start: number, end: number, by: number): void {
    let cells = this.time.get(therapist);
    if (cells === undefined) {
      cells = new Float64Array(Math.ceil(this.minutes / 15) + 1);
      this.time.set(therapist, cells);
    }
    for (let cell = Math.max(0, Math.floor(start / 15)); cell * 15 < end && cell < cells.length; cell++)
      cells[cell]! += Math.max(by, GROWTH * cells[cell]!);
  }
}

/** What each row costs a household beyond itself, given the ledger without the household. */
export function extraCosts(ledger: Ledger, household: Household, view: View): Float64Array {
  const { candidates } = household;
  const extra = view.prices.base?.(household) ?? new Float64Array(candidates.count);
  for (let row = 0; row < candidates.count; row++) {
    if (candidates.forced[row] === 0) extra[row]! += extraCost(ledger, household, row, view);
  }
  return extra;
}

/** What one row costs a household beyond itself. */
export function extraCost(ledger: Ledger, household: Household, row: number, view: View): number {
  const { candidates, roles } = household;
  if (candidates.meeting[row]! >= 0) return meetingCost(ledger, household, row, view);
  const { buffer } = roles[candidates.role[row]!]!;
  return timeCost(ledger, household, row, buffer, view) + caseCost(ledger, household, row, view);
}

/** Cost of a case beyond the caseload, for a session of a role that may change therapist: it has no choice that would tell it. */
function caseCost(ledger: Ledger, household: Household, row: number, view: View): number {
  const role = household.roles[household.candidates.role[row]!]!;
  if (!role.separated || role.continuity === 'strict') return 0;
  return moreCases(ledger, household, role, household.candidates.therapist[row]!, view);
}

function timeCost(ledger: Ledger, household: Household, row: number, buffer: number, view: View): number {
  const { candidates } = household;
  const therapist = candidates.therapist[row]!;
  const start = candidates.start[row]!;
  const end = candidates.end[row]!;
  const roster = ledger.rosters[therapist]!;
  const clashes = roster.clashes(start, end, buffer, household.index);
  const over = roster.overLimit(start, end, buffer, household.index);
  if (clashes.length + over.length === 0) return view.prices.ofTime(therapist, start, end + buffer);
  const yields = (owner: number): boolean => !immovable(ledger, owner);
  if (!clashes.every(yields) || (over.length > 0 && !over.some(yields))) return Infinity;
  const fewest = over.filter(yields).reduce((least, owner) => Math.min(least, losersOf(ledger, owner)), Infinity);
  const losers = clashes.reduce((sum, owner) => sum + losersOf(ledger, owner), over.length > 0 ? fewest : 0);
  return view.prices.ofTime(therapist, start, end + buffer) + view.conflict * losers;
}

/**
 * Of some options (bits) of leaders the one for which the fewest lose their plan; -1 where none can be made free. Sessions of `self`
 * weigh more than others.
 */
export function cheapestLeaders(ledger: Ledger, index: number, options: number, self: number): { option: number; losers: number } {
  const { options: all, start, end, buffer } = ledger.problem.meetings[index]!;
  let best = { option: -1, losers: Infinity };
  all.forEach((leaders, option) => {
    if ((options & (1 << option)) === 0) return;
    let losers = 0;
    for (const leader of leaders) {
      const roster = ledger.rosters[leader]!;
      for (const owner of roster.clashes(start, end, buffer, -1 - index)) {
        losers += immovable(ledger, owner) ? Infinity : owner === self ? OWN_LOSS : losersOf(ledger, owner);
      }
      if (roster.overLimit(start, end, buffer, -1 - index).length > 0) losers += 1;
    }
    if (losers < best.losers) best = { option, losers };
  });
  return best;
}

/**
 * Of some options (bits) of leaders the one for which the fewest lose their plan: by what the leaders do then, or since the leaders do
 * not suit all who attend.
 */
export function bestLeaders(ledger: Ledger, index: number, options: number, self: number): { option: number; losers: number } {
  let best = { option: -1, losers: Infinity };
  for (let option = 0; option < ledger.problem.meetings[index]!.options.length; option++) {
    if ((options & (1 << option)) === 0) continue;
    const losers = cheapestLeaders(ledger, index, 1 << option, self).losers + unsuited(ledger, index, option, self).length;
    if (losers < best.losers) best = { option, losers };
  }
  return best;
}

/** Other households that attend a meeting and whom an option of leaders does not suit. */
export function unsuited(ledger: Ledger, index: number, option: number, self: number): number[] {
  const seats = [...ledger.seats[index]!].filter(([key, bits]) => key >> 1 !== self && (bits & (1 << option)) === 0);
  return [...new Set(seats.map(([key]) => key >> 1))];
}

/** How many lose their plan with a duty: one for a session, all who attend for a meeting. */
export function losersOf(ledger: Ledger, owner: number): number {
  if (owner >= 0 || owner <= FIXED) return 1;
  return Math.max(1, ledger.seats[-1 - owner]!.size);
}

/** An owner that no duty has. */
export const NOONE = 1e15;

/** Whether a duty cannot give way: bookings that stand, meetings that they fix, and what firm households have. */
export function immovable(ledger: Ledger, owner: number): boolean {
  if (owner >= 0) return ledger.firm.has(owner);
  return owner <= FIXED || ledger.problem.meetings[-1 - owner]!.fixed || (ledger.firm.size > 0 && isFirm(ledger, -1 - owner));
}

function isFirm(ledger: Ledger, meeting: number): boolean {
  return [...ledger.seats[meeting]!.keys()].some((key) => ledger.firm.has(key >> 1));
}

/** Seats at a meeting (household x 2 + person), those of a household left out, that could be somebody else's. */
export function movableSeats({ seats, booked, firm }: Ledger, meeting: number, except: number): number[] {
  return [...seats[meeting]!.keys()].filter((key) => key >> 1 !== except && !booked[meeting]!.has(key) && !firm.has(key >> 1));
}

function meetingCost(ledger: Ledger, household: Household, row: number, view: View): number {
  const index = household.candidates.meeting[row]!;
  const meeting = ledger.problem.meetings[index]!;
  if (ledger.closed[index] === CLOSED || meeting.fact || ledger.booked[index]!.size >= meeting.maxSeats) return Infinity;
  const chooses = ledger.problem.groups[meeting.group]!.weeklyCount < Infinity;
  if (view.reopen === undefined ? ledger.closed[index] === SHUT : chooses && !view.reopen.has(index)) return Infinity;
  const seats = ledger.seats[index]!.size;
  const options = household.candidates.options[row]! & ledger.commonOptions(index);
  let cost = view.prices.seat[index]! + (seats === 0 ? view.prices.hold[index]! : 0) + (ledger.closed[index] === SHUT ? view.conflict : 0);
  if (seats >= meeting.maxSeats) {
    if (ledger.firm.size > 0 && movableSeats(ledger, index, household.index).length === 0) return Infinity;
    cost += view.conflict + view.prices.seat[index]!;
  } else if (meeting.fixed) cost += options === 0 ? view.conflict : 0;
  else if (ledger.leaders[index]! < 0 || (options & (1 << ledger.leaders[index]!)) === 0) {
    if (ledger.freeOption(index, options) < 0) {
      const { losers } = bestLeaders(ledger, index, household.candidates.options[row]!, household.index);
      if (losers === Infinity) return Infinity;
      cost += view.conflict * Math.max(1, losers) + (seats > 0 ? view.prices.hold[index]! : 0);
    }
  }
  if (seats < meeting.minSeats && !meeting.fixed) {
    cost += view.lonely * (meeting.minSeats - seats) - (view.prices.pull[index]! * (seats + 1)) / meeting.minSeats;
  }
  return cost;
}

/** Cost of giving a role to a therapist beyond the caseload, as seen without the household. */
export function caseloadCost(ledger: Ledger, household: Household, view: View): (role: number, server: number) => number {
  return (index, server) => {
    const role = household.roles[index]!;
    return role.separated && server >= 0 ? moreCases(ledger, household, role, server, view) : 0;
  };
}

/** Cost of one more case of a therapist; nothing where bookings that stand have made it one. */
function moreCases(ledger: Ledger, household: Household, role: Role, therapist: number, view: View): number {
  if (ledger.cases[therapist]!.has(household.index * 3 + role.owner)) return 0;
  const full = ledger.caseload(therapist, household.index) >= ledger.problem.therapists[therapist]!.caseload;
  if (full && movableCases(ledger, therapist, household.index).length === 0) return Infinity;
  return (view.prices.load.get(therapist) ?? 0) + (full ? view.conflict : 0);
}

/** Cases of a therapist (household x 3 + owner), those of a household left out, that could be somebody else's. */
export function movableCases({ cases, bookedCases, firm }: Ledger, therapist: number, except: number): number[] {
  const household = (key: number): number => Math.floor(key / 3);
  const all = [...cases[therapist]!.keys()];
  return all.filter((key) => household(key) !== except && !bookedCases[therapist]!.has(key) && !firm.has(household(key)));
}
