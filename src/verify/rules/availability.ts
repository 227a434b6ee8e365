import type { ParsedPerson } from '../../domain/person.ts';
import type { Steps } from '../../domain/steps.ts';
import { minuteFromIso } from '../../time/instant.ts';
import { containsSpan, intersect, subtract } from '../../time/interval.ts';
import type { Context, Held } from '../context.ts';
import type { Finding } from '../finding.ts';
import { sum } from '../weeks.ts';

/**
 * Holds when each session, facts apart, lies inside one stretch of availability of every attendee and therapist: windows, adjoining ones
 * joined, minus busy times. The time of a booking is not busy for those whom it names while its session stands at its start. Amount:
 * minutes outside.
 */
export function* availability(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const held of ctx.planned) {
    yield;
    if (held.fact) continue;
    for (const id of [...held.attendees, ...held.therapists]) {
      const person = ctx.person(id);
      if (person === undefined || containsSpan(ctx.available(person), held.start, held.end)) continue;
      const stretches = ownTimeFreed(ctx, held, person);
      if (containsSpan(stretches, held.start, held.end)) continue;
      const inside = sum(intersect(stretches, [held]).map(({ start, end }) => end - start));
      const message = `session ${held.id} lies outside the availability of ${id}`;
      findings.push({ rule: 'availability', entities: [held.id, id], amount: held.end - held.start - inside, message });
    }
  }
  return findings;
}

/** Availability with the booking's own time freed, where the session stands at it and the booking names the person. */
function ownTimeFreed(ctx: Context, held: Held, person: ParsedPerson) {
  const { booking } = held;
  const named = booking !== undefined && (booking.attendees.includes(person.id) || booking.therapists.includes(person.id));
  if (!named || minuteFromIso(booking.start) !== held.start) return ctx.available(person);
  return subtract(ctx.windows(person), subtract(ctx.busy(person), [{ start: held.start, end: held.end }]));
}
