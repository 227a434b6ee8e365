import type { Steps } from '../../domain/steps.ts';
import { careOwners } from '../care.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';

/**
 * Holds when all sessions of an owner and a service whose items are `strict` have one therapist, of group services one group; over the
 * plan, facts apart. Amount: therapists (or groups) beyond one.
 */
export function* continuity(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const owner of careOwners(ctx)) {
    yield;
    const strict = new Set(owner.items.filter((item) => item.continuity === 'strict').map((item) => item.service));
    for (const service of strict) {
      const sessions = (owner.sessions.get(service) ?? []).filter(({ held }) => !held.history && !held.fact);
      const different = new Set(sessions.flatMap(({ held }) => (held.group === undefined ? held.therapists : [held.group.id])));
      if (different.size <= 1) continue;
      const message = `${owner.id} has sessions of ${service} with ${[...different].join(', ')}`;
      const entities = [owner.id, service, ...different];
      findings.push({ rule: 'continuity', entities, amount: different.size - 1, message, required: 1, planned: different.size });
    }
  }
  return findings;
}
