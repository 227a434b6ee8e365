import type { ParsedCareItem } from '../domain/care.ts';
import type { ParsedCouple } from '../domain/couple.ts';
import type { ParsedPartner } from '../domain/person.ts';
import type { ParsedPolicy } from '../domain/policy.ts';
import type { ParsedProgram } from '../domain/program.ts';
import type { ParsedService } from '../domain/service.ts';
import { weekdayOf } from '../time/calendar.ts';
import { intersect, union } from '../time/interval.ts';
import { expandWindows, windowsByDay } from '../time/recurrence.ts';
import { instantOf } from '../time/zone.ts';
import type { BookingEntry } from './entries.ts';
import { covers, dayNumber, holds, localTime, spansOf, touches, weekOf, type Frame } from './frame.ts';
import { locationAt, localOfPerson, personTimes, type PersonTimes } from './people.ts';
import type { COUPLE } from './problem.ts';
import { type Meeting, type Spans } from './problem.ts';
import type { Staff } from './staff.ts';
import type { StaffSet, StaffSets } from './staff-sets.ts';
import { careClock, rulesIn, stayOf, type CareClock, type PartialWeeks } from './weeks.ts';

/** What every household is compiled against. */
export interface Workshop {
  frame: Frame;
  program: ParsedProgram;
  services: Map<string, ParsedService>;
  serviceIndex: Map<string, number>;
  staff: Staff[];
  staffById: Map<string, Staff>;
  staffByService: ReadonlyMap<string, Staff[]>;
  staffSets: StaffSets;
  /** Who offers each service, by its id. */
  offering: ReadonlyMap<string, StaffSet>;
  groupIndex: Map<string, number>;
  meetings: Meeting[];
  /** Meetings that others may join than those whom bookings name, by service id. */
  joinable: ReadonlyMap<string, MeetingsByStart>;
  meetingOfBooking: Map<string, number>;
  bookingsByAttendee: ReadonlyMap<string, BookingEntry[]>;
}

/** Meetings in order of start. */
export interface MeetingsByStart {
  indexes: number[];
  starts: Int32Array;
  ends: Int32Array;
}

export interface Member {
  partner: ParsedPartner;
  times: PersonTimes;
  policy: ParsedPolicy | undefined;
  clock: CareClock;
  /** Windows of `prefers.times`, by relative date on which they start: relative minutes. */
  preferred: Map<number, PreferredWindow[]> | undefined;
}

interface PreferredWindow {
  start: number;
  end: number;
  /** Whether it reaches into the next date. */
  over: boolean;
}

/** When a session of a role (by index) would be that has no week of the horizon; `persons` are the bits of its attendees. */
interface OffWeek {
  role: number;
  start: number;
  end: number;
  persons: number;
  week: number;
  slot: number;
}

/** A household while compiling. */
export interface HouseholdSource {
  members: Member[];
  couple: ParsedCouple | undefined;
  /** Weeks of joint care; the first member's own for a client. */
  coupleClock: CareClock;
  /** Relative date from which the joint gate is open: Infinity where it stays closed. */
  gateFrom: number;
  coLocated: Spans;
  covered: Spans;
  /** What `startAt` has found. */
  starts: Map<number, LocalStart>;
  /** Bookings of either member, by start; each once. */
  bookings: BookingEntry[];
  /** Sessions left out, since on their owner's clock they lie in a week before or after those of the horizon. */
  offWeeks: OffWeek[];
}

export function householdSource(shop: Workshop, partners: readonly ParsedPartner[], couple: ParsedCouple | undefined): HouseholdSource {
  const members = partners.map((partner) => memberOf(shop, partner));
  const [first, second] = members as [Member, Member?];
  const bookings = new Set(partners.flatMap((partner) => shop.bookingsByAttendee.get(partner.id) ?? []));
  let coupleClock = first.clock;
  if (second !== undefined) {
    const stay = {
      from: Math.max(first.clock.stay.from, second.clock.stay.from),
      to: Math.min(first.clock.stay.to, second.clock.stay.to),
    };
    const enforced = (week: number): boolean => [first, second].every((member) => member.clock.partial(week) === 'enforce');
    coupleClock = careClock(
      shop.frame,
      stay,
      () => shop.frame.zone,
      (week) => (enforced(week) ? 'enforce' : 'exempt'),
    );
  }
  return {
    members,
    couple,
    coupleClock,
    gateFrom: gateFrom(shop.frame, couple),
    starts: new Map(),
    coLocated: second === undefined ? new Int32Array(0) : coLocated(shop.frame, first, second),
    covered: coveredSpans(shop.frame, couple),
    bookings: [...bookings].sort((a, b) => a.start - b.start || a.index - b.index),
    offWeeks: [],
  };
}

function memberOf(shop: Workshop, partner: ParsedPartner): Member {
  const { frame, program } = shop;
  const policy = partner.policy === undefined ? undefined : program.policies.find((each) => each.id === partner.policy);
  const times = personTimes(frame, partner);
  const stay = stayOf(frame, partner.stay);
  const firstWeek = weekOf(frame, stay.from);
  const partial = (week: number): PartialWeeks =>
    policy === undefined ? 'exempt' : (rulesIn(policy, week - firstWeek + 1).partialWeeks ?? 'exempt');
  return {
    partner,
    times,
    policy,
    clock: careClock(frame, stay, times.zoneOn, partial),
    preferred: preferredTimes(frame, partner, times),
  };
}

/** Preferred windows on the person's own clock, per date on which they start. */
function preferredTimes(frame: Frame, partner: ParsedPartner, times: PersonTimes): Member['preferred'] {
  const windows = partner.prefers.times;
  if (windows === undefined) return undefined;
  const byDay = new Map<number, PreferredWindow[]>();
  const zoneOn = (day: number): string => locationAt(times, (day - frame.firstDay) * 1440 + 720).zone;
  for (const [day, spans] of windowsByDay(windows, zoneOn, frame.firstDay - 2, frame.firstDay + frame.dayCount + 1)) {
    const midnight = instantOf(zoneOn(day), day + 1, 0);
    byDay.set(
      day - frame.firstDay,
      spans.map(({ start, end }) => ({ start: start - frame.origin, end: end - frame.origin, over: end > midnight })),
    );
  }
  return byDay;
}

/** Units of `preferred-times` of a session for one member, 0 to 16; `day` is its local date. */
export function preferredUnits(member: Member, day: number, start: number, end: number): number {
  if (member.preferred === undefined) return 0;
  let least = Infinity;
  for (const window of member.preferred.get(day) ?? []) {
    least = Math.min(least, Math.max(0, window.start - start) + Math.max(0, end - window.end));
  }
  for (const window of member.preferred.get(day - 1) ?? []) {
    if (window.over) least = Math.min(least, Math.max(0, window.start - start) + Math.max(0, end - window.end));
  }
  return Math.min(16, Math.ceil(least / 15));
}

/** When both are in the same zone and state. */
function coLocated(frame: Frame, first: Member, second: Member): Spans {
  const cuts = [...new Set([0, ...first.times.since, ...second.times.since])].filter((at) => at >= 0 && at < frame.minutes);
  cuts.sort((a, b) => a - b);
  const spans = cuts.map((start, index) => ({ start, end: cuts[index + 1] ?? frame.minutes }));
  const together = spans.filter(({ start }) => {
    const a = locationAt(first.times, start);
    const b = locationAt(second.times, start);
    return a.zone === b.zone && a.state === b.state;
  });
  return spansOf(union(together), 0);
}

/** When childcare covers; the whole horizon where none is asked for. */
function coveredSpans(frame: Frame, couple: ParsedCouple | undefined): Spans {
  const whole = { start: frame.origin, end: frame.origin + frame.minutes };
  const childcare = couple?.household.childcare;
  if (childcare === undefined) return spansOf([whole], frame.origin);
  const { zone, covered } = childcare;
  const windows = expandWindows(covered, () => zone, frame.firstDay - 2, frame.firstDay + frame.dayCount + 1);
  return spansOf(intersect(union(windows), [whole]), frame.origin);
}

/** Whether both may be in session together from `start` to `end`: they live apart then, or childcare covers it all. */
export function childcareAllows(source: HouseholdSource, start: number, end: number): boolean {
  if (source.couple?.household.childcare === undefined || !holds(source.coLocated, start)) return true;
  return covers(source.covered, start, end);
}

function gateFrom(frame: Frame, couple: ParsedCouple | undefined): number {
  if (couple === undefined) return -Infinity;
  const { status, from } = couple.jointWork;
  if (status !== 'cleared') return Infinity;
  return from === undefined ? -Infinity : dayNumber(from) - frame.firstDay;
}

/** Whether the joint gate is closed on a relative date of the horizon's clock. */
export function gateClosed(source: HouseholdSource, day: number): boolean {
  return day < source.gateFrom;
}

/** A start on the clocks of the first member, the second (the first's for a client) and the horizon. */
export interface LocalStart {
  /** Relative dates. */
  days: [number, number, number];
  /** Weekday x 1440 + local minute. */
  slots: [number, number, number];
}

/** A start on the clocks of a household, which its roles share. */
export function startAt(shop: Workshop, source: HouseholdSource, start: number): LocalStart {
  const known = source.starts.get(start);
  if (known !== undefined) return known;
  const { frame } = shop;
  const [first, second] = source.members as [Member, Member?];
  const locals = [
    localOfPerson(frame, first.times, start),
    localOfPerson(frame, (second ?? first).times, start),
    localTime(frame, frame.zone, start),
  ] as const;
  const slotOf = ({ day, minute }: { day: number; minute: number }): number => weekdayOf(day + frame.firstDay) * 1440 + minute;
  const found: LocalStart = {
    days: [locals[0].day, locals[1].day, locals[2].day],
    slots: [slotOf(locals[0]), slotOf(locals[1]), slotOf(locals[2])],
  };
  source.starts.set(start, found);
  return found;
}

/** Local dates of a start on the clocks of the first member, the second (the first's for a client) and the horizon. */
export function daysAt(shop: Workshop, source: HouseholdSource, start: number): [number, number, number] {
  return startAt(shop, source, start).days;
}

/** Owner's weekday x 1440 + local minute, and week, of a start. */
export function slotAt(shop: Workshop, source: HouseholdSource, owner: number, start: number): { slot: number; week: number } {
  const { days, slots } = startAt(shop, source, start);
  const clock = owner as 0 | 1 | typeof COUPLE;
  return { slot: slots[clock], week: weekOf(shop.frame, days[clock]) };
}

export function inStay(clock: CareClock, day: number): boolean {
  return day >= clock.stay.from && day <= clock.stay.to;
}

export function clearOfClosures(frame: Frame, start: number, end: number): boolean {
  return !touches(frame.closures, start, end);
}

/** The item of a service that is active in a week of care. */
export function careItemIn(care: readonly ParsedCareItem[], service: string, careWeek: number): ParsedCareItem | undefined {
  return care.find((item) => item.service === service && item.fromWeek <= careWeek && careWeek <= (item.toWeek ?? Infinity));
}
