import type { Household } from '../../model/problem.ts';
import type { Choice } from './domain.ts';

/** A role that keeps to one group, and one of the partner's that can only attend meetings with it. */
export interface SharedRoles {
  keeping: number;
  other: number;
  /** Groups that the other role may have; undefined where it keeps to its group too, so that it has nobody rather than another one. */
  possible?: readonly number[];
}

/** The roles whose sessions, all of them, partners must attend together, where one of the two keeps to one group. */
export function sharedRoles({ roles, candidates, pairing }: Household): SharedRoles[] {
  if (pairing !== 'always') return [];
  const bound = roles.map(({ kind, continuity }) => kind === 'group' && continuity !== 'none');
  for (let row = 0; row < candidates.count; row++)
    if (candidates.pairable[row] === 0 || candidates.forced[row] !== 0) bound[candidates.role[row]!] = false;
  return roles.flatMap(({ kind, continuity, service, owner }, keeping) => {
    if (kind !== 'group' || continuity !== 'strict') return [];
    const other = roles.findIndex((role, at) => bound[at] === true && role.service === service && role.owner !== owner);
    if (other < 0) return [];
    return [roles[other]!.continuity === 'strict' ? { keeping, other } : { keeping, other, possible: roles[other]!.domain }];
  });
}

/** Whether a choice gives such roles one group, where that can be: with another one there are no sessions, or they cost more. */
export function sharesGroups(pairs: readonly SharedRoles[], choice: Choice): boolean {
  return pairs.every(({ keeping, other, possible }) => {
    const group = choice[keeping]!;
    return group < 0 || choice[other]! < 0 || group === choice[other] || possible?.includes(group) === false;
  });
}
