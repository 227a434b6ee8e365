import { ownersOf, type Draft, type RoleSource } from './candidates.ts';
import type { HouseholdSource, Workshop } from './source.ts';

/**
 * Whether sessions that were left out, since on their owner's clock they lie in a week before or after those of the horizon, may make some
 * plan better: they count toward no minimum of a week, but toward blocks and totals that reach beyond; they may keep a partner company, fill
 * a meeting, be the same slot of the week before, or stand for a booking that moves.
 */
export function offWeeksMatter(shop: Workshop, source: HouseholdSource, roles: readonly RoleSource[], drafts: readonly Draft[]): boolean {
  if (source.offWeeks.length === 0) return false;
  if (source.bookings.some(({ booking }) => booking.state === 'movable')) return true;
  return source.offWeeks.some((off) => {
    const role = roles[off.role]!;
    if (reachesBeyond(source, role, off.week < 1) || fillsMeetings(shop, source, role)) return true;
    const company = source.couple?.together === 'simultaneous';
    const first = shop.program.weights['same-slot'] > 0 && off.week < 1;
    return drafts.some(
      (draft) =>
        (company && (draft.persons & ~off.persons) !== 0 && draft.start < off.end && off.start < draft.end) ||
        (first && draft.role === off.role && draft.week === off.week + 1 && draft.slot === off.slot),
    );
  });
}

/**
 * Whether some bounds of the owner take weeks of the horizon together with one before it, or after it: blocks end with the horizon, and
 * only between a service day before it and one in it may another one be wanted.
 */
function reachesBeyond({ members, bookings }: HouseholdSource, { owner, items }: RoleSource, before: boolean): boolean {
  if (items.some(({ item }) => (before && item.everyWeeks > 1) || (item.total?.min ?? 0) > 0)) return true;
  const hasPast = bookings.some(({ start }) => start < 0);
  return ownersOf(owner).some((person) => {
    const { policy } = members[person]!;
    if (policy === undefined || !before) return false;
    return policy.averageWeeks > 1 || (hasPast && [policy, ...policy.phases].some(({ maxFreeDays }) => maxFreeDays !== undefined));
  });
}

/** Whether a meeting may lack an attendee, or a partner, without the owner. */
function fillsMeetings({ program }: Workshop, { couple }: HouseholdSource, { service }: RoleSource): boolean {
  if (service.kind !== 'group') return false;
  return couple?.groupsTogether === 'always' || program.groups.some((group) => group.service === service.id && group.capacity.min > 1);
}
