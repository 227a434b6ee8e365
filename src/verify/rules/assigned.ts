import type { Id } from '../../domain/common.ts';
import type { Steps } from '../../domain/steps.ts';
import { itemOf } from '../care.ts';
import type { Context, Held } from '../context.ts';
import type { Finding } from '../finding.ts';

/**
 * Holds when each session, facts apart, is with the `therapist` and of the `group` that the care item of its attendee names. Amount: 1
 * for each.
 */
export function* assigned(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const held of ctx.planned) {
    yield;
    if (held.fact) continue;
    const joint = held.couple !== undefined;
    for (const attendee of joint ? held.attendees.slice(0, 1) : held.attendees) {
      if (!someoneNamed(ctx, held, attendee)) continue;
      const item = itemOf(ctx, held, attendee);
      const owner = held.couple?.id ?? attendee;
      for (const expected of [item?.therapist, item?.group]) {
        if (expected === undefined || held.therapists.includes(expected) || held.group?.id === expected) continue;
        const message = `session ${held.id} of ${owner} is not with ${expected}`;
        findings.push({ rule: 'assigned', entities: [held.id, owner, expected], amount: 1, message });
      }
    }
  }
  return findings;
}

/** Whether any item of the session's owner and service names a therapist or group; most name none. */
function someoneNamed(ctx: Context, { couple, service }: Held, attendee: Id): boolean {
  const items = couple?.jointCare ?? ctx.partners.get(attendee)?.partner.care ?? [];
  return items.some((item) => item.service === service.id && (item.therapist !== undefined || item.group !== undefined));
}
