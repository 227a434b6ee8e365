import type { Household, Problem } from '../../model/problem.ts';
import type { Option } from './choices.ts';
import { priceNode, type Blocks, type NodeCosts } from './blocks.ts';
import { mostInNode } from './dates.ts';
import { NOBODY } from './domain.ts';
import { lackingOf, SHORTFALL } from './dues.ts';

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
export function roleOptions(tables: OptionTables, household: Household, request: OptionRequest): RoleOptions {
  const result: RoleOptions = { options: [], rest: tables.standingCost };
  household.roles.forEach((role, index) => {
    const least = (server: number): number => tables.least(index, server, request);
    if (role.continuity === 'none' || !tables.hasItems(index)) {
      result.rest += least(ANY);
      result.options.push(undefined);
      return;
    }
    const strict = role.continuity === 'strict';
    const locked = tables.locked[index]!;
    const servers = strict && locked.size > 0 ? role.domain.filter((server) => locked.size === 1 && locked.has(server)) : role.domain;
    const open: RoleOption[] = [];
    const offer = (server: number, price: number): void => {
      const cost = price === Infinity ? Infinity : price + least(server);
      if (cost < Infinity) open.push({ server, price, cost });
    };
    for (const server of servers) offer(server, priceOf(household, request, index, server));
    if (strict && locked.size === 0) offer(NOBODY, 0);
    open.sort((a, b) => a.cost - b.cost);
    if (!strict && servers.length === 0) result.rest += least(ANY);
    result.options.push(!strict && servers.length === 0 ? undefined : open);
  });
  return result;
}

/** What a role costs with a therapist (or group) beside its sessions; Infinity where it may not have them. */
export function priceOf(household: Household, request: OptionRequest, role: number, server: number): number {
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

/** Whoever is cheapest at each session. */
const ANY = -1;

/** What the options of a household read, whatever sessions cost. */
export class OptionTables {
  /** Cost of sessions that stand. */
  readonly standingCost: number;
  /** Per role: therapists (or groups) of its locked bookings. */
  readonly locked: readonly ReadonlySet<number>[];
  /** Per role: its items. */
  private readonly items: readonly (readonly number[])[];
  /** Per item and node (items first, and one more): where its candidates begin among `rows`, which are by therapist (or group). */
  private readonly starts: Int32Array;
  private readonly rows: Int32Array;
  /** Per item: most sessions of a date. */
  private readonly most: Int32Array;
  /** Costs of the cheapest sessions of a date, rising, and of 0, 1, 2... of them. */
  private readonly cheapest: Float64Array;
  private readonly node: NodeCosts;
  private readonly table: Float64Array;

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
    private readonly blocks: Blocks,
    private readonly standing: Int32Array,
  ) {
    const { candidates, items, roles, nodeCount } = household;
    this.standingCost = 0;
    const rows = Array.from({ length: items.length * nodeCount }, (): number[] => []);
    for (let row = 0; row < candidates.count; row++) {
      if (candidates.forced[row] !== 0) this.standingCost += candidates.cost[row]! + candidates.slotCost[row]!;
      else rows[candidates.item[row]! * nodeCount + candidates.node[row]!]!.push(row);
    }
    const server = (row: number): number => serverOf(problem, household, row);
    this.rows = Int32Array.from(rows.flatMap((ofDay) => ofDay.sort((a, b) => server(a) - server(b))));
    this.starts = new Int32Array(rows.length + 1);
    rows.forEach(({ length }, at) => (this.starts[at + 1] = this.starts[at]! + length));
    this.locked = roles.map((_, role) => lockedServers(problem, household, role));
    this.items = roles.map((_, role) => items.flatMap((item, at) => (item.role === role ? [at] : [])));
    this.most = Int32Array.from(items, (item) => Math.min(mostInNode(household, item), Math.max(...item.blockMax)));
    const most = this.most.reduce((all, each) => Math.max(all, each), 0);
    this.cheapest = new Float64Array(most);
    this.node = { costs: new Float64Array(most + 1), from: 0, count: 1, standing: 0 };
    this.table = new Float64Array(blocks.widths.reduce((all, each) => Math.max(all, each), 0) * blocks.stride);
  }

  hasItems(role: number): boolean {
    return this.items[role]!.length > 0;
  }

  /** Least cost of all that a role's items demand, from the cheapest sessions of a therapist (or group), or of any. */
  least(role: number, server: number, { extra, shortfalls }: OptionRequest): number {
    let sum = 0;
    for (const item of this.items[role]!) sum += this.leastOfItem(item, server, extra, shortfalls === true ? SHORTFALL.session : Infinity);
    return sum;
  }

  private leastOfItem(item: number, server: number, extra: Float64Array, price: number): number {
    const { blocks, household, table, node } = this;
    const { fresh, dues, stride } = blocks;
    const width = blocks.widths[item]!;
    table.fill(0, (stride - 1) * width, stride * width);
    for (let at = stride - 2; at >= 0; at--) {
      const next = item * stride + at + 1;
      const day = item * (stride - 1) + at;
      node.count = server === NOBODY ? 1 : this.price(item, day, server, extra);
      node.standing = this.standing[day]!;
      priceNode(table, at * width, width, node, fresh[next] === 1, dues[next]!, price);
    }
    return table[Math.max(0, dues[item * stride]! - household.items[item]!.initialBlock)]!;
  }

  /** Writes the cost of 0, 1, 2... cheapest sessions of a date; how many numbers these are. */
  private price(item: number, day: number, server: number, extra: Float64Array): number {
    const { household, cheapest, problem, starts, rows } = this;
    const { candidates } = household;
    const { continuity } = household.roles[household.items[item]!.role]!;
    const only = continuity === 'strict' && server !== ANY;
    const other = continuity === 'prefer' && server !== ANY ? problem.weights.continuityPreferred : 0;
    const most = this.most[item]!;
    const end = starts[day + 1]!;
    let found = 0;
    for (let index = only ? this.firstOf(day, server) : starts[day]!; index < end; index++) {
      const row = rows[index]!;
      if (only && serverOf(problem, household, row) !== server) break;
      if (extra[row] === Infinity) continue;
      const usual = other === 0 || serverOf(problem, household, row) === server;
      const cost = candidates.cost[row]! + candidates.slotCost[row]! + extra[row]! + (usual ? 0 : other);
      let place = found;
      while (place > 0 && cheapest[place - 1]! > cost) place--;
      if (place === most) continue;
      if (found < most) found++;
      for (let at = found - 1; at > place; at--) cheapest[at] = cheapest[at - 1]!;
      cheapest[place] = cost;
    }
    const costs = this.node.costs as Float64Array;
    for (let count = 0; count < found; count++) costs[count + 1] = costs[count]! + cheapest[count]!;
    return found + 1;
  }

  /** The first entry of a date whose therapist (or group) is not below one. */
  private firstOf(day: number, server: number): number {
    let [low, high] = [this.starts[day]!, this.starts[day + 1]!];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (serverOf(this.problem, this.household, this.rows[middle]!) < server) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
