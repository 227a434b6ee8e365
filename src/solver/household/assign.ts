import type { Household, Problem } from '../../model/problem.ts';
import { combinations, type Option } from './choices.ts';
import type { Choice } from './domain.ts';
import { keepsApart } from './one-choice.ts';
import type { RoleOption } from './options.ts';
import { clash } from './pairs.ts';

/** Combinations of therapists tried at most. */
const MOST = 40;

/** What sessions that any therapist may hold are given to therapists by. */
interface Assignment {
  /** Per role that must choose: who may serve it. */
  lists: readonly (readonly RoleOption[] | undefined)[];
  /** Sessions at the cheapest therapists, and what each cost there beside the household's own costs. */
  rows: readonly number[];
  charged: Float64Array;
  /** What each session costs beside the household's own costs. */
  extra: Float64Array;
}

/** Sessions, each role's with the one therapist of the choice, and what they cost more than the given ones; the price of the choice is part of it. */
export interface Assigned {
  rows: number[];
  choice: Choice;
  more: number;
}

/** One therapist for the sessions of a role. */
interface Server extends Option {
  rows: readonly number[];
}

/**
 * Gives the sessions of a relaxed plan, at their times, to one therapist per role, as cheaply as may be: most often that costs no more
 * than the relaxed plan. Undefined where it is not tried, or the first combinations of therapists do not work out.
 */
export function assignTherapists(problem: Problem, household: Household, assignment: Assignment): Assigned | undefined {
  const { roles, candidates } = household;
  if (roles.some(({ kind, continuity }) => kind !== 'group' && continuity !== 'strict')) return undefined;
  const { lists, rows, charged } = assignment;
  if (lists.some((list, role) => roles[role]!.kind === 'group' && list !== undefined && list.length > 1)) return undefined;
  const isOpen = (role: number): boolean => lists[role] !== undefined && roles[role]!.kind !== 'group';
  const open = rows.filter((row) => candidates.forced[row] === 0 && isOpen(candidates.role[row]!));
  const others = rows.filter((row) => !open.includes(row));
  const options = lists.map((list, role) => {
    if (list === undefined || !isOpen(role)) return list?.map(({ server, price }) => ({ server, cost: price, rows: [] }));
    return serversOf(
      household,
      list,
      open.filter((row) => candidates.role[row] === role),
      assignment.extra,
    );
  });
  const saved = open.reduce((sum, row) => sum + candidates.cost[row]! + candidates.slotCost[row]! + charged[row]!, 0);
  let tried = 0;
  for (const { choice, cost } of combinations(options, (each) => keepsApart(household, each))) {
    const given = options.flatMap((servers, role) => servers?.find(({ server }) => server === choice[role])?.rows ?? []);
    if (isFree(problem, household, given, others)) return { rows: [...others, ...given].sort((a, b) => a - b), choice, more: cost - saved };
    if (++tried === MOST) return undefined;
  }
  return undefined;
}

/** Therapists who can hold all sessions of a role at their times, cheapest first. */
function serversOf(
  { candidates, nodeStart }: Household,
  list: readonly RoleOption[],
  sessions: readonly number[],
  extra: Float64Array,
): Server[] {
  const { therapist, item, start, cost, slotCost, node } = candidates;
  const known = new Map(list.map(({ server, price }) => [server, { server, cost: price, rows: [] as number[] }]));
  for (const row of sessions) {
    for (let other = nodeStart[node[row]!]!; other < nodeStart[node[row]! + 1]!; other++) {
      if (item[other] !== item[row] || start[other] !== start[row] || extra[other] === Infinity || candidates.forced[other] !== 0) continue;
      const server = known.get(therapist[other]!);
      if (server === undefined) continue;
      server.rows.push(other);
      server.cost += cost[other]! + slotCost[other]! + extra[other]!;
    }
  }
  return [...known.values()].filter(({ rows }) => rows.length === sessions.length).sort((a, b) => a.cost - b.cost);
}

/** Whether some sessions can be beside each other and beside others. */
function isFree(problem: Problem, household: Household, given: readonly number[], others: readonly number[]): boolean {
  return given.every((row, at) => {
    const clashes = (other: number): boolean => clash(problem, household, row, other, false);
    return !others.some(clashes) && !given.slice(at + 1).some(clashes);
  });
}
