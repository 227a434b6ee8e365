import type { ParsedBooking } from '../../../src/domain/booking.ts';
import type { Id } from '../../../src/domain/common.ts';
import type { ParsedGroup } from '../../../src/domain/group.ts';
import type { Session } from '../../../src/domain/plan.ts';
import type { ParsedProgram } from '../../../src/domain/program.ts';
import { WEEKDAYS, weekdayOf } from '../../../src/time/calendar.ts';
import { isoFromMinute, minuteFromIso, minutesFromWall } from '../../../src/time/instant.ts';
import { containsSpan } from '../../../src/time/interval.ts';
import { instantOf, localOf } from '../../../src/time/zone.ts';
import { buildContext, type Context } from '../../../src/verify/context.ts';
import { planOf } from './plans.ts';

/** What a plan may be made of: sessions that it must have, and sessions of which it may choose any that fit together. */
export interface Atoms {
  fixed: Session[];
  optional: Session[];
}

/** All subsets of a list, the empty one too; in order of the list. */
export function subsetsOf<T>(list: readonly T[]): T[][] {
  return list.reduce<T[][]>((subsets, one) => [...subsets, ...subsets.map((subset) => [...subset, one])], [[]]);
}

/** Where an owner's sessions come from: a new one, or a booking that may be moved. */
interface Source {
  service: Id;
  attendees: Id[];
  couple?: Id;
  booking?: ParsedBooking;
}

/**
 * Every session that a plan of the program could hold, by the grid of starts, the therapists and the groups; of those that the windows
 * of its people exclude at once, none. Locked meetings with further attendees stand among the optional ones, under the booking's id.
 */
export function atomsOf(program: ParsedProgram): Atoms {
  const ctx = buildContext(program, planOf(program, []));
  const inside = program.bookings.filter(({ start }) => minuteOf(start) >= ctx.horizon.startMinute);
  const fixed: Session[] = [];
  const optional: Session[] = [];
  for (const booking of inside) {
    const joinable = booking.state === 'locked' && booking.group !== undefined;
    if (booking.state === 'movable') continue;
    if (!joinable) fixed.push(sessionOfBooking(ctx, booking));
    else optional.push(...joined(ctx, booking));
  }
  const grid = gridOf(ctx);
  for (const source of sourcesOf(ctx, inside)) optional.push(...placed(ctx, source, grid));
  for (const group of program.groups) {
    const movable = inside.filter((booking) => booking.state === 'movable' && booking.group === group.id);
    for (const booking of [undefined, ...movable]) optional.push(...meetingsOf(ctx, group, booking, grid));
  }
  return { fixed, optional: optional.map((session, index) => (session.booking === undefined ? { ...session, id: `~${index}` } : session)) };
}

const minuteOf = (instant: string): number => minuteFromIso(instant) ?? NaN;

/** Starts of the grid, in epoch minutes. */
function gridOf({ program, horizon }: Context): number[] {
  const starts: number[] = [];
  for (let start = horizon.startMinute; start < horizon.endMinute; start += program.horizon.slotMinutes) starts.push(start);
  return starts;
}

function sessionOfBooking(ctx: Context, booking: ParsedBooking, attendees = booking.attendees): Session {
  const { id, service, start, therapists, couple, group } = booking;
  return session(ctx, { id, service, therapists, attendees, couple, group, booking: id }, minuteOf(start));
}

interface Draft {
  id?: Id;
  service: Id;
  therapists: Id[];
  attendees: Id[];
  couple?: Id | undefined;
  group?: Id | undefined;
  booking?: Id | undefined;
}

function session(ctx: Context, draft: Draft, start: number): Session {
  const { couple, group, booking, id = '', service, therapists, attendees } = draft;
  return {
    id: booking ?? id,
    service,
    start: isoFromMinute(start),
    end: isoFromMinute(start + ctx.services.get(service)!.minutes),
    therapists: [...therapists].sort(),
    attendees: [...attendees].sort(),
    ...(couple !== undefined && { couple }),
    ...(group !== undefined && { group }),
    ...(booking !== undefined && { booking }),
  };
}

/** A locked meeting with the attendees it has, and with any others. */
function joined(ctx: Context, booking: ParsedBooking): Session[] {
  const others = membersOf(ctx, booking.service).filter((id) => !booking.attendees.includes(id));
  return subsetsOf(others).map((more) => sessionOfBooking(ctx, booking, [...booking.attendees, ...more]));
}

/** Partners whose care names the service. */
function membersOf(ctx: Context, service: Id): Id[] {
  return [...ctx.partners.values()]
    .filter(({ partner }) => partner.care.some((item) => item.service === service))
    .map(({ partner }) => partner.id);
}

function sourcesOf(ctx: Context, bookings: readonly ParsedBooking[]): Source[] {
  const sources: Source[] = [];
  for (const { partner } of ctx.partners.values()) {
    for (const service of new Set(partner.care.map((item) => item.service))) {
      if (ctx.services.get(service)?.kind === 'individual') sources.push({ service, attendees: [partner.id] });
    }
  }
  for (const couple of ctx.couples.values()) {
    for (const service of new Set(couple.jointCare.map((item) => item.service))) {
      sources.push({ service, attendees: couple.partners.map(({ id }) => id), couple: couple.id });
    }
  }
  for (const booking of bookings) {
    if (booking.state !== 'movable' || booking.group !== undefined) continue;
    const { service, attendees, couple } = booking;
    sources.push({ service, attendees, ...(couple !== undefined && { couple }), booking });
  }
  return sources;
}

/** The source with every therapist at every start at which they and the attendees are free; a booking at its own time too. */
function placed(ctx: Context, { service, attendees, couple, booking }: Source, grid: readonly number[]): Session[] {
  const sessions: Session[] = [];
  const { minutes } = ctx.services.get(service)!;
  for (const therapist of ctx.therapists.values()) {
    if (!therapist.services.includes(service) && !booking?.therapists.includes(therapist.id)) continue;
    for (const start of new Set([...(booking ? [minuteOf(booking.start)] : []), ...grid])) {
      const own = booking !== undefined && start === minuteOf(booking.start);
      if (!own && ![...attendees, therapist.id].every((id) => isFree(ctx, id, start, start + minutes))) continue;
      sessions.push(session(ctx, { service, therapists: [therapist.id], attendees, couple, booking: booking?.id }, start));
    }
  }
  return sessions;
}

function isFree(ctx: Context, id: Id, start: number, end: number): boolean {
  const person = ctx.person(id);
  return person !== undefined && containsSpan(ctx.available(person), start, end);
}

/** Meetings of a group with every choice of leaders and attendees; with `booking`: those that stand in its place. */
function meetingsOf(ctx: Context, group: ParsedGroup, booking: ParsedBooking | undefined, grid: readonly number[]): Session[] {
  const { minutes } = ctx.services.get(group.service)!;
  const members = membersOf(ctx, group.service);
  const sessions: Session[] = [];
  for (const start of new Set([...(booking ? [minuteOf(booking.start)] : []), ...startsOf(ctx, group, grid)])) {
    const free = (id: Id) => start === (booking ? minuteOf(booking.start) : undefined) || isFree(ctx, id, start, start + minutes);
    const leaders = subsetsOf(group.leaders.filter(free)).filter((chosen) => chosen.length === group.leadersNeeded);
    const attendees = subsetsOf(members.filter(free)).filter((chosen) => chosen.length > 0);
    for (const therapists of leaders) {
      for (const chosen of attendees) {
        const { id, service } = group;
        sessions.push(session(ctx, { service, therapists, attendees: chosen, group: id, booking: booking?.id }, start));
      }
    }
  }
  return sessions;
}

/** Fixed times of every date, or the grid; more than the group has, which the verifier then refuses. */
function startsOf(ctx: Context, group: ParsedGroup, grid: readonly number[]): number[] {
  const starts: number[] = [];
  for (let day = ctx.horizon.from - 1; day <= ctx.horizon.to + 1; day++) {
    const weekly = 'at' in group.meetings ? group.meetings.at.filter((one) => WEEKDAYS.indexOf(one.day) === weekdayOf(day)) : [];
    const extra = group.exceptions.flatMap(({ at }) => at);
    for (const time of [...weekly.map((one) => one.start), ...extra]) {
      starts.push(instantOf(group.zone, day, minutesFromWall(time) ?? NaN));
    }
  }
  const all = 'at' in group.meetings ? starts : [...starts, ...grid];
  return all.filter((start) => start >= ctx.horizon.startMinute && localOf(group.zone, start).day <= ctx.horizon.to + 1);
}
