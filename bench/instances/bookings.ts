import type { Booking } from '../../src/domain/booking.ts';
import type { Session } from '../../src/domain/plan.ts';
import type { Random } from '../../src/kernel/random.ts';
import { isoFromMinute, minuteFromIso } from '../../src/time/instant.ts';

/** Planted sessions that are on calendars already, and the instant before which nothing new is planned. */
export interface Calendars {
  bookings: Booking[];
  notBefore?: string;
}

/** In a third of the programs some sessions are booked; in half of those the first days are over, and all their sessions delivered. */
export function drawBookings(random: Random, sessions: readonly Session[]): Calendars {
  if (!random.chance(0.3) || sessions.length === 0) return { bookings: [] };
  const first = sessions.map((session) => minuteFromIso(session.start) ?? 0).reduce((least, start) => Math.min(least, start), Infinity);
  const notBefore = random.chance(0.5) ? first + random.between(1, 48) * 30 : undefined;
  const share = random.pick([0.02, 0.1, 0.4]);
  const bookings = sessions.flatMap((session): Booking[] => {
    const over = notBefore !== undefined && (minuteFromIso(session.start) ?? 0) < notBefore;
    if (!over && !random.chance(share)) return [];
    return [bookingOf(session, over ? 'delivered' : random.pick(['locked', 'movable']))];
  });
  return { bookings, ...(notBefore === undefined ? {} : { notBefore: isoFromMinute(notBefore) }) };
}

function bookingOf(session: Session, state: Booking['state']): Booking {
  const { id, service, start, therapists, attendees, couple, group } = session;
  const whose = { ...(couple === undefined ? {} : { couple }), ...(group === undefined ? {} : { group }) };
  return { id: `b-${id}`, service, start, therapists: [...therapists], attendees: [...attendees], ...whose, state };
}

/** The sessions as they stand in the plan: those that come from bookings carry the bookings' ids. */
export function withBookings(sessions: readonly Session[], bookings: readonly Booking[]): Session[] {
  const booked = new Set(bookings.map((booking) => booking.id));
  return sessions.map((session) =>
    booked.has(`b-${session.id}`) ? { ...session, id: `b-${session.id}`, booking: `b-${session.id}` } : session,
  );
}
