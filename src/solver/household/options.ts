import type { Household, Item, Problem } from '../../model/problem.ts';
import type { Option } from './choices.ts';
import { leastOf } from './completion.ts';
import { NOBODY } from './domain.ts';
import { lackingOf, standingSessions } from './dues.ts';

/** What options depend on: extra costs of rows and of choices; see `HouseholdRequest`. */
interface OptionRequest {
  extra: Float64Array;
  choiceCost?: (role: number, server: number) => number;
  shortfalls?: boolean;
}

/** A choice of a role: `cost` is what it costs at least with its sessions, `price` the part that is no session's. */
export interface RoleOption extends Option {
  price: number;
}

/** What each role costs at least. */
export interface RoleOptions {
  /** Per role that must choose a therapist or group: those that can serve, cheapest first; undefined where none is chosen. */
  options: (RoleOption[] | undefined)[];
  /** Least cost of the roles that do not choose, and of sessions that stand. */
  rest: number;
}

/** Options of every role, each with a bound from the care's minimums at the cheapest sessions of that therapist or group. */
export function roleOptions(problem: Problem, household: Household, request: OptionRequest): RoleOptions {
  const standing = standingSessions(household);
  const result: RoleOptions = { options: [], rest: 0 };
  for (let row = 0; row < household.candidates.count; row++) {
    if (household.candidates.forced[row] !== 0) result.rest += household.candidates.cost[row]! + household.candidates.slotCost[row]!;
  }
  household.roles.forEach((role, index) => {
    const items = household.items.flatMap((item, at) => (item.role === index ? [at] : []));
    const costs = new SessionCosts(problem, household, request.extra, index);
    const least = (server: number): number =>
      items.reduce((sum, at) => sum + leastOfItem(household, at, standing, costs.with(at, server), request.shortfalls === true), 0);
    if (role.continuity === 'none' || items.length === 0) {
      result.rest += least(-1);
      result.options.push(undefined);
      return;
    }
    const strict = role.continuity === 'strict';
    const locked = lockedServers(problem, household, index);
    const servers = strict && locked.size > 0 ? role.domain.filter((server) => locked.size === 1 && locked.has(server)) : role.domain;
    const options = servers
      .map((server) => ({ server, price: priceOf(household, request, index, server), least: least(server) }))
      .map(({ server, price, least: sessions }) => ({ server, price, cost: price + sessions }));
    if (strict && locked.size === 0) options.push({ server: NOBODY, price: 0, cost: least(NOBODY) });
    const open = options.filter(({ cost }) => cost < Infinity).sort((a, b) => a.cost - b.cost);
    if (!strict && servers.length === 0) result.rest += least(-1);
    result.options.push(!strict && servers.length === 0 ? undefined : open);
  });
  return result;
}

function priceOf(household: Household, request: OptionRequest, role: number, server: number): number {
  const own = household.roles[role]!.continuity === 'strict' ? lackingOf(household, role, server) : 0;
  if (household.roles[role]!.separated && takenByOthers(household, role, server)) return Infinity;
  return own + (request.choiceCost?.(role, server) ?? 0);
}

/** Therapists (or groups) of a role's locked bookings, which a strict role cannot leave. */
function lockedServers(problem: Problem, household: Household, role: number): Set<number> {
  const { candidates } = household;
  const servers = new Set<number>();
  for (let row = 0; row < candidates.count; row++) {
    if (candidates.forced[row] === 1 && candidates.role[row] === role) servers.add(serverOf(problem, household, row));
  }
  return servers;
}

/** The therapist of a session, or the group of a meeting. */
export function serverOf(problem: Problem, { candidates }: Household, row: number): number {
  return candidates.meeting[row]! >= 0 ? problem.meetings[candidates.meeting[row]!]!.group : candidates.therapist[row]!;
}

/** Whether history has given the therapist to another role of the household. */
function takenByOthers(household: Household, role: number, server: number): boolean {
  const { roles, pastTherapists } = household;
  return roles.some((other, index) => other.separated && other.owner !== roles[role]!.owner && pastTherapists[index]!.includes(server));
}

function leastOfItem(
  household: Household,
  index: number,
  standing: Int32Array,
  costs: (node: number) => readonly number[],
  shortfalls: boolean,
): number {
  return leastOf(household, household.items[index]!, costs, (node) => standing[index * household.nodeCount + node]!, shortfalls);
}

/** Costs of a role's cheapest sessions per item and node, with one therapist (or group) or any. */
class SessionCosts {
  /** Rows per item and node. */
  private readonly rows = new Map<number, number[]>();

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
    private readonly extra: Float64Array,
    private readonly role: number,
  ) {
    const { candidates, nodeCount } = household;
    for (let row = 0; row < candidates.count; row++) {
      if (candidates.role[row] !== role || candidates.forced[row] !== 0 || extra[row] === Infinity) continue;
      const key = candidates.item[row]! * nodeCount + candidates.node[row]!;
      const list = this.rows.get(key);
      if (list === undefined) this.rows.set(key, [row]);
      else list.push(row);
    }
  }

  /** Per node: cost of 0, 1, 2... sessions of an item with a server; -1 is any. */
  with(item: number, server: number): (node: number) => readonly number[] {
    const { items, nodeCount, roles } = this.household;
    const most = mostPerDay(items[item]!);
    const strict = roles[this.role]!.continuity === 'strict';
    return (node) => {
      const rows = this.rows.get(item * nodeCount + node);
      if (rows === undefined || server === NOBODY) return NOTHING;
      return prefixSums(
        rows
          .filter((row) => !strict || server === -1 || serverOf(this.problem, this.household, row) === server)
          .map((row) => this.costOf(row, server)),
        most,
      );
    };
  }

  private costOf(row: number, server: number): number {
    const { candidates, roles } = this.household;
    const usual = roles[this.role]!.continuity !== 'prefer' || server === -1 || serverOf(this.problem, this.household, row) === server;
    return candidates.cost[row]! + candidates.slotCost[row]! + this.extra[row]! + (usual ? 0 : this.problem.weights.continuityPreferred);
  }
}

const NOTHING: readonly number[] = [0];

function mostPerDay({ maxPerDay, blockMax }: Item): number {
  return Math.min(maxPerDay, Math.max(...blockMax));
}

/** 0, the least cost, the sum of the two least, ... */
function prefixSums(costs: number[], most: number): readonly number[] {
  if (most === 1) return costs.length === 0 ? NOTHING : [0, Math.min(...costs)];
  costs.sort((a, b) => a - b);
  const sums = [0];
  for (let count = 0; count < Math.min(most, costs.length); count++) sums.push(sums[count]! + costs[count]!);
  return sums;
}
