import type { ParsedBooking } from '../domain/booking.ts';
import type { Session } from '../domain/plan.ts';
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
  const unnamed = [...ownSessions(compiled, assignment), ...groupSessions(compiled, assignment)];
  unnamed.sort((a, b) => compare(a.session.start, b.session.start) || compare(a.series, b.series));
  const bookings = matchBookings(compiled, unnamed);
  const taken = new Set(compiled.program.bookings.map((booking) => booking.id));
  const numbers = new Map<string, number>();
  const sessions = unnamed.map((each, index) => {
    const number = (numbers.get(each.series) ?? 0) + 1;
    numbers.set(each.series, number);
    const booking = bookings[index];
    if (booking !== undefined) return { id: booking.id, ...each.session, booking: booking.id };
    let id = `${each.series}:${number}`;
    while (taken.has(id)) id += '+';
    taken.add(id);
    return { id, ...each.session };
  });
  return sessions.sort((a, b) => compare(a.start, b.start) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function ownSessions(compiled: Compiled, assignment: Assignment): Unnamed[] {
  const found: Unnamed[] = [];
  compiled.problem.households.forEach((household, index) => {
    for (const row of assignment.rows[index] ?? []) {
      if (household.candidates.meeting[row]! < 0) found.push(ownSession(compiled, household, row));
    }
  });
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

function groupSessions(compiled: Compiled, assignment: Assignment): Unnamed[] {
  const attendees = compiled.problem.meetings.map((): string[] => []);
  compiled.problem.households.forEach((household, index) => {
    for (const row of assignment.rows[index] ?? []) {
      const meeting = household.candidates.meeting[row]!;
      if (meeting >= 0) attendees[meeting]!.push(compiled.households[index]!.persons[household.candidates.persons[row]! - 1]!);
    }
  });
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
  const near = (booking: ParsedBooking): number => (minuteNumber(booking.start) - frame.origin < frame.notBefore + 48 * 60 ? 1 : 0);
  const open = program.bookings
    .filter((booking) => booking.state === 'movable' && !used.has(booking) && minuteNumber(booking.start) >= frame.origin)
    .sort((a, b) => near(a) - near(b) || minuteNumber(a.start) - minuteNumber(b.start));
  for (const booking of open) {
    const family = booking.group ?? `${booking.couple ?? booking.attendees[0]!}:${booking.service}`;
    const at = unnamed.findIndex((each, index) => each.family === family && result[index] === undefined);
    if (at >= 0) result[at] = booking;
  }
  return result;
}
