import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import { plannedFor } from '../soft-units.ts';
import { groupBy } from '../weeks.ts';

/**
 * Each partner is served by therapists who have what the partner prefers.
 *
 * Units: per partner, individual or joint service and therapist who serves the partner in it over the plan, the preferred
 * attributes that the therapist lacks. Leaders of groups do not count.
 */
export function* preferredAttributes(ctx: Context): Steps<number> {
  let units = 0;
  for (const [id, { partner }] of ctx.partners) {
    yield;
    const preferred = new Set(partner.prefers.attributes);
    if (preferred.size === 0) continue;
    const sessions = plannedFor(ctx, id).filter((held) => held.service.kind !== 'group');
    for (const ofService of groupBy(sessions, (held) => held.service.id).values()) {
      for (const therapist of new Set(ofService.flatMap((held) => held.therapists))) {
        const attributes = new Set(ctx.therapists.get(therapist)?.attributes);
        for (const attribute of preferred) if (!attributes.has(attribute)) units += 1;
      }
    }
  }
  return units;
}
