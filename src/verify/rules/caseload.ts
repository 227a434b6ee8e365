import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';

/**
 * Holds when the partners in individual care with a therapist plus the couples in joint care are at most `limits.caseload`, over the
 * plan (delivered sessions too, missed ones not) and services without `sharedRole`. Amount: partners and couples too many.
 */
export function* caseload(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const { id, limits } of ctx.therapists.values()) {
    yield;
    if (limits.caseload === undefined) continue;
    const cases = new Set<string>();
    for (const held of ctx.of(id)) {
      if (held.history || held.service.sharedRole || held.service.kind === 'group') continue;
      if (held.couple !== undefined && held.held) cases.add(held.couple.id);
      else for (const attendee of held.attendees) if (held.present(attendee) && held.couple === undefined) cases.add(attendee);
    }
    const planned = cases.size;
    if (planned <= limits.caseload) continue;
    const message = `${id} has ${planned} of at most ${limits.caseload} partners and couples`;
    const amount = planned - limits.caseload;
    findings.push({ rule: 'caseload', entities: [id], amount, message, required: limits.caseload, planned });
  }
  return findings;
}
