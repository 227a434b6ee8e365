import type { Id, IsoInstant } from '../../src/domain/common.ts';
import type { ParsedBooking } from '../../src/domain/booking.ts';
import type { ParsedCareItem } from '../../src/domain/care.ts';
import type { ParsedCouple } from '../../src/domain/couple.ts';
import type { ParsedGroup } from '../../src/domain/group.ts';
import type { Location, ParsedPartner, ParsedTherapist } from '../../src/domain/person.ts';
import type { Plan, Session } from '../../src/domain/plan.ts';
import type { ParsedPolicy } from '../../src/domain/policy.ts';
import type { ParsedHorizon, ParsedProgram } from '../../src/domain/program.ts';
import type { ParsedService } from '../../src/domain/service.ts';
import { finish, type Steps } from '../../src/domain/steps.ts';
import { DEFAULT_WEIGHTS } from '../../src/domain/weights.ts';
import { isoFromMinute, minuteFromIso } from '../../src/time/instant.ts';
import { buildContext, type Context } from '../../src/verify/context.ts';

/** New York's clocks are 4 hours behind UTC until 2026-11-01 06:00Z, then 5. */
export const NEW_YORK: Location[] = [{ zone: 'America/New_York', state: 'NY' }];
/** Phoenix is 7 hours behind UTC all year. */
export const PHOENIX: Location[] = [{ zone: 'America/Phoenix', state: 'AZ' }];
/** Tokyo is 9 hours ahead of UTC all year. */
export const TOKYO: Location[] = [{ zone: 'Asia/Tokyo', state: 'JP' }];

const ALWAYS = { weekly: [{ start: '00:00', end: '24:00' }], exceptions: [], busy: [] };

export const SERVICES: ParsedService[] = [
  { id: 'ind', kind: 'individual', minutes: 50, creditMinutes: 50, bufferMinutes: 10, sharedRole: false },
  { id: 'check', kind: 'individual', minutes: 20, creditMinutes: 0, bufferMinutes: 0, sharedRole: true },
  { id: 'joint', kind: 'joint', minutes: 50, creditMinutes: 50, bufferMinutes: 10, sharedRole: false },
  { id: 'review', kind: 'joint', minutes: 30, creditMinutes: 30, bufferMinutes: 0, sharedRole: true },
  { id: 'grp', kind: 'group', minutes: 60, creditMinutes: 60, bufferMinutes: 0, sharedRole: true },
];

export function careOf(service: Id, over: Partial<ParsedCareItem> = {}): ParsedCareItem {
  return { service, sessions: { min: 0, max: 20 }, everyWeeks: 1, fromWeek: 1, continuity: 'none', minFreeDays: 0, maxPerDay: 20, ...over };
}

export function partnerOf(id: Id, over: Partial<ParsedPartner> = {}): ParsedPartner {
  return {
    id,
    locations: NEW_YORK,
    availability: ALWAYS,
    care: [careOf('ind'), careOf('check'), careOf('grp')],
    requires: [],
    prefers: { attributes: [] },
    authorizations: [],
    ...over,
  };
}

export function therapistOf(id: Id, over: Partial<ParsedTherapist> = {}): ParsedTherapist {
  const services = SERVICES.map((service) => service.id);
  return {
    id,
    locations: NEW_YORK,
    availability: ALWAYS,
    services,
    authorities: [],
    attributes: [],
    blocked: [],
    limits: {},
    ...over,
  };
}

export function coupleOf(a: ParsedPartner, b: ParsedPartner, over: Partial<ParsedCouple> = {}): ParsedCouple {
  return {
    id: 'c',
    partners: [a, b],
    jointCare: [careOf('joint'), careOf('review')],
    jointWork: { status: 'cleared' },
    household: { privateRooms: 2 },
    ...over,
  };
}

export function groupOf(id: Id, over: Partial<ParsedGroup> = {}): ParsedGroup {
  return {
    id,
    service: 'grp',
    leaders: ['t1', 't2', 't3'],
    leadersNeeded: 1,
    capacity: { min: 1, max: 12, taken: 0 },
    zone: 'America/New_York',
    meetings: { count: 20, windows: [{ start: '00:00', end: '24:00' }] },
    exceptions: [],
    ...over,
  };
}

export function policyOf(over: Partial<ParsedPolicy> = {}): ParsedPolicy {
  return { id: 'policy', weeklyMinutes: { min: 0 }, averageWeeks: 1, partialWeeks: 'exempt', phases: [], ...over };
}

/** Partners `a` and `b` of couple `c`, therapists t1 to t3, groups g1 and g2; one week from Monday 2026-10-05 in New York. */
export function programOf(over: Partial<Omit<ParsedProgram, 'horizon'>> & { horizon?: Partial<ParsedHorizon> } = {}): ParsedProgram {
  const { horizon, weights, ...rest } = over;
  return {
    schemaVersion: 1,
    id: 'program',
    horizon: {
      start: '2026-10-05',
      weeks: 1,
      zone: 'America/New_York',
      weekStart: 'mon',
      slotMinutes: 15,
      closures: [],
      ...horizon,
    },
    services: SERVICES,
    policies: [],
    therapists: ['t1', 't2', 't3'].map((id) => therapistOf(id)),
    couples: [coupleOf(partnerOf('a'), partnerOf('b'))],
    clients: [],
    groups: [groupOf('g1'), groupOf('g2')],
    bookings: [],
    weights: { ...DEFAULT_WEIGHTS, ...weights },
    ...rest,
  };
}

/** What of a session or booking differs from the usual: therapist `t1`, couple `c` for joint services, group `g1` for group services. */
interface Usual {
  with?: Id[];
  group?: Id;
  couple?: Id;
}

function usualOf(service: Id, { with: therapists = ['t1'], group = 'g1', couple = 'c' }: Usual) {
  const kind = SERVICES.find((each) => each.id === service)?.kind;
  return { therapists, ...(kind === 'joint' && { couple }), ...(kind === 'group' && { group }) };
}

/** A session that is to be put into a plan; `who` attends. */
export function visit(service: Id, start: IsoInstant, who: Id[], over: Usual & { booking?: Id; id?: Id } = {}): Session {
  const { minutes } = SERVICES.find((each) => each.id === service)!;
  const end = isoFromMinute(minuteFromIso(start)! + minutes);
  const booking = over.booking;
  const id = over.id ?? booking ?? `s:${service}:${start}:${who.join('+')}`;
  return { id, service, start, end, ...usualOf(service, over), attendees: who, ...(booking !== undefined && { booking }) };
}

export function bookingOf(
  id: Id,
  service: Id,
  start: IsoInstant,
  attendees: Id[],
  over: Usual & { state?: ParsedBooking['state']; missedBy?: Id[] } = {},
): ParsedBooking {
  const { state = 'delivered', missedBy = [] } = over;
  return { id, service, start, attendees, ...usualOf(service, over), state, missedBy };
}

export function planOf(sessions: Session[]): Plan {
  return { program: 'program', sessions, unmet: [], clockChanges: [], madeWith: { version: '0.1.0', tzdata: 'unknown' } };
}

/** A soft rule's units, all steps taken at once. */
export function whole<T>(rule: (ctx: Context) => Steps<T>): (ctx: Context) => T {
  return (ctx) => finish(rule(ctx));
}

/** What the rules see. Fails where a session is not well-formed, so that no test counts less than it means to. */
export function contextOf(program: ParsedProgram, sessions: Session[]): Context {
  const ctx = buildContext(program, planOf(sessions));
  if (ctx.planned.length !== sessions.length) throw new Error('a session of the test is not well-formed');
  return ctx;
}
