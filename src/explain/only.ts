import type { ParsedBooking } from '../domain/booking.ts';
import type { Id } from '../domain/common.ts';
import type { ParsedCouple } from '../domain/couple.ts';
import type { ParsedPartner } from '../domain/person.ts';
import type { ParsedProgram } from '../domain/program.ts';

/**
 * The program with care for none but the given couples and clients. What bookings of others take of therapists' time and limits and of
 * seats stays taken: these others stand by, nothing is due to them, and their locked sessions are as good as facts.
 */
export function only(program: ParsedProgram, ids: ReadonlySet<Id>): ParsedProgram {
  const households = [...program.couples, ...program.clients].filter(({ id }) => ids.has(id));
  const own = new Set(households.flatMap((one) => ('partners' in one ? one.partners.map(({ id }) => id) : [one.id])));
  const bookings = program.bookings.flatMap((booking) => {
    if (booking.group !== undefined || booking.attendees.some((attendee) => own.has(attendee))) return [booking];
    return booking.state === 'movable' ? [] : [asFact(booking)];
  });
  const booked = new Set(bookings.flatMap(({ attendees }) => attendees));
  const groupServices = new Set(program.services.filter(({ kind }) => kind === 'group').map(({ id }) => id));
  return {
    ...program,
    couples: program.couples.flatMap((couple) => {
      if (ids.has(couple.id)) return [couple];
      return couple.partners.some(({ id }) => booked.has(id)) ? [coupleStandingBy(couple, groupServices)] : [];
    }),
    clients: program.clients.flatMap((client) => {
      if (ids.has(client.id)) return [client];
      return booked.has(client.id) ? [standingBy(client, groupServices)] : [];
    }),
    bookings,
  };
}

function asFact(booking: ParsedBooking): ParsedBooking {
  return booking.state === 'locked' ? { ...booking, state: 'delivered' } : booking;
}

/** Without care but for the groups, where a meeting may be locked. */
function standingBy({ policy: _, ...partner }: ParsedPartner, groupServices: ReadonlySet<Id>): ParsedPartner {
  const groups = partner.care.filter(({ service }) => groupServices.has(service));
  const care = groups.map(({ total: __, ...item }) => ({ ...item, sessions: { ...item.sessions, min: 0 } }));
  return { ...partner, care, authorizations: [] };
}

function coupleStandingBy({ together: _, groupsTogether: __, ...couple }: ParsedCouple, groupServices: ReadonlySet<Id>): ParsedCouple {
  const [first, second] = couple.partners;
  return { ...couple, partners: [standingBy(first, groupServices), standingBy(second, groupServices)], jointCare: [] };
}
