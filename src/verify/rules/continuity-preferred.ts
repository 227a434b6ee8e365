import type { Steps } from '../../domain/steps.ts';
import { careOwners } from '../care.ts';
import type { Context, Held } from '../context.ts';
import { groupBy } from '../weeks.ts';

/**
 * Care whose continuity is preferred stays with one therapist, or one group.
 *
 * Units: per owner and service with an item of continuity `prefer`, the plan's sessions that are not with the therapist (of a
 * group service: in the group) that holds most of them.
 */
export function* continuityPreferred(ctx: Context): Steps<number> {
  let units = 0;
  for (const owner of careOwners(ctx)) {
    yield;
    const preferring = new Set(owner.items.filter((item) => item.continuity === 'prefer').map((item) => item.service));
    for (const service of preferring) {
      const sessions = (owner.sessions.get(service) ?? []).filter(({ held }) => !held.history);
      const counts = [...groupBy(sessions, ({ held }) => heldWith(held)).values()].map((group) => group.length);
      units += sessions.length - Math.max(0, ...counts);
    }
  }
  return units;
}

/** The group of a group session, the therapist of any other. */
function heldWith(held: Held): string | undefined {
  return held.service.kind === 'group' ? held.group?.id : held.therapists[0];
}
