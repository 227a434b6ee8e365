import { COUPLE, type Household, type Item } from '../../model/problem.ts';

/** Whether a session is joint and of the date, on the horizon's clock, that follows its node's. */
export function isLate({ midnight, nodeDay, candidates, roles }: Household, row: number): boolean {
  if (midnight === undefined || roles[candidates.role[row]!]!.owner !== COUPLE) return false;
  return candidates.days[2][row]! > nodeDay[2][candidates.node[row]!]!;
}

/** Most sessions of an item in one node: as many as a date may have, twice where the node may hold joint sessions of two dates. */
export function mostInNode({ midnight }: Household, { owner, maxPerDay }: Item): number {
  return midnight !== undefined && owner === COUPLE ? 2 * maxPerDay : maxPerDay;
}
