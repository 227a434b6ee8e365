import type { ParsedBooking } from '../../domain/booking.ts';
import type { Steps } from '../../domain/steps.ts';
import { minuteFromIso } from '../../time/instant.ts';
import type { Context, Held } from '../context.ts';
import type { Finding } from '../finding.ts';
import { sameMembers } from '../read-plan.ts';

/**
 * Holds when every delivered, missed or locked booking inside the horizon stands in the plan with its start, service, owner, therapists
 * and attendees; a locked group meeting may gain attendees. Amount: 1 a booking.
 */
export function* keptBooking(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  const sessions = new Map(ctx.planned.flatMap((held) => (held.booking ? [[held.booking.id, held]] : [])));
  for (const booking of ctx.bookings.values()) {
    yield;
    const start = minuteFromIso(booking.start);
    if (booking.state === 'movable' || start === undefined || start < ctx.horizon.startMinute || start >= ctx.horizon.endMinute) continue;
    const held = sessions.get(booking.id);
    if (held !== undefined && standsAsIs(held, booking)) continue;
    const message = `${booking.state} booking ${booking.id} ${held ? 'does not stand as it is' : 'is not in the plan'}`;
    findings.push({ rule: 'kept-booking', entities: [booking.id], amount: 1, message });
  }
  return findings;
}

function standsAsIs(held: Held, booking: ParsedBooking): boolean {
  const gained = booking.state === 'locked' && booking.group !== undefined;
  const attendees = gained ? held.attendees.filter((id) => booking.attendees.includes(id)) : held.attendees;
  return (
    held.start === minuteFromIso(booking.start) &&
    held.service.id === booking.service &&
    held.couple?.id === booking.couple &&
    held.group?.id === booking.group &&
    sameMembers(held.therapists, booking.therapists) &&
    sameMembers(attendees, booking.attendees)
  );
}
