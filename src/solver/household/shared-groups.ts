import type { Household } from '../../model/problem.ts';
import type { Choice } from './domain.ts';

/** A role that keeps to one group, and one of the partner's that can only attend meetings with it. */
export type SharedRoles = readonly [keeping: number, other: number];

/** The roles whose sessions, all of them, partners must attend together, where one of the two keeps to one group. */
export function sharedRoles({ roles, candidates, pairing }: Household): SharedRoles[] {
  if (pairing !== 'always') return [];
  const bound = roles.map(({ kind, continuity }) => kind === 'group' && continuity !== 'none');
  for (let row = 0; row < candidates.count; row++)
    if (candidates.pairable[row] === 0 || candidates.forced[row] !== 0) bound[candidates.role[row]!] = false;
  return roles.flatMap(({ kind, continuity, service, owner }, keeping) => {
    if (kind !== 'group' || continuity !== 'strict') return [];
    const other = roles.findIndex((role, at) => bound[at] === true && role.service === service && role.owner !== owner);
    return other < 0 ? [] : [[keeping, other] as const];
  });
}

/** Whether a choice gives such roles one group: with another one there are no sessions, or they cost more. */
export function sharesGroups(pairs: readonly SharedRoles[], choice: Choice): boolean {
  return pairs.every(([keeping, other]) => choice[keeping]! < 0 || choice[other]! < 0 || choice[keeping] === choice[other]);
}
