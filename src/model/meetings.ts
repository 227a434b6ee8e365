import type { ParsedBooking } from '../domain/booking.ts';
import type { ParsedGroup } from '../domain/group.ts';
import type { ParsedProgram } from '../domain/program.ts';
import type { ParsedService } from '../domain/service.ts';
import { WEEKDAYS, weekdayOf } from '../time/calendar.ts';
import { minutesFromWall } from '../time/instant.ts';
import { union } from '../time/interval.ts';
import { expandWindows } from '../time/recurrence.ts';
import { instantOf } from '../time/zone.ts';
import type { BookingEntries, BookingEntry } from './entries.ts';
import { covers, dayNumber, localTime, spansOf, touches, weekOf, type Frame } from './frame.ts';
import { isAvailable } from './people.ts';
import type { GroupModel, Meeting, MovableMeeting } from './problem.ts';
import { hasRoomFor, type Staff } from './staff.ts';

/** Sets of leaders looked at for one meeting; beyond it, the first ones in the order given. */
const MAX_OPTIONS = 30;

export interface Meetings {
  groups: GroupModel[];
  meetings: Meeting[];
  /** Index of the meeting that a booking stands for. */
  byBooking: Map<string, number>;
  /** Locked bookings (by index) whose leaders have no time for them, whose date is closed, or which hold more than the group has seats. */
  contradictions: number[];
}

/** All times at which groups may meet, sorted by group and start; bookings of meetings stand among them. Pauses after each group. */
export function* compileMeetings(
  frame: Frame,
  program: ParsedProgram,
  staff: readonly Staff[],
  bookings: BookingEntries,
): Generator<void, Meetings> {
  const staffById = new Map(staff.map((each) => [each.therapist.id, each]));
  const services = new Map(program.services.map((service) => [service.id, service]));
  const groups: GroupModel[] = [];
  const meetings: Meeting[] = [];
  const byBooking = new Map<string, number>();
  const contradictions: number[] = [];
  for (const [index, group] of program.groups.entries()) {
    const own = bookings.byGroup.get(group.id) ?? [];
    const service = services.get(group.service)!;
    const booked = bookedMeetings(frame, program, group, service, index, staffById, own);
    for (const { meeting, stands } of booked) if (!stands) contradictions.push(meeting.booking);
    const taken = new Set(booked.map(({ meeting }) => meeting.start));
    const free = meetingTimes(frame, group, service)
      .filter((start) => !taken.has(start))
      .map((start) => plannedMeeting(frame, group, service, index, start, staffById));
    const all = [...booked.map((each) => ({ ...each })), ...free.map((meeting) => ({ meeting, booking: undefined }))]
      .filter(({ meeting }) => meeting.fixed || (meeting.options.length > 0 && meeting.maxSeats > 0))
      .sort((a, b) => a.meeting.start - b.meeting.start);
    const weeklyCount = 'count' in group.meetings ? group.meetings.count : Infinity;
    const model: GroupModel = { weeklyCount, meetings: [], movable: [] };
    for (const { meeting, booking } of all) {
      if (booking !== undefined) byBooking.set(booking.id, meetings.length);
      model.meetings.push(meetings.length);
      const [first = [], ...others] = meeting.options;
      meetings.push({ ...meeting, sure: first.filter((leader) => others.every((option) => option.includes(leader))) });
    }
    model.movable = movableMeetings(frame, program, own, byBooking);
    groups.push(model);
    yield;
  }
  return { groups, meetings, byBooking, contradictions };
}

/** Relative starts of a group's meetings inside the horizon, rising: fixed times, or grid starts within windows. */
function meetingTimes(frame: Frame, group: ParsedGroup, service: ParsedService): number[] {
  const exceptions = new Map(group.exceptions.map((exception) => [dayNumber(exception.date), exception.at]));
  const first = Math.max(frame.firstDay - 2, group.from === undefined ? -Infinity : dayNumber(group.from));
  const last = Math.min(frame.firstDay + frame.dayCount + 1, group.to === undefined ? Infinity : dayNumber(group.to));
  const starts = new Set<number>();
  for (let day = first; day <= last; day++) {
    const at = exceptions.get(day) ?? ('at' in group.meetings ? fixedTimes(group.meetings.at, day) : []);
    for (const time of at) starts.add(instantOf(group.zone, day, minutesFromWall(time)!) - frame.origin);
  }
  if (!('at' in group.meetings)) {
    const windowless = new Map([...exceptions.keys()].map((day) => [day, []]));
    const windows = union(expandWindows(group.meetings.windows, () => group.zone, first, last, windowless));
    for (const { start, end } of windows) {
      const from = Math.ceil((start - frame.origin) / frame.slot) * frame.slot;
      for (let minute = from; minute + service.minutes <= end - frame.origin; minute += frame.slot) starts.add(minute);
    }
  }
  const earliest = Math.max(0, frame.notBefore);
  return [...starts]
    .filter((start) => start >= earliest && start + service.minutes <= frame.minutes)
    .filter((start) => !touches(frame.closures, start, start + service.minutes))
    .sort((a, b) => a - b);
}

function fixedTimes(at: readonly { day: string; start: string }[], day: number): string[] {
  const weekday = WEEKDAYS[weekdayOf(day)];
  return at.filter((each) => each.day === weekday).map((each) => each.start);
}

function plannedMeeting(
  frame: Frame,
  group: ParsedGroup,
  service: ParsedService,
  index: number,
  start: number,
  staffById: ReadonlyMap<string, Staff>,
  booking?: ParsedBooking,
): Meeting {
  const end = start + service.minutes;
  const leaders = group.leaders
    .map((id) => staffById.get(id)!)
    .filter((staff) => hasRoomFor(staff, service, group.id) && isFree(frame, staff, start, end, booking))
    .map((staff) => staff.index);
  return {
    ...emptyMeeting(frame, group, service, index, start),
    options: combinations(leaders, group.leadersNeeded, MAX_OPTIONS),
  };
}

/** Whether a leader is free; the time of a booking that names them is not busy for it. */
function isFree(frame: Frame, staff: Staff, start: number, end: number, booking: ParsedBooking | undefined): boolean {
  const named = booking?.therapists.includes(staff.therapist.id) === true;
  return named ? isAvailable(frame, staff.times, start, end) : covers(staff.times.free, start, end);
}

function emptyMeeting(frame: Frame, group: ParsedGroup, service: ParsedService, index: number, start: number): Meeting {
  const maxSeats = group.capacity.max - group.capacity.taken;
  return {
    group: index,
    start,
    end: start + service.minutes,
    buffer: service.bufferMinutes,
    week: weekOf(frame, localTime(frame, frame.zone, start).day),
    minSeats: Math.max(1, group.capacity.min - group.capacity.taken),
    maxSeats,
    options: [],
    sure: [],
    fixed: false,
    fact: false,
    joinable: maxSeats > 0 && start >= frame.notBefore,
    booking: -1,
    keptCost: 0,
  };
}

interface BookedMeeting {
  meeting: Meeting;
  booking: ParsedBooking;
  /** Whether its leaders, its date and its seats allow it. */
  stands: boolean;
}

/** Meetings that bookings stand for: locked ones and facts as they are, movable ones where they may be held. */
function bookedMeetings(
  frame: Frame,
  program: ParsedProgram,
  group: ParsedGroup,
  service: ParsedService,
  index: number,
  staffById: ReadonlyMap<string, Staff>,
  bookings: readonly BookingEntry[],
): BookedMeeting[] {
  const booked: BookedMeeting[] = [];
  for (const { booking, index: bookingIndex, start } of bookings) {
    if (start < 0) continue;
    const leaders = booking.therapists.map((id) => staffById.get(id)!);
    const meeting = { ...emptyMeeting(frame, group, service, index, start), booking: bookingIndex };
    const fact = booking.state === 'delivered' || booking.state === 'missed';
    const first = leaders.map((staff) => staff.index).sort((a, b) => a - b);
    const keeps = leaders.every(
      (staff) =>
        group.leaders.includes(staff.therapist.id) &&
        hasRoomFor(staff, service, group.id) &&
        isAvailable(frame, staff.times, start, meeting.end),
    );
    if (fact || booking.state === 'locked') {
      const left = meeting.maxSeats - booking.attendees.length;
      const stands = fact || (keeps && left >= 0 && !touches(frame.closures, start, meeting.end));
      const joinable = !fact && left > 0 && start >= frame.notBefore;
      const seats = fact ? { minSeats: 0, maxSeats: 0 } : {};
      booked.push({ booking, stands, meeting: { ...meeting, options: [first], fixed: true, fact, joinable, ...seats } });
      continue;
    }
    const others = start < frame.notBefore ? [] : plannedMeeting(frame, group, service, index, start, staffById, booking).options;
    const options = others.filter((option) => option.join() !== first.join());
    if (keeps) options.unshift(first);
    if (!isMeetingTime(frame, group, service, start)) continue;
    booked.push({ booking, stands: true, meeting: { ...meeting, options, keptCost: keeps ? movedCost(frame, program, start) : 0 } });
  }
  return booked;
}

function movableMeetings(
  frame: Frame,
  program: ParsedProgram,
  bookings: readonly BookingEntry[],
  byBooking: ReadonlyMap<string, number>,
): MovableMeeting[] {
  return bookings.flatMap(({ booking, start }) => {
    if (booking.state !== 'movable' || start < 0) return [];
    return [
      {
        meeting: byBooking.get(booking.id) ?? -1,
        moved: movedCost(frame, program, start),
        cancelled: 3 * program.weights['moved-session'],
      },
    ];
  });
}

/** What moving a booking costs: one unit, three at short notice. */
function movedCost(frame: Frame, program: ParsedProgram, start: number): number {
  return (start < frame.notBefore + 48 * 60 ? 3 : 1) * program.weights['moved-session'];
}

/** Whether a group may meet at a relative start, on or off the grid. */
function isMeetingTime(frame: Frame, group: ParsedGroup, service: ParsedService, start: number): boolean {
  const { day } = localTime(frame, group.zone, start);
  const absolute = day + frame.firstDay;
  if (group.from !== undefined && absolute < dayNumber(group.from)) return false;
  if (group.to !== undefined && absolute > dayNumber(group.to)) return false;
  if (touches(frame.closures, start, start + service.minutes)) return false;
  const exception = group.exceptions.find((each) => dayNumber(each.date) === absolute);
  const fixed = exception?.at ?? ('at' in group.meetings ? fixedTimes(group.meetings.at, absolute) : undefined);
  if (fixed !== undefined) {
    return fixed.some((time) => instantOf(group.zone, absolute, minutesFromWall(time)!) - frame.origin === start);
  }
  if ('at' in group.meetings) return false;
  const windows = union(expandWindows(group.meetings.windows, () => group.zone, absolute - 1, absolute));
  return covers(spansOf(windows, frame.origin), start, start + service.minutes);
}

/** Subsets of `size` of the list, in the order of the list, at most `most`. */
function combinations(list: readonly number[], size: number, most: number): number[][] {
  const found: number[][] = [];
  const chosen: number[] = [];
  const extend = (from: number): void => {
    if (found.length >= most) return;
    if (chosen.length === size) {
      found.push([...chosen].sort((a, b) => a - b));
      return;
    }
    for (let index = from; index < list.length; index++) {
      chosen.push(list[index]!);
      extend(index + 1);
      chosen.pop();
    }
  };
  extend(0);
  return found;
}
