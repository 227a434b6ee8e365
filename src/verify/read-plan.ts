import type { ParsedBooking } from '../domain/booking.ts';
import type { Id } from '../domain/common.ts';
import type { ParsedCouple } from '../domain/couple.ts';
import type { ParsedGroup } from '../domain/group.ts';
import type { Session } from '../domain/plan.ts';
import type { ParsedService } from '../domain/service.ts';
import type { Steps } from '../domain/steps.ts';
import { minuteFromIso } from '../time/instant.ts';
import type { Catalogue } from './catalogue.ts';
import type { Finding } from './finding.ts';

/** A session of the plan, or a booking before the horizon, in numbers. */
export interface Held {
  /** The session's id (a booking's id for history). */
  id: Id;
  /** Missing for history. */
  session?: Session;
  booking?: ParsedBooking;
  /** From a delivered or missed booking. That it stands as it is, is asked by `kept-booking` alone. */
  fact: boolean;
  /** Before the horizon; not in the plan. */
  history: boolean;
  service: ParsedService;
  /** Epoch minutes, half-open. */
  start: number;
  end: number;
  therapists: Id[];
  attendees: Id[];
  couple?: ParsedCouple;
  group?: ParsedGroup;
  /** Whether this person took (or is to take) part: false for who is no attendee, for a missed booking and for those in `missedBy`. */
  present: (person: Id) => boolean;
  /** Whether the session counts as care at all: false for a missed booking. */
  held: boolean;
}

/** The well-formed sessions of a plan, and what is wrong with the others. */
export interface PlanReading {
  planned: Held[];
  malformed: Finding[];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isId = (value: unknown): value is Id => typeof value === 'string' && value.length >= 1 && value.length <= 64;

/** Same members, in any order. */
export function sameMembers(a: readonly Id[], b: readonly Id[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}

const byStart = (a: Held, b: Held) => a.start - b.start || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Who takes part: nobody in a missed booking, and none of `missedBy`. */
function presence(attendees: Id[], booking: ParsedBooking | undefined): (person: Id) => boolean {
  if (booking?.state === 'missed') return () => false;
  const missedBy = booking?.missedBy ?? [];
  return (person) => attendees.includes(person) && !missedBy.includes(person);
}

/** A booking as a session at its own time. */
export function heldOfBooking(
  booking: ParsedBooking,
  catalogue: Pick<Catalogue, 'services' | 'couples' | 'groups'>,
  history: boolean,
): Held | undefined {
  const service = catalogue.services.get(booking.service);
  const start = minuteFromIso(booking.start);
  if (service === undefined || start === undefined) return undefined;
  return {
    id: booking.id,
    booking,
    fact: booking.state === 'delivered' || booking.state === 'missed',
    history,
    service,
    start,
    end: start + service.minutes,
    therapists: booking.therapists,
    attendees: booking.attendees,
    ...owners(booking, catalogue),
    present: presence(booking.attendees, booking),
    held: booking.state !== 'missed',
  };
}

function owners(
  named: { couple?: unknown; group?: unknown },
  catalogue: Pick<Catalogue, 'couples' | 'groups'>,
): Pick<Held, 'couple' | 'group'> {
  const couple = isId(named.couple) ? catalogue.couples.get(named.couple) : undefined;
  const group = isId(named.group) ? catalogue.groups.get(named.group) : undefined;
  return { ...(couple && { couple }), ...(group && { group }) };
}

/** A list of different ids, each known to `known`. */
function idList(value: unknown, known: { has: (id: Id) => boolean }): Id[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const list: unknown[] = value;
  if (!list.every((id): id is Id => isId(id) && known.has(id))) return undefined;
  return new Set(list).size === list.length ? list : undefined;
}

/** The session in numbers, or why it cannot be read: a field that is missing, mistyped or names nobody. */
function readSession(raw: Record<string, unknown>, catalogue: Catalogue): Held | string {
  const service = isId(raw['service']) ? catalogue.services.get(raw['service']) : undefined;
  if (service === undefined) return 'names no known service';
  const start = typeof raw['start'] === 'string' ? minuteFromIso(raw['start']) : undefined;
  if (start === undefined || !Number.isInteger(start)) return 'has no start in whole minutes';
  const therapists = idList(raw['therapists'], catalogue.therapists);
  if (therapists === undefined) return 'does not list known, different therapists';
  const attendees = idList(raw['attendees'], catalogue.partners);
  if (attendees === undefined) return 'does not list known, different attendees';
  const booking = raw['booking'] === undefined ? undefined : isId(raw['booking']) ? catalogue.bookings.get(raw['booking']) : undefined;
  if (raw['booking'] !== undefined && booking === undefined) return 'names no known booking';
  const held: Held = {
    id: raw['id'] as Id,
    session: raw as unknown as Session,
    ...(booking && { booking }),
    fact: booking !== undefined && (booking.state === 'delivered' || booking.state === 'missed'),
    history: false,
    service,
    start,
    end: start + service.minutes,
    therapists,
    attendees,
    ...owners(raw, catalogue),
    present: presence(attendees, booking),
    held: booking?.state !== 'missed',
  };
  return compositionProblem(held, raw) ?? held;
}

/** What is wrong with who takes part, by the kind of the service. The numbers of therapists and attendees are not asked of facts. */
function compositionProblem(held: Held, raw: Record<string, unknown>): string | undefined {
  const { service, couple, group, therapists, attendees, fact } = held;
  if ((raw['couple'] !== undefined) !== (service.kind === 'joint')) return 'has a couple that does not fit its service';
  if ((raw['group'] !== undefined) !== (service.kind === 'group')) return 'has a group that does not fit its service';
  if (service.kind === 'joint') {
    if (couple === undefined) return 'names no known couple';
    const partners = couple.partners.map((partner) => partner.id);
    if (!sameMembers(attendees, partners)) return 'is not attended by both partners of its couple';
  }
  if (service.kind === 'individual' && attendees.length !== 1) return 'is not attended by one person';
  if (service.kind === 'group') {
    if (group === undefined || group.service !== service.id) return 'names no known group of its service';
    if (fact) return undefined;
    if (therapists.length !== group.leadersNeeded) return 'does not have the number of leaders needed';
    return therapists.every((id) => group.leaders.includes(id)) ? undefined : 'is led by someone who is no leader of the group';
  }
  return fact || therapists.length === 1 ? undefined : 'is not held by one therapist';
}

/** What is wrong with a session's id: unique among the plan, a booking's own where it comes from one, and nobody else's. */
function idProblem(raw: Record<string, unknown>, id: Id, seen: Set<Id>, catalogue: Catalogue): string | undefined {
  if (seen.has(id)) return 'has an id that another session has';
  if (raw['booking'] === undefined) return catalogue.ids.has(id) ? 'has an id that the program uses' : undefined;
  return raw['booking'] === id ? undefined : 'does not have the id of its booking';
}

/**
 * Reads the sessions of a plan, which may be any JSON value. A session that cannot be read, or whose therapists, attendees or owner do
 * not fit the kind of its service, is left out of `planned` and found `malformed`. Sessions may stand in any order; `planned` is by
 * start, then id. A session's end is its start plus the service's minutes, whatever it says.
 */
export function* readPlan(plan: unknown, catalogue: Catalogue, programId: Id): Steps<PlanReading> {
  const malformed: Finding[] = [];
  const report = (entities: Id[], message: string) => malformed.push({ rule: 'plan-shape', entities, amount: 1, message });
  if (!isRecord(plan)) {
    report([programId], 'the plan is not an object');
    return { planned: [], malformed };
  }
  if (plan['program'] !== programId) report([programId], `the plan is not of program ${programId}`);
  if (!Array.isArray(plan['sessions'])) {
    report([programId], 'the plan has no list of sessions');
    return { planned: [], malformed };
  }
  const planned: Held[] = [];
  const seen = new Set<Id>();
  for (const [index, raw] of (plan['sessions'] as unknown[]).entries()) {
    yield;
    if (!isRecord(raw) || !isId(raw['id'])) {
      report([programId], `the session at index ${index} has no id of 1 to 64 characters`);
      continue;
    }
    const id = raw['id'];
    const read = idProblem(raw, id, seen, catalogue) ?? readSession(raw, catalogue);
    seen.add(id);
    if (typeof read === 'string') report([id], `session ${id} ${read}`);
    else planned.push(read);
  }
  return { planned: planned.sort(byStart), malformed };
}

/** Bookings that start before the horizon, by start, then id. */
export function* readHistory(bookings: Iterable<ParsedBooking>, catalogue: Catalogue, startMinute: number): Steps<Held[]> {
  const history: Held[] = [];
  for (const booking of bookings) {
    yield;
    const held = heldOfBooking(booking, catalogue, true);
    if (held !== undefined && held.start < startMinute) history.push(held);
  }
  return history.sort(byStart);
}
