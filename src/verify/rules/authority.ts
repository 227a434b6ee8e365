import type { Steps } from '../../domain/steps.ts';
import { localOf } from '../../time/zone.ts';
import type { Context } from '../context.ts';
import { isInRange } from '../dates.ts';
import type { Finding } from '../finding.ts';

/**
 * Holds when every therapist of a session, leaders too, has an authority for the state in which each attendee is at its start, valid on
 * that attendee's local date; facts apart. Amount: 1 for each therapist and attendee.
 */
export function* authority(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const held of ctx.planned) {
    yield;
    if (held.fact) continue;
    for (const attendee of held.attendees) {
      const person = ctx.person(attendee);
      if (person === undefined) continue;
      const { zone, state } = ctx.locationAt(person, held.start);
      const { day } = localOf(zone, held.start);
      for (const id of held.therapists) {
        if (ctx.therapists.get(id)?.authorities.some((one) => one.state === state && isInRange(one, day))) continue;
        const message = `${id} has no authority toward ${attendee} for session ${held.id}`;
        findings.push({ rule: 'authority', entities: [held.id, id, attendee], amount: 1, message });
      }
    }
  }
  return findings;
}
