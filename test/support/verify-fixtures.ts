import type { Booking } from '../../src/domain/booking.ts';
import type { CareItem } from '../../src/domain/care.ts';
import type { Id } from '../../src/domain/common.ts';
import type { Couple } from '../../src/domain/couple.ts';
import type { Group } from '../../src/domain/group.ts';
import { parseProgram } from '../../src/domain/parse.ts';
import type { Partner, Therapist } from '../../src/domain/person.ts';
import type { Plan, Session, Unmet, Violation } from '../../src/domain/plan.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { ParsedProgram, Program } from '../../src/domain/program.ts';
import type { Service } from '../../src/domain/service.ts';
import { finish, type Steps } from '../../src/domain/steps.ts';
import { dayFromIso } from '../../src/time/calendar.ts';
import { isoFromMinute, minuteFromIso, minutesFromWall } from '../../src/time/instant.ts';
import { instantOf } from '../../src/time/zone.ts';
import { buildContext, type Context } from '../../src/verify/context.ts';
import type { Finding } from '../../src/verify/finding.ts';
import { findings } from '../../src/verify/verify.ts';

export const NEW_YORK = 'America/New_York';
export const PHOENIX = 'America/Phoenix';

/** The parts of a program that tests change, by name. */
export interface Parts {
  program: Program;
  /** Couple `c` of partners `a` and `b`. */
  c: Couple;
  a: Partner;
  b: Partner;
  /** Therapists: `ta` and `tb` for individual care, `tc` for joint care, `tg` leads group `g`, `tx` offers all and leads too. */
  ta: Therapist;
  tb: Therapist;
  tc: Therapist;
  tg: Therapist;
  tx: Therapist;
  /** Fixed times: Tuesday and Thursday, 18:00 in New York. */
  g: Group;
  /** 50 minutes each and a buffer of 10; `grp` 90 and none; `check` 20, credits nothing and is of `sharedRole`. */
  ind: Service;
  joint: Service;
  grp: Service;
  check: Service;
}

const ALWAYS = { weekly: [{ start: '00:00', end: '24:00' }] };

/** An item that asks for nothing and allows up to 7 sessions a week and on a date. */
export function item(service: Id, over: Partial<CareItem> = {}): CareItem {
  return { service, sessions: { min: 0, max: 7 }, continuity: 'none', maxPerDay: 7, ...over };
}

const partner = (id: Id): Partner => ({
  id,
  locations: [{ zone: NEW_YORK, state: 'NY' }],
  availability: structuredClone(ALWAYS),
  care: [item('ind'), item('grp'), item('check')],
});

const therapist = (id: Id, services: Id[]): Therapist => ({
  id,
  locations: [{ zone: NEW_YORK, state: 'NY' }],
  availability: structuredClone(ALWAYS),
  services,
  authorities: [{ state: 'NY' }],
  limits: {},
});

function base(): Parts {
  const [a, b] = [partner('a'), partner('b')];
  const c: Couple = { id: 'c', partners: [a, b], jointCare: [item('joint')], jointWork: { status: 'cleared' }, household: {} };
  const ta = therapist('ta', ['ind', 'check']);
  const tb = therapist('tb', ['ind', 'check']);
  const tc = therapist('tc', ['joint']);
  const tg = therapist('tg', ['grp']);
  const tx = therapist('tx', ['ind', 'joint', 'grp', 'check']);
  const at = (['tue', 'thu'] as const).map((day) => ({ day, start: '18:00' }));
  const g: Group = { id: 'g', service: 'grp', leaders: ['tg', 'tx'], capacity: { max: 8 }, zone: NEW_YORK, meetings: { at } };
  const ind: Service = { id: 'ind', kind: 'individual', minutes: 50, bufferMinutes: 10 };
  const joint: Service = { id: 'joint', kind: 'joint', minutes: 50, bufferMinutes: 10 };
  const grp: Service = { id: 'grp', kind: 'group', minutes: 90 };
  const check: Service = { id: 'check', kind: 'individual', minutes: 20, creditMinutes: 0, sharedRole: true };
  const program: Program = {
    schemaVersion: 1,
    id: 'program',
    horizon: { start: '2026-10-05', weeks: 1, zone: NEW_YORK },
    services: [ind, joint, grp, check],
    policies: [],
    therapists: [ta, tb, tc, tg, tx],
    couples: [c],
    groups: [g],
    bookings: [],
  };
  return { program, c, a, b, ta, tb, tc, tg, tx, g, ind, joint, grp, check };
}

/** A week from Monday 2026-10-05 in New York, changed as the test needs. Fails where the program is not valid. */
export function make(change: (parts: Parts) => void = () => undefined): ParsedProgram {
  const parts = base();
  change(parts);
  const parsed = parseProgram(parts.program);
  if (!parsed.ok) throw new Error(`the program of a test is not valid: ${JSON.stringify(parsed.issues)}`);
  return parsed.program;
}

/** Gives both partners a policy. */
export function givePolicy({ program, a, b }: Parts, rules: Partial<Policy>): void {
  program.policies.push({ id: 'policy', weeklyMinutes: { min: 0 }, ...rules });
  a.policy = 'policy';
  b.policy = 'policy';
}

const FIRST_MONDAY = dayFromIso('2026-10-05')!;
const SHORT = /^(mon|tue|wed|thu|fri|sat|sun)([+-]\d+)? (\d\d:\d\d)$/;

/**
 * Epoch minute of `mon 10:00` (New York's clock, the week of 2026-10-05), `mon+1 10:00` (a week later), or of an ISO instant.
 */
export function when(text: string, zone = NEW_YORK): number {
  const match = SHORT.exec(text);
  if (match === null) return minuteFromIso(text)!;
  const weekday = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(match[1]!);
  return instantOf(zone, FIRST_MONDAY + weekday + 7 * Number(match[2] ?? 0), minutesFromWall(match[3]!)!);
}

/** `when` as an instant. */
export const iso = (text: string): string => isoFromMinute(when(text));

const MINUTES = new Map([
  ['ind', 50],
  ['joint', 50],
  ['grp', 90],
  ['check', 20],
]);

/** A session of `service` at `start` (see `when`); other minutes than the base program's go to `minutes`. */
export function session(
  service: Id,
  start: string,
  therapists: Id[],
  attendees: Id[],
  over: Partial<Session> & { minutes?: number } = {},
): Session {
  const { minutes = MINUTES.get(service) ?? 50, ...rest } = over;
  const id = `s ${service} ${start} ${attendees.join('+')}`;
  return { id, service, start: iso(start), end: isoFromMinute(when(start) + minutes), therapists, attendees, ...rest };
}

/** An individual session of `a` with `ta`, of `b` with `tb`, unless said otherwise. */
export function ind(
  attendee: Id,
  start: string,
  therapist = attendee === 'b' ? 'tb' : 'ta',
  over: Partial<Session> & { minutes?: number } = {},
): Session {
  return session('ind', start, [therapist], [attendee], over);
}

/** A joint session of `c` with `tc`. */
export function joint(start: string, therapist = 'tc', over: Partial<Session> & { minutes?: number } = {}): Session {
  return session('joint', start, [therapist], ['a', 'b'], { couple: 'c', ...over });
}

/** A meeting of `g` led by `tg`. */
export function meeting(start: string, attendees: Id[] = ['a', 'b'], over: Partial<Session> & { minutes?: number } = {}): Session {
  return session('grp', start, ['tg'], attendees, { group: 'g', ...over });
}

/** The booking that a session comes from. */
export function booked(id: Id, state: Booking['state'], one: Session, missedBy: Id[] = []): Booking {
  const { service, start, therapists, attendees, couple, group } = one;
  return {
    id,
    service,
    start,
    therapists,
    attendees,
    ...(couple !== undefined && { couple }),
    ...(group !== undefined && { group }),
    state,
    ...(missedBy.length > 0 && { missedBy }),
  };
}

/** A session in the place of a booking. */
export function kept(id: Id, one: Session): Session {
  return { ...one, id, booking: id };
}

export function planOf(sessions: Session[]): Plan {
  return { program: 'program', sessions, unmet: [], clockChanges: [], madeWith: { version: '0.0.0', tzdata: 'unknown' } };
}

/** One week that keeps every rule of the base program. */
export function goodWeek(): Session[] {
  return [ind('a', 'mon 10:00'), ind('b', 'mon 10:00'), meeting('tue 18:00'), joint('wed 12:00')];
}

export function violationsOf(program: ParsedProgram, sessions: Session[]): Violation[] {
  return findings(program, planOf(sessions)).violations;
}

export function unmetOf(program: ParsedProgram, sessions: Session[]): Unmet[] {
  return findings(program, planOf(sessions)).unmet;
}

/**
 * What one rule finds: `[entities, week, amount]`. Fails where a session cannot be read, so that no test looks at less than it means to.
 */
export function run(
  rule: (ctx: Context) => Steps<Finding[]>,
  program: ParsedProgram,
  sessions: Session[],
): [Id[], number | undefined, number][] {
  const ctx = buildContext(program, planOf(sessions));
  if (ctx.malformed.length > 0) throw new Error(`a session of the test cannot be read: ${JSON.stringify(ctx.malformed)}`);
  return finish(rule(ctx)).map(({ entities, week, amount }) => [entities, week, amount]);
}
