import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';

/**
 * Holds when the seats of each group meeting, facts apart, lie within `capacity`: attendees, absent ones too, plus `taken`. A meeting
 * without attendees is none (`group-meeting`). Amount: seats short or too many.
 */
export function* groupCapacity(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const { id, group, fact, attendees } of ctx.planned) {
    yield;
    if (group === undefined || fact || attendees.length === 0) continue;
    const { min, max, taken } = group.capacity;
    const seats = attendees.length + taken;
    const amount = Math.max(min - seats, seats - max);
    if (amount <= 0) continue;
    const message = `meeting ${id} of ${group.id} has ${seats} seats taken of ${min} to ${max}`;
    findings.push({ rule: 'group-capacity', entities: [id, group.id], amount, message, required: seats > max ? max : min, planned: seats });
  }
  return findings;
}
