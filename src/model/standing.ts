import type { ParsedProgram } from '../domain/program.ts';
import type { BookingEntries } from './entries.ts';
import { weekOf, type Frame } from './frame.ts';
import { localOfPerson } from './people.ts';
import type { Staff } from './staff.ts';

/** A booking that stands, fact or locked, in the time of one person. */
interface Standing {
  /** Index among the bookings. */
  index: number;
  fact: boolean;
  start: number;
  end: number;
  /** End with the therapist's buffer. */
  busyEnd: number;
}

/**
 * Locked bookings (by index) that cannot stand beside others that stand: they take the same time of a person, or are too much for a
 * therapist's day, week or run. What facts alone break is no contradiction.
 */
export function clashingBookings(frame: Frame, program: ParsedProgram, staff: readonly Staff[], bookings: BookingEntries): number[] {
  const found = new Set<number>();
  const tell = (clashing: readonly Standing[]): void => {
    for (const { index, fact } of clashing) if (!fact) found.add(index);
  };
  const { ofTherapists, ofAttendees } = standingBookings(program, bookings);
  for (const standing of ofAttendees.values()) for (const pair of overlaps(standing, ({ end }) => end)) tell(pair);
  for (const each of staff) {
    const standing = ofTherapists.get(each.therapist.id);
    if (standing === undefined) continue;
    for (const pair of overlaps(standing, ({ busyEnd }) => busyEnd)) tell(pair);
    for (const tooMuch of beyondLimits(frame, each, standing)) tell(tooMuch);
  }
  return [...found].sort((a, b) => a - b);
}

/** By person, by start. */
function standingBookings(
  program: ParsedProgram,
  bookings: BookingEntries,
): Record<'ofTherapists' | 'ofAttendees', Map<string, Standing[]>> {
  const services = new Map(program.services.map((service) => [service.id, service]));
  const ofTherapists = new Map<string, Standing[]>();
  const ofAttendees = new Map<string, Standing[]>();
  for (const { booking, index, start } of bookings.all) {
    if (booking.state === 'movable') continue;
    const { minutes, bufferMinutes } = services.get(booking.service)!;
    const one = { index, fact: booking.state !== 'locked', start, end: start + minutes, busyEnd: start + minutes + bufferMinutes };
    for (const id of booking.therapists) add(ofTherapists, id, one);
    for (const id of booking.attendees) add(ofAttendees, id, one);
  }
  for (const list of [...ofTherapists.values(), ...ofAttendees.values()]) list.sort((a, b) => a.start - b.start);
  return { ofTherapists, ofAttendees };
}

function add<K>(lists: Map<K, Standing[]>, key: K, one: Standing): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
}

/** Pairs of which the later one starts before the earlier one is over. */
function overlaps(standing: readonly Standing[], over: (one: Standing) => number): [Standing, Standing][] {
  return standing.flatMap((one, at) => {
    const pairs: [Standing, Standing][] = [];
    for (let next = at + 1; next < standing.length && standing[next]!.start < over(one); next++) pairs.push([one, standing[next]!]);
    return pairs;
  });
}

/** Sets of sessions whose minutes on a date, in a week or in a run are more than the therapist's limit. */
function beyondLimits(frame: Frame, { therapist: { limits }, times }: Staff, standing: readonly Standing[]): Standing[][] {
  const dates = new Map<number, Standing[]>();
  const weeks = new Map<number, Standing[]>();
  for (const one of standing) {
    const { day } = localOfPerson(frame, times, one.start);
    add(dates, day, one);
    add(weeks, weekOf(frame, day), one);
  }
  return [
    ...beyond(dates.values(), limits.dailyMinutes),
    ...beyond(weeks.values(), limits.weeklyMinutes),
    ...beyond(runsOf(standing, limits.run?.breakMinutes ?? 0), limits.run?.minutes),
  ];
}

function beyond(sets: Iterable<Standing[]>, limit = Infinity): Standing[][] {
  return [...sets].filter((set) => set.reduce((minutes, { start, end }) => minutes + end - start, 0) > limit);
}

function runsOf(standing: readonly Standing[], breakMinutes: number): Standing[][] {
  const runs: Standing[][] = [];
  let restedAt = -Infinity;
  for (const one of standing) {
    if (one.start < restedAt) runs.at(-1)!.push(one);
    else runs.push([one]);
    restedAt = Math.max(restedAt, one.busyEnd + breakMinutes);
  }
  return runs;
}
