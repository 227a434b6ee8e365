import type { ParsedBooking } from '../domain/booking.ts';
import type { Session } from '../domain/plan.ts';
import { finish, type Steps } from '../domain/steps.ts';
import { isoFromMinute } from '../time/instant.ts';
import { minuteNumber } from './frame.ts';
import type { Compiled } from './compile.ts';
import { COUPLE, type Household } from './problem.ts';

/** What the solver chose: rows per household, and the option of leaders per meeting (-1: not held). */
export interface Assignment {
  rows: readonly (readonly number[])[];
  leaders: Int32Array;
}

/** A session before its id is known. */
interface Unnamed {
  /** Relative start. */
  start: number;
  session: Omit<Session, 'id'>;
  /** What ids count within: owner or group, service, week. */
  series: string;
  /** Bookings that it may come from: those of the same owner or group and service. */
  family: string;
  /** Booking whose session it is, at the booking's own time. */
  kept: ParsedBooking | undefined;
}

/** Sessions of an assignment, by start, then id. Ids come from owner, service, week and number, or from the booking. */
export function decode(compiled: Compiled, assignment: Assignment): Session[] {
  return finish(decodeInSteps(compiled, assignment));
}

export function* decodeInSteps(compiled: Compiled, assignment: Assignment): Steps<Session[]> {
  const unnamed = [...(yield* ownSessions(compiled, assignment)), ...(yield* groupSessions(compiled, assignment))];
  yield;
  unnamed.sort((a, b) => a.start - b.start || compare(a.series, b.series));
  yield;
  const bookings = matchBookings(compiled, unnamed);
  const taken = new Set(compiled.program.bookings.map((booking) => booking.id));
  const numbers = new Map<string, number>();
  const sessions: Session[] = [];
  for (const [index, each] of unnamed.entries()) {
    yield;
    const number = (numbers.get(each.series) ?? 0) + 1;
    numbers.set(each.series, number);
    const booking = bookings[index];
    let id = booking?.id ?? `${each.series}:${number}`;
    while (booking === undefined && taken.has(id)) id += '+';
    taken.add(id);
    sessions.push({ id, ...each.session, ...(booking === undefined ? {} : { booking: booking.id }) });
  }
  return sessions.sort((a, b) => compare(a.start, b.start) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function* ownSessions(compiled: Compiled, assignment: Assignment): Steps<Unnamed[]> {
  const found: Unnamed[] = [];
  for (const [index, household] of compiled.problem.households.entries()) {
    yield;
    for (const row of assignment.rows[index] ?? []) {
      if (household.candidates.meeting[row]! < 0) found.push(ownSession(compiled, household, row));
    }
  }
  return found;
}

function ownSession(compiled: Compiled, household: Household, row: number): Unnamed {
  const { candidates, roles } = household;
  const role = roles[candidates.role[row]!]!;
  const names = compiled.households[household.index]!;
  const owner = role.owner === COUPLE ? names.couple! : names.persons[role.owner]!;
  const service = compiled.program.services[role.service]!.id;
  const booking = candidates.booking[row]! < 0 ? undefined : compiled.program.bookings[candidates.booking[row]!];
  return {
    start: candidates.start[row]!,
    session: {
      service,
      ...times(compiled, candidates.start[row]!, candidates.end[row]!),
      therapists: [compiled.program.therapists[candidates.therapist[row]!]!.id],
      attendees: (role.owner === COUPLE ? [...names.persons] : [owner]).sort(),
      ...(role.owner === COUPLE ? { couple: owner } : {}),
    },
    series: `${owner}:${service}:w${candidates.week[row]!}`,
    family: `${owner}:${service}`,
    kept: booking,
  };
}

function times(compiled: Compiled, start: number, end: number): { start: string; end: string } {
  const { origin } = compiled.frame;
  return { start: isoFromMinute(origin + start), end: isoFromMinute(origin + end) };
}

function* groupSessions(compiled: Compiled, assignment: Assignment): Steps<Unnamed[]> {
  const attendees = compiled.problem.meetings.map((): string[] => []);
  for (const [index, household] of compiled.problem.households.entries()) {
    yield;
    for (const row of assignment.rows[index] ?? []) {
      const meeting = household.candidates.meeting[row]!;
      if (meeting >= 0) attendees[meeting]!.push(compiled.households[index]!.persons[household.candidates.persons[row]! - 1]!);
    }
  }
  yield;
  return compiled.problem.meetings.flatMap((meeting, index) => {
    const group = compiled.program.groups[meeting.group]!;
    const booking = meeting.booking < 0 ? undefined : compiled.program.bookings[meeting.booking]!;
    const option = meeting.options[assignment.leaders[index]!];
    if (attendees[index]!.length === 0 && !meeting.fixed) return [];
    const leaders =
      meeting.fixed && booking !== undefined ? [...booking.therapists] : option!.map((each) => compiled.program.therapists[each]!.id);
    const everyone = meeting.fact
      ? [...booking!.attendees]
      : [...new Set([...(meeting.fixed ? booking!.attendees : []), ...attendees[index]!])];
    return [
      {
        start: meeting.start,
        session: {
          service: group.service,
          ...times(compiled, meeting.start, meeting.end),
          therapists: leaders.sort(),
          attendees: everyone.sort(),
          group: group.id,
        },
        series: `${group.id}:${group.service}:w${meeting.week}`,
        family: group.id,
        kept: booking,
      },
    ];
  });
}

/** Booking of each session: kept ones first, then the other movable ones, earliest first, to sessions of the same family. */
function matchBookings(compiled: Compiled, unnamed: readonly Unnamed[]): (ParsedBooking | undefined)[] {
  const { program, frame } = compiled;
  const result = unnamed.map((each) => each.kept);
  const used = new Set(result.filter((each) => each !== undefined));
  const near = (start: number): number => (start < frame.notBefore + 48 * 60 ? 1 : 0);
  const open = program.bookings
    .filter((booking) => booking.state === 'movable' && !used.has(booking))
    .map((booking) => ({ booking, start: minuteNumber(booking.start) - frame.origin }))
    .filter(({ start }) => start >= 0)
    .sort((a, b) => near(a.start) - near(b.start) || a.start - b.start);
  const free = new Map<string, number[]>();
  if (open.length > 0) {
    unnamed.forEach(({ family }, index) => {
      if (result[index] === undefined) free.set(family, [...(free.get(family) ?? []), index]);
    });
  }
  for (const { booking } of open) {
    const at = free.get(booking.group ?? `${booking.couple ?? booking.attendees[0]!}:${booking.service}`)?.shift();
    if (at !== undefined) result[at] = booking;
  }
  return result;
}
