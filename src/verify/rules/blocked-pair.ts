import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';

/** Holds when no therapist, leaders too, is in a session with a partner whom `blocked` names; facts apart. Amount: 1 for each pair. */
export function* blockedPair(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const held of ctx.planned) {
    yield;
    if (held.fact) continue;
    for (const id of held.therapists) {
      const blocked = ctx.therapists.get(id)?.blocked ?? [];
      for (const attendee of held.attendees) {
        if (!blocked.includes(attendee)) continue;
        const message = `${id} may not meet ${attendee}, in session ${held.id}`;
        findings.push({ rule: 'blocked-pair', entities: [held.id, id, attendee], amount: 1, message });
      }
    }
  }
  return findings;
}
