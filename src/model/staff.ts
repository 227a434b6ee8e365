import type { ParsedTherapist } from '../domain/person.ts';
import type { ParsedProgram } from '../domain/program.ts';
import type { ParsedService } from '../domain/service.ts';
import type { BookingEntries, BookingEntry } from './entries.ts';
import { dayAt, dayNumber, dayTable, weekOf, weekStart, type Frame } from './frame.ts';
import { locationAt, personTimes, type PersonTimes } from './people.ts';
import type { TherapistModel } from './problem.ts';

/** A therapist while compiling. */
export interface Staff {
  index: number;
  therapist: ParsedTherapist;
  times: PersonTimes;
  services: Set<string>;
  attributes: Set<string>;
  blocked: Set<string>;
  /** State to relative date ranges, inclusive, `from, to` pairs. */
  authorities: Map<string, number[]>;
  /** Most minutes of one session: a longer one exceeds a limit of the day, the week or a run by itself. */
  longestSession: number;
  /** Partners and couples who are in the caseload whatever is planned, since a booking stands. */
  standingCases: Set<string>;
  /** Most partners and couples in care: the limit, or those whom delivered sessions have made it already. */
  caseload: number;
}

/** All therapists; pauses after each. */
export function* staffOf(frame: Frame, program: ParsedProgram, bookings: BookingEntries): Generator<void, Staff[]> {
  const services = new Map(program.services.map((service) => [service.id, service]));
  const staff: Staff[] = [];
  for (const [index, therapist] of program.therapists.entries()) {
    const own = bookings.byTherapist.get(therapist.id) ?? [];
    staff.push({
      caseload: Math.max(therapist.limits.caseload ?? Infinity, casesOf(services, own, ['delivered']).size),
      index,
      therapist,
      times: personTimes(frame, therapist),
      services: new Set(therapist.services),
      attributes: new Set(therapist.attributes),
      blocked: new Set(therapist.blocked),
      authorities: authoritiesOf(frame, therapist),
      longestSession: longestSession(therapist),
      standingCases: casesOf(services, own, ['delivered', 'locked']),
    });
    yield;
  }
  return staff;
}

function longestSession({ limits }: ParsedTherapist): number {
  return Math.min(limits.dailyMinutes ?? Infinity, limits.weeklyMinutes ?? Infinity, limits.run?.minutes ?? Infinity);
}

/** Owners of the sessions inside the horizon, of a therapist's bookings in some states, that make a caseload. */
function casesOf(services: ReadonlyMap<string, ParsedService>, own: readonly BookingEntry[], states: readonly string[]): Set<string> {
  const owners = new Set<string>();
  for (const { booking, start } of own) {
    const { state, couple, attendees, missedBy } = booking;
    if (!states.includes(state)) continue;
    const service = services.get(booking.service);
    const held = couple !== undefined || !missedBy.includes(attendees[0]!);
    if (service === undefined || !makesCase(service) || !held || start < 0) continue;
    owners.add(couple ?? attendees[0]!);
  }
  return owners;
}

/** Whether sessions of a service count toward the caseload: individual and joint ones of services whose role is not shared. */
function makesCase(service: ParsedService): boolean {
  return service.kind !== 'group' && !service.sharedRole;
}

/** Whether a therapist's own limits leave room for a session of a service with an owner (partner or couple), whatever else is planned. */
export function hasRoomFor(staff: Staff, service: ParsedService, owner: string): boolean {
  if (service.minutes > staff.longestSession) return false;
  if (!makesCase(service) || staff.standingCases.has(owner)) return true;
  return staff.standingCases.size < staff.caseload;
}

function authoritiesOf(frame: Frame, therapist: ParsedTherapist): Map<string, number[]> {
  const ranges = new Map<string, number[]>();
  for (const authority of therapist.authorities) {
    const list = ranges.get(authority.state) ?? [];
    list.push(
      authority.from === undefined ? -Infinity : dayNumber(authority.from) - frame.firstDay,
      authority.to === undefined ? Infinity : dayNumber(authority.to) - frame.firstDay,
    );
    ranges.set(authority.state, list);
  }
  return ranges;
}

/** Whether a therapist may practise toward a client in `state` on a relative date. */
export function mayPractise(staff: Staff, state: string, day: number): boolean {
  const ranges = staff.authorities.get(state);
  if (ranges === undefined) return false;
  for (let index = 0; index < ranges.length; index += 2) if (ranges[index]! <= day && day <= ranges[index + 1]!) return true;
  return false;
}

/** The therapist as the solver sees it; bookings before the horizon still load its days, weeks and runs. */
export function therapistModel(frame: Frame, program: ParsedProgram, staff: Staff, bookings: BookingEntries): TherapistModel {
  const days = dayTable(frame, (minute) => locationAt(staff.times, minute - frame.origin).zone);
  const { limits } = staff.therapist;
  const services = new Map(program.services.map((service) => [service.id, service]));
  const past: number[] = [];
  const missedMinutes = new Float64Array(frame.weekCount + 2);
  for (const { booking, start } of bookings.byTherapist.get(staff.therapist.id) ?? []) {
    const { minutes, bufferMinutes } = services.get(booking.service)!;
    if (start >= 0) {
      if (booking.state === 'missed') missedMinutes[weekOf(frame, dayAt(days, start))]! += minutes;
    } else if (start >= days.starts[0]!) past.push(start, start + minutes, bufferMinutes);
  }
  return {
    days,
    availableMinutes: availableMinutes(frame, staff, days.starts, days.first),
    missedMinutes,
    dailyMinutes: limits.dailyMinutes ?? Infinity,
    weeklyMinutes: limits.weeklyMinutes ?? Infinity,
    caseload: staff.caseload,
    runMinutes: limits.run?.minutes ?? Infinity,
    runBreak: limits.run?.breakMinutes ?? 0,
    past: Int32Array.from(past),
  };
}

/** Free minutes inside the horizon per week of the therapist's own dates. */
function availableMinutes(frame: Frame, staff: Staff, starts: Int32Array, first: number): Float64Array {
  const minutes = new Float64Array(frame.weekCount + 1);
  const { free } = staff.times;
  for (let week = 1; week <= frame.weekCount; week++) {
    const from = Math.max(0, startOfDay(starts, first, weekStart(frame, week)));
    const to = Math.min(frame.minutes, startOfDay(starts, first, weekStart(frame, week + 1)));
    for (let span = 0; span < free.length; span += 2) {
      minutes[week]! += Math.max(0, Math.min(to, free[span + 1]!) - Math.max(from, free[span]!));
    }
  }
  return minutes;
}

function startOfDay(starts: Int32Array, first: number, day: number): number {
  return starts[Math.min(starts.length - 1, Math.max(0, day - first))]!;
}
