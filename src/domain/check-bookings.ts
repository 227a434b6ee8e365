import { minuteFromIso } from '../time/instant.ts';
import { instantOf } from '../time/zone.ts';
import type { BookingState, ParsedBooking } from './booking.ts';
import { dayOf } from './check-common.ts';
import { checkReferences } from './check-people.ts';
import type { Check } from './check-context.ts';
import type { Id } from './common.ts';
import type { Entry } from './draft.ts';
import type { Path } from './issues.ts';
import type { ParsedHorizon } from './program.ts';
import type { ServiceKind } from './service.ts';

/** Start and end of the horizon in epoch minutes. */
export interface Span {
  start: number;
  end: number;
}

export function horizonSpan(horizon: ParsedHorizon): Span {
  const day = dayOf(horizon.start);
  return { start: instantOf(horizon.zone, day, 0), end: instantOf(horizon.zone, day + 7 * horizon.weeks, 0) };
}

export function checkBooking(check: Check, entry: Entry<ParsedBooking>, span: Span | undefined): void {
  const { path, value } = entry;
  const kind = check.registry.refersToService([...path, 'service'], value.service, ['individual', 'joint', 'group']);
  checkReferences(check, [...path, 'therapists'], value.therapists, 'therapist');
  checkReferences(check, [...path, 'attendees'], value.attendees, 'partner');
  if (kind !== undefined) {
    checkPeople(check, path, value, kind);
    checkOwner(check, path, value, kind, 'couple', 'joint');
    checkOwner(check, path, value, kind, 'group', 'group');
  }
  if (value.couple !== undefined && check.registry.refers([...path, 'couple'], value.couple, 'couple'))
    checkPartners(check, path, value, value.couple);
  if (value.group !== undefined && check.registry.refers([...path, 'group'], value.group, 'group') && kind === 'group') {
    checkGroupService(check, path, value, value.group);
  }
  checkMissedBy(check, path, value);
  checkTime(check, path, value, span);
}

/** How many people a session has; of a meeting that took place, or was missed, the leaders may have been fewer or more. */
function checkPeople(check: Check, path: Path, booking: ParsedBooking, kind: ServiceKind): void {
  const attendees = kind === 'individual' ? 1 : kind === 'joint' ? 2 : undefined;
  if (attendees !== undefined) expectCount(check, [...path, 'attendees'], booking.attendees, attendees, kind);
  const leaders = booking.group === undefined || isFact(booking.state) ? undefined : check.groups.get(booking.group)?.leadersNeeded;
  const therapists = kind === 'group' ? leaders : 1;
  if (therapists !== undefined) expectCount(check, [...path, 'therapists'], booking.therapists, therapists, kind);
}

function expectCount(check: Check, path: Path, people: readonly Id[], expected: number, kind: ServiceKind): void {
  if (people.length === expected) return;
  const message = `${String(path.at(-1))} has ${people.length} entries; this ${kind} session has ${expected}`;
  check.issues.add('wrong-count', path, message, { expected, found: people.length });
}

/** A joint session names its couple, a group session its group, and no other session does. */
function checkOwner(
  check: Check,
  path: Path,
  booking: ParsedBooking,
  kind: ServiceKind,
  key: 'couple' | 'group',
  ofKind: ServiceKind,
): void {
  if (kind === ofKind && booking[key] === undefined) {
    check.issues.add('missing-key', [...path, key], `${key} is missing; a ${kind} session names its ${key}`);
  } else if (kind !== ofKind && booking[key] !== undefined) {
    check.issues.add('misplaced-key', [...path, key], `only ${ofKind} sessions name a ${key}; ${booking.service} is of kind ${kind}`);
  }
}

function checkPartners(check: Check, path: Path, booking: ParsedBooking, couple: Id): void {
  const partners = check.partnersOf.get(couple);
  if (partners === undefined || booking.attendees.length !== 2) return;
  booking.attendees.forEach((attendee, index) => {
    if (partners.includes(attendee) || check.registry.kindOf(attendee) !== 'partner') return;
    check.issues.add('not-of-couple', [...path, 'attendees', index], `${attendee} is not a partner of ${couple}`, {
      expected: [...partners],
    });
  });
}

function checkGroupService(check: Check, path: Path, booking: ParsedBooking, group: Id): void {
  const service = check.groups.get(group)?.service;
  if (service === undefined || service === booking.service) return;
  check.issues.add('group-of-other-service', [...path, 'group'], `${group} is a group of ${service}, not of ${booking.service}`, {
    service: booking.service,
    found: service,
  });
}

function checkMissedBy(check: Check, path: Path, booking: ParsedBooking): void {
  const missedPath = [...path, 'missedBy'];
  checkReferences(check, missedPath, booking.missedBy, 'partner');
  if (booking.missedBy.length > 0 && booking.state !== 'delivered') {
    check.issues.add('misplaced-key', missedPath, `missedBy is for delivered sessions; this one is ${booking.state}`, {
      state: booking.state,
    });
  }
  booking.missedBy.forEach((id, index) => {
    if (booking.attendees.includes(id) || check.registry.kindOf(id) !== 'partner') return;
    check.issues.add('not-an-attendee', [...missedPath, index], `${id} missed the session without being an attendee`);
  });
}

function checkTime(check: Check, path: Path, booking: ParsedBooking, span: Span | undefined): void {
  const startPath = [...path, 'start'];
  const start = minuteFromIso(booking.start) ?? Number.NaN;
  if (!Number.isInteger(start)) check.issues.add('not-whole-minute', startPath, `${booking.start} is not on a whole minute`);
  if (span === undefined) return;
  const minutes = check.services.get(booking.service)?.minutes ?? 0;
  if (start >= span.start && (start >= span.end || start + minutes > span.end)) {
    check.issues.add('outside-horizon', startPath, `the session at ${booking.start} does not end within the horizon`);
  } else if (start < span.start && !isFact(booking.state)) {
    check.issues.add('before-horizon', startPath, `a ${booking.state} session at ${booking.start} lies before the horizon`, {
      state: booking.state,
    });
  } else if (start < span.start) {
    checkStays(check, path, booking);
  }
}

/** Weeks of care before the horizon are counted from the start of the stay. */
function checkStays(check: Check, path: Path, booking: ParsedBooking): void {
  booking.attendees.forEach((id, index) => {
    const partner = check.partners.get(id);
    if (partner === undefined || partner.stay?.from !== undefined) return;
    check.issues.add('missing-stay', [...path, 'attendees', index], `${id} attended before the horizon; its stay must have a from`, {
      partner: id,
    });
  });
}

function isFact(state: BookingState): boolean {
  return state === 'delivered' || state === 'missed';
}
