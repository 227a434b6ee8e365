import type { Household, MovableRole, Problem, Role } from '../model/problem.ts';
import type { HouseholdPlan, HouseholdRequest } from './household/request.ts';
import type { Choice } from './household/domain.ts';
import { serverOf } from './household/options.ts';
import { partnerRows, withPartners } from './household/partner-rows.ts';
import { fewRows } from './few-rows.ts';
import { pickColumns } from './pick-columns.ts';

/** How many therapists (or groups that are kept) a role has, sessions a date, item and therapist, and meetings a date and item. */
export interface Width {
  servers: number;
  sessions: number;
  meetings: number;
}

/** Households with fewer sessions than this per node are not thinned out, nor are those of programs with few households. */
const MANY = 100;
const HOUSEHOLDS = 100;
/** What a session costs that a therapist lacks in a week, where therapists are compared. */
const LACKING = 1e9;
/** How many times as many groups as therapists are kept. */
const GROUPS = 2;
/** Meetings a date and item where the therapists and groups are chosen. */
const MEETINGS = 8;
/** Meetings of an item that may overlap one another. */
const OVERLAPPING = 2;

/** A household with few of its sessions: those of `whole` at `rows`, rising. */
export interface Thin {
  household: Household;
  rows: Int32Array;
}

/** By what sessions and choices are compared; see `HouseholdRequest`. */
export type Thinned = Required<Pick<HouseholdRequest, 'extra' | 'choiceCost'>>;

/** Whether a household has so much to choose from, and the program so many households, that it is worth it to search a part of it first. */
export function isWorthThinning({ households }: Problem, { candidates, nodeCount }: Household): boolean {
  return households.length > HOUSEHOLDS && candidates.count >= MANY * nodeCount;
}

/**
 * A household that has but the cheapest of its therapists, sessions and meetings: far quicker to search, and where there is much to choose
 * from it seldom lacks a good plan. Sessions of bookings are all kept.
 */
export function thinOut(problem: Problem, household: Household, { extra, choiceCost }: Thinned, width: Width): Thin {
  const { candidates, nodeCount } = household;
  const open = withPartners(household, partnerRows(household), extra, (row) => extra[row]! < Infinity);
  const kept = cheapestServers(problem, household, { extra: open, choiceCost }, width.servers);
  const together = sharedGroups(household, kept);
  for (let row = 0; row < candidates.count; row++) {
    const role = candidates.role[row]!;
    if (candidates.forced[row] !== 0) continue;
    const server = serverOf(problem, household, row);
    if (kept[role]?.has(server) === false) open[row] = Infinity;
    if (candidates.pairable[row] !== 0 && together?.has(server) === false) open[row] = Infinity;
  }
  for (let node = 0; node < nodeCount; node++) leaveMeetings(household, open, node, width.meetings, together !== undefined);
  const few = fewRows(household, open, width.sessions);
  const rows: number[] = [];
  for (let row = 0; row < candidates.count; row++) {
    if (few[row]! < Infinity || candidates.forced[row] !== 0 || candidates.booking[row]! >= 0) rows.push(row);
  }
  return { household: part(household, rows, kept), rows: Int32Array.from(rows) };
}

/** A household that has but the sessions with an extra, and the therapists and groups of a choice. */
export function thinTo(household: Household, extra: Float64Array, choice: Choice): Thin {
  const open = extra.slice();
  for (let node = 0; node < household.nodeCount; node++) leaveMeetings(household, open, node, MEETINGS, false);
  const rows: number[] = [];
  for (let row = 0; row < open.length; row++) if (open[row]! < Infinity || household.candidates.forced[row] !== 0) rows.push(row);
  const kept = household.roles.map(({ domain }, role) => (domain.includes(choice[role]!) ? new Set([choice[role]!]) : undefined));
  return { household: part(household, rows, kept), rows: Int32Array.from(rows) };
}

/** The groups of partners who attend the same meetings, where one of them keeps to one group; undefined elsewhere. */
function sharedGroups({ roles, pairing }: Household, kept: readonly (ReadonlySet<number> | undefined)[]): ReadonlySet<number> | undefined {
  const role = pairing === 'always' ? roles.findIndex(({ kind, continuity }) => kind === 'group' && continuity === 'strict') : -1;
  return role < 0 ? undefined : (kept[role] ?? new Set(roles[role]!.domain));
}

/** A plan of a thin household as one of the whole. */
export function thickened(plan: HouseholdPlan, { rows }: Thin): HouseholdPlan {
  return { ...plan, rows: plan.rows.map((row) => rows[row]!) };
}

function part(household: Household, rows: readonly number[], kept: readonly (ReadonlySet<number> | undefined)[]): Household {
  const place = new Map(rows.map((row, index) => [row, index]));
  const candidates = pickColumns(household.candidates, rows);
  const nodeStart = new Int32Array(household.nodeCount + 1);
  for (const row of rows) nodeStart[household.candidates.node[row]! + 1]! += 1;
  for (let node = 0; node < household.nodeCount; node++) nodeStart[node + 1]! += nodeStart[node]!;
  const roles = household.roles.map((role, index) => (kept[index] === undefined ? role : narrowed(role, kept[index])));
  const movable = household.movable.map((each): MovableRole => ({
    ...each,
    bookings: each.bookings.map((booking) => ({ ...booking, candidate: place.get(booking.candidate) ?? -1 })),
  }));
  return { ...household, candidates, nodeStart, roles, movable };
}

function narrowed(role: Role, servers: ReadonlySet<number>): Role {
  const kept = role.domain.flatMap((server, at) => (servers.has(server) ? [at] : []));
  return { ...role, domain: kept.map((at) => role.domain[at]!), lacking: kept.map((at) => role.lacking[at]!) };
}

/** Per role: the therapists, or groups that are kept throughout, with whom its sessions cost least; undefined where it has few, or mixes groups. */
function cheapestServers(problem: Problem, household: Household, request: Thinned, servers: number): (Set<number> | undefined)[] {
  const offers = offersOf(problem, household, request.extra, servers);
  return offers.map((known, role) => {
    if (known === undefined) return undefined;
    const { domain, lacking, kind } = household.roles[role]!;
    const price = (server: number): number => request.choiceCost(role, server) + (lacking[domain.indexOf(server)] ?? 0);
    const costs = [...known].map(([server, offer]) => ({
      server,
      cost: offer.cost() + price(server),
      sessions: offer.sessions,
      stands: offer.stands,
    }));
    costs.sort((a, b) => a.cost - b.cost || b.sessions - a.sessions || a.server - b.server);
    const cheapest = costs.filter(({ cost }) => cost < Infinity).slice(0, mostOf(kind, servers));
    return new Set([...costs.filter(({ stands }) => stands), ...cheapest].map(({ server }) => server));
  });
}

function mostOf(kind: Role['kind'], servers: number): number {
  return kind === 'group' ? GROUPS * servers : servers;
}

/** Per role: what each therapist or group has to offer; undefined where they are few, or sessions may be with several groups. */
function offersOf(problem: Problem, household: Household, extra: Float64Array, servers: number): (Map<number, Offer> | undefined)[] {
  const { candidates, items, roles } = household;
  const offers = roles.map(({ domain, kind, continuity }) => {
    const chosen = kind !== 'group' || continuity === 'strict';
    return chosen && domain.length > mostOf(kind, servers) ? new Map<number, Offer>() : undefined;
  });
  for (let row = 0; row < candidates.count; row++) {
    const role = candidates.role[row]!;
    const item = candidates.item[row]!;
    const known = offers[role];
    if (known === undefined || item < 0) continue;
    const server = serverOf(problem, household, row);
    let offer = known.get(server);
    if (offer === undefined) known.set(server, (offer = new Offer(problem.weekCount, needOf(items[item]!.blockMin))));
    if (candidates.forced[row] !== 0 || candidates.booking[row]! >= 0) offer.stands = true;
    const node = roles[role]!.kind === 'group' ? -1 : candidates.node[row]!;
    if (candidates.forced[row] === 0 && extra[row]! < Infinity) offer.add(candidates.week[row]!, node, extra[row]! + candidates.cost[row]!);
  }
  return offers;
}

function needOf(blockMin: Int32Array): number {
  return Math.max(
    1,
    blockMin.reduce((most, each) => Math.max(most, each), 0),
  );
}

/** What a therapist or group has to offer a role: the cheapest sessions of each week. */
class Offer {
  sessions = 0;
  /** Whether a booking is among them. */
  stands = false;
  private readonly cheapest: Float64Array;
  private node = -1;
  private least = Infinity;
  private week = 0;

  constructor(
    private readonly weeks: number,
    private readonly need: number,
  ) {
    this.cheapest = new Float64Array((weeks + 1) * need).fill(LACKING);
  }

  /** Notes a session; of those of one node (-1: of meetings, which each count) only the cheapest counts. */
  add(week: number, node: number, price: number): void {
    this.sessions++;
    if (node < 0 || node !== this.node) this.close();
    this.node = node;
    this.week = week;
    this.least = Math.min(this.least, price);
  }

  private close(): void {
    if (this.least === Infinity) return;
    const from = this.week * this.need;
    let price = this.least;
    this.least = Infinity;
    if (this.week < 1 || this.week > this.weeks) return;
    for (let at = from; at < from + this.need; at++) {
      const other = this.cheapest[at]!;
      if (price >= other) continue;
      this.cheapest[at] = price;
      price = other;
    }
  }

  cost(): number {
    this.close();
    return this.cheapest.subarray(this.need).reduce((sum, each) => sum + each, 0);
  }
}

/** Rules out all but the cheapest meetings of a node: those of which no item has enough, nor two at once. */
function leaveMeetings(
  { candidates, nodeStart, roles }: Household,
  extra: Float64Array,
  node: number,
  most: number,
  together: boolean,
): void {
  const rowsOf = new Map<number, number[]>();
  for (let row = nodeStart[node]!; row < nodeStart[node + 1]!; row++) {
    const meeting = candidates.meeting[row]!;
    if (meeting < 0 || candidates.forced[row] !== 0 || extra[row] === Infinity) continue;
    if (roles[candidates.role[row]!]!.continuity === 'strict' || (together && candidates.pairable[row] !== 0)) continue;
    const known = rowsOf.get(meeting);
    if (known === undefined) rowsOf.set(meeting, [row]);
    else known.push(row);
  }
  const priced = [...rowsOf.values()].map((rows) => {
    const cost = rows.reduce((sum, row) => sum + extra[row]! + candidates.cost[row]!, 0) / rows.length;
    return { rows, cost };
  });
  priced.sort((a, b) => a.cost - b.cost || a.rows[0]! - b.rows[0]!);
  const kept = new Map<number, number[]>();
  for (const { rows } of priced) {
    const wanted = rows.some((row) => {
      const others = kept.get(candidates.item[row]!) ?? [];
      return others.length < most && others.filter((other) => overlap(candidates, row, other)).length < OVERLAPPING;
    });
    for (const row of rows) {
      const item = candidates.item[row]!;
      if (!wanted) extra[row] = Infinity;
      else kept.set(item, [...(kept.get(item) ?? []), row]);
    }
  }
}

function overlap({ start, end }: Household['candidates'], a: number, b: number): boolean {
  return start[a]! < end[b]! && start[b]! < end[a]!;
}
