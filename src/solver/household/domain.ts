import type { Household, Problem } from '../../model/problem.ts';
import { onlyLeaderClash } from './pairs.ts';
import { partnerRows, withPartners, type PartnerRow } from './partner-rows.ts';

/** Therapist (or group) per role; -1 leaves the choice to each session, `NOBODY` leaves the role without sessions. */
export type Choice = Int32Array;
export const NOBODY = -2;

/** What a household may choose from in one search: rows of its candidates per node and item, and what each costs. */
export interface Domain extends Relaxation {
  /** Per node: the items that have rows. */
  items: number[][];
  /** Per node, aligned with `items`: rows, cheapest first, then by start. */
  rows: (readonly number[])[][];
  /** Per node: rows that must be in the plan. */
  forced: readonly (readonly number[])[];
  /** Per row: its whole unary cost; told for the rows at hand only. */
  cost: Float64Array;
}

/** How a domain is relaxed. */
export interface Relaxation {
  /** Whether one therapist stands for others at each start, so that sessions of one therapist at once are let pass; who leads is busy. */
  free: boolean;
  /** Whether a date with a booking that stands may be less than a service day where that is forbidden. */
  lesser: boolean;
}

/** A node's rows, whatever is chosen: forced ones, and by item the others. */
interface NodeRows {
  forced: readonly number[];
  items: readonly number[];
  rows: readonly (readonly number[])[];
  /** Whether the rows know which meetings keep their therapists busy. */
  led: boolean;
}

const NONE: readonly number[] = [];

/** Therapists that must be told apart in a role. */
type Distinct = (role: number, therapist: number) => boolean;

/** Questions who is told apart whose answers are kept: all searches of a household ask two. */
const MOST_TOLD = 4;
/** Lists shorter than this are sorted by insertion, which takes less time then. */
const SHORT = 24;

/** Makes the domains of a household. */
export class DomainMaker {
  private readonly nodes: NodeRows[] = [];
  /** Per row: its therapist or group; and its start among those of its item on the date, counted from 0. */
  private readonly server: Int32Array;
  private readonly slot: Int32Array;
  /** Per row: meetings of the date that cannot be attended beside it only since they need its therapist. */
  private readonly led: (readonly number[])[];
  /** Per row: the last domain that has it, before dominated ones are left out. */
  private readonly open: Int32Array;
  private made = 0;
  private readonly shared: readonly PartnerRow[];
  /** Per slot: the row that stands for others at that start, -1 where there is none. */
  private readonly standIn: Int32Array;
  /** By who is told apart, per row: 1 where its therapist is. */
  private readonly told = new Map<Distinct, Uint8Array>();

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
  ) {
    const { candidates, nodeStart, nodeCount } = household;
    this.server = Int32Array.from(candidates.meeting, (meeting, row) =>
      meeting >= 0 ? problem.meetings[meeting]!.group : candidates.therapist[row]!,
    );
    for (let node = 0; node < nodeCount; node++) {
      const forced: number[] = [];
      const byItem = new Map<number, number[]>();
      for (let row = nodeStart[node]!; row < nodeStart[node + 1]!; row++) {
        const list = byItem.get(candidates.item[row]!);
        if (candidates.forced[row] !== 0) forced.push(row);
        else if (list === undefined) byItem.set(candidates.item[row]!, [row]);
        else list.push(row);
      }
      const items = [...byItem.keys()].sort((a, b) => a - b);
      this.nodes.push({ forced, items, rows: items.map((item) => byItem.get(item)!), led: false });
    }
    this.led = Array.from({ length: candidates.count }, () => NONE);
    this.shared = partnerRows(household);
    this.open = new Int32Array(candidates.count);
    this.slot = new Int32Array(candidates.count);
    this.standIn = new Int32Array(this.nodes.reduce((most, { rows }) => Math.max(most, this.numberSlots(rows)), 0));
  }

  /**
   * Rows that agree with the choice, with `extra` added to their cost; rows with an infinite extra are left out, and meetings that the
   * partner must attend too but cannot; forced ones stay.
   * Where a role is free to choose, only therapists who may matter are kept at each start: those whom `distinct` tells apart, and those
   * cheaper than the first one whom no meeting keeps busy.
   */
  make(choice: Choice, extra: Float64Array, distinct: Distinct, relaxation: Relaxation): Domain {
    const cost = new Float64Array(this.household.candidates.count);
    const items: number[][] = [];
    const rows: (readonly number[])[][] = [];
    this.made++;
    const told = this.toldBy(distinct);
    const possible = this.withPartner(choice, extra);
    for (const node of this.nodes) {
      for (const row of node.forced) cost[row] = this.ownCost(row, choice);
      const open = node.rows.map((all, at) => this.matching(all, node.items[at]!, choice, possible, cost));
      const here: number[] = [];
      const kept: number[][] = [];
      for (let at = 0; at < open.length; at++) {
        const all = open[at]!;
        if (all.length === 0) continue;
        here.push(node.items[at]!);
        const some = this.isFree(node.items[at]!, choice) ? this.undominated(cost, all, told, node) : all;
        sortByCost(some, cost, this.household.candidates.start);
        kept.push(some);
      }
      items.push(here);
      rows.push(kept);
    }
    return { items, rows, forced: this.nodes.map(({ forced }) => forced), cost, ...relaxation };
  }

  /** Extras without meetings that one partner could attend alone where both must. */
  private withPartner(choice: Choice, extra: Float64Array): Float64Array {
    if (this.shared.length === 0) return extra;
    const isOpen = (row: number): boolean => {
      const only = this.onlyServer(this.household.candidates.role[row]!, choice);
      return extra[row] !== Infinity && (only === -1 || this.server[row] === only);
    };
    return withPartners(this.household, this.shared, extra, isOpen);
  }

  /** The therapist (or group) chosen, or `NOBODY`, where a role keeps one; -1 elsewhere. */
  private onlyServer(role: number, choice: Choice): number {
    return this.household.roles[role]!.continuity === 'strict' ? choice[role]! : -1;
  }

  /** An item's rows that are with the therapist (or group) chosen, where its role keeps one, and are not ruled out; notes what they cost. */
  private matching(rows: readonly number[], item: number, choice: Choice, extra: Float64Array, cost: Float64Array): number[] {
    const only = this.onlyServer(this.household.items[item]!.role, choice);
    const kept: number[] = [];
    for (const row of rows) {
      if (extra[row] === Infinity || (only !== -1 && this.server[row] !== only)) continue;
      cost[row] = this.ownCost(row, choice) + extra[row]!;
      this.open[row] = this.made;
      kept.push(row);
    }
    return kept;
  }

  /** What a session costs without extras. */
  private ownCost(row: number, choice: Choice): number {
    const { candidates, roles } = this.household;
    const role = candidates.role[row]!;
    const cost = candidates.cost[row]! + candidates.slotCost[row]!;
    const changes = roles[role]!.continuity === 'prefer' && choice[role]! >= 0 && this.server[row] !== choice[role];
    return changes && candidates.present[row] !== 0 ? cost + this.problem.weights.continuityPreferred : cost;
  }

  /** Whether an item's sessions may be with several therapists. */
  private isFree(item: number, choice: Choice): boolean {
    const { role } = this.household.items[item]!;
    const { kind, continuity } = this.household.roles[role]!;
    return kind !== 'group' && (choice[role]! < 0 || continuity !== 'strict');
  }

  /**
   * Sessions of an item without those that another one of the same start can stand for: one that costs no more and whose therapist no
   * meeting needs at that time. Those that must be told apart all stay.
   */
  private undominated(cost: Float64Array, rows: readonly number[], told: Uint8Array, node: NodeRows): number[] {
    const { standIn, slot } = this;
    for (const row of rows) standIn[slot[row]!] = -1;
    for (const row of rows) {
      if (told[row] === 1) continue;
      const known = standIn[slot[row]!]!;
      if ((known < 0 || cost[row]! < cost[known]!) && !this.keepsBusy(row, node)) standIn[slot[row]!] = row;
    }
    return rows.filter((row) => {
      const other = standIn[slot[row]!]!;
      return told[row] === 1 || other < 0 || other === row || cost[row]! < cost[other]!;
    });
  }

  /** Whether a meeting cannot be attended beside a session only since it needs the session's therapist. */
  private keepsBusy(row: number, node: NodeRows): boolean {
    if (!node.led) this.findLeaders(node);
    const { forced } = this.household.candidates;
    for (const meeting of this.led[row]!) if (this.open[meeting] === this.made || forced[meeting] !== 0) return true;
    return false;
  }

  /** Notes which meetings of a date keep the therapists of its sessions busy. */
  private findLeaders(node: NodeRows): void {
    node.led = true;
    const { meeting, therapist } = this.household.candidates;
    const meetings = new Map<number, number[]>();
    for (const row of [...node.forced, ...node.rows.flat()]) {
      if (meeting[row]! < 0) continue;
      for (const leader of this.problem.meetings[meeting[row]!]!.sure) {
        const known = meetings.get(leader);
        if (known === undefined) meetings.set(leader, [row]);
        else known.push(row);
      }
    }
    for (const rows of node.rows) {
      for (const row of rows) {
        const own = meetings.get(therapist[row]!);
        if (own !== undefined) this.led[row] = own.filter((other) => onlyLeaderClash(this.problem, this.household, other, row));
      }
    }
  }

  /** Numbers the starts of each item on a date; most of an item. */
  private numberSlots(rows: readonly (readonly number[])[]): number {
    const { start } = this.household.candidates;
    let most = 0;
    for (const ofItem of rows) {
      const slots = new Map<number, number>();
      for (const row of ofItem) {
        if (!slots.has(start[row]!)) slots.set(start[row]!, slots.size);
        this.slot[row] = slots.get(start[row]!)!;
      }
      most = Math.max(most, slots.size);
    }
    return most;
  }

  private toldBy(distinct: Distinct): Uint8Array {
    let told = this.told.get(distinct);
    if (told === undefined) {
      const { role, therapist } = this.household.candidates;
      told = Uint8Array.from(role, (each, row) => (distinct(each, therapist[row]!) ? 1 : 0));
      if (this.told.size >= MOST_TOLD) this.told.clear();
      this.told.set(distinct, told);
    }
    return told;
  }
}

/** The domain of one search; who makes several takes a `DomainMaker`. */
export function buildDomain(
  problem: Problem,
  household: Household,
  choice: Choice,
  extra: Float64Array,
  distinct: Distinct,
  relaxation: Relaxation,
): Domain {
  return new DomainMaker(problem, household).make(choice, extra, distinct, relaxation);
}

/** Sorts rows by cost, then by start, then by number. */
function sortByCost(rows: number[], cost: Float64Array, start: Int32Array): void {
  const order = (a: number, b: number): number => cost[a]! - cost[b]! || start[a]! - start[b]! || a - b;
  if (rows.length >= SHORT) {
    rows.sort(order);
    return;
  }
  for (let end = 1; end < rows.length; end++) {
    const row = rows[end]!;
    let at = end;
    for (; at > 0 && order(rows[at - 1]!, row) > 0; at--) rows[at] = rows[at - 1]!;
    rows[at] = row;
  }
}
