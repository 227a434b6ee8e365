import type { ParsedBooking } from '../../domain/booking.ts';
import type { Steps } from '../../domain/steps.ts';
import { minuteFromIso } from '../../time/instant.ts';
import type { Context, Held } from '../context.ts';

/** How long after `notBefore` a change is a change at short notice. */
const SHORT_NOTICE_MINUTES = 48 * 60;

/**
 * Movable bookings of the horizon stay where they are.
 *
 * Units: 3 for a booking that the plan does not hold; for one whose start or therapists differ 1, or 3 where the booking's own
 * start is less than 48 hours after `notBefore`.
 */
export function* movedSession(ctx: Context): Steps<number> {
  const kept = new Map(ctx.planned.flatMap((held) => (held.booking === undefined ? [] : [[held.booking.id, held] as const])));
  let units = 0;
  for (const booking of ctx.bookings.values()) {
    yield;
    const start = minuteFromIso(booking.start) as number;
    if (booking.state !== 'movable' || start < ctx.horizon.startMinute || start >= ctx.horizon.endMinute) continue;
    const held = kept.get(booking.id);
    if (held === undefined) units += 3;
    else if (held.start !== start || !sameTherapists(booking, held)) units += atShortNotice(ctx, start) ? 3 : 1;
  }
  return units;
}

function atShortNotice(ctx: Context, start: number): boolean {
  const { notBefore } = ctx.horizon;
  return notBefore !== undefined && start < notBefore + SHORT_NOTICE_MINUTES;
}

/** Whether the same people hold the session, in whatever order. */
function sameTherapists(booking: ParsedBooking, held: Held): boolean {
  const before = new Set(booking.therapists);
  const now = new Set(held.therapists);
  return before.size === now.size && [...before].every((therapist) => now.has(therapist));
}
