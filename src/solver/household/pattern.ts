import { COUPLE, type Household } from '../../model/problem.ts';
import { isLate } from './dates.ts';
import { bitIn, type Marks } from './marks.ts';

/** What a household does in one node: the cheapest sessions for one choice of how many of each item. */
export interface Pattern {
  cost: number;
  /** What of it the first person's sessions cost, joint and forced ones apart. */
  share: number;
  /** Candidates, forced ones first. */
  rows: readonly number[];
  /** Items with sessions that count as care, and how many. */
  items: number[];
  counts: number[];
  /** The same by item, 0 for the others. */
  byItem: Uint8Array;
  /** Per person: credited minutes, whether it has a session, whether the date is a service day. */
  credit: [number, number];
  has: [boolean, boolean];
  service: [boolean, boolean];
  /** Per person with grants: services of its sessions in order of start, -1 - service for facts, which may find no grant. */
  draws: [readonly number[], readonly number[]];
  /** Joint sessions held, and those of them that are of the date after the node's. */
  joint: number;
  lateJoint: number;
  /** By item: sessions that count as care and are of that date; undefined where there are none. */
  late: Uint8Array | undefined;
  /** Bits per entry of `Marks`, or undefined where none are kept. */
  marks: Int32Array | undefined;
}

const BOTH = [0, 1] as const;
const NO_DRAWS: readonly number[] = [];

/** Makes the patterns of one node from its sessions. */
export class PatternMaker {
  /** Per person: whether the order of sessions decides which grant they draw on. */
  readonly ordered: readonly boolean[];
  /** Per person: credited minutes that make the date a service day. */
  private readonly serviceMinutes: readonly number[];

  constructor(
    private readonly household: Household,
    private readonly marks: Marks,
    private readonly node: number,
  ) {
    this.serviceMinutes = household.persons.map((_, person) => hourAt(household, 'serviceMinutes', person, node, 1));
    this.ordered = household.persons.map((_, person) => this.grantsCompete(person));
  }

  /** What else than the number of sessions the steps can tell about a pattern. */
  kindOf({ marks, draws, late }: Pattern): string {
    return [marks?.join(), late?.join(), ...draws.map((each, person) => (this.ordered[person] === true ? each.join() : ''))].join('|');
  }

  /** Sums of the chosen sessions. */
  patternOf(cost: number, chosen: readonly number[], share = 0): Pattern {
    const { household } = this;
    const pattern: Pattern = {
      cost,
      share,
      rows: chosen,
      items: [],
      counts: [],
      byItem: new Uint8Array(household.items.length),
      credit: [0, 0],
      has: [false, false],
      service: [false, false],
      draws: [this.drawsOf(0, chosen), this.drawsOf(1, chosen)],
      joint: 0,
      lateJoint: 0,
      late: undefined,
      marks: this.marks.roles.length > 0 ? this.marksOf(chosen) : undefined,
    };
    for (let at = 0; at < chosen.length; at++) this.addRow(pattern, chosen[at]!);
    for (let item = 0; item < pattern.byItem.length; item++) {
      if (pattern.byItem[item] === 0) continue;
      pattern.items.push(item);
      pattern.counts.push(pattern.byItem[item]!);
    }
    for (let person = 0; person < household.persons.length; person++) {
      const who = person as 0 | 1;
      pattern.service[who] = pattern.has[who] && pattern.credit[who] >= this.serviceMinutes[who]!;
    }
    return pattern;
  }

  private addRow(pattern: Pattern, row: number): void {
    const { present, role, counts, item } = this.household.candidates;
    const { credit, owner } = this.household.roles[role[row]!]!;
    for (const who of BOTH) {
      if ((present[row]! & (1 << who)) === 0) continue;
      pattern.credit[who] += credit;
      pattern.has[who] = true;
    }
    if (counts[row] === 0) return;
    if (owner === COUPLE) pattern.joint++;
    if (item[row]! >= 0) pattern.byItem[item[row]!]! += 1;
    if (!isLate(this.household, row)) return;
    pattern.lateJoint++;
    if (item[row]! >= 0) (pattern.late ??= new Uint8Array(this.household.items.length))[item[row]!]! += 1;
  }

  /** Services of a person's sessions, in order of start, that may draw on grants. */
  drawsOf(person: number, chosen: readonly number[]): readonly number[] {
    const grants = this.household.persons[person]?.authorizations ?? [];
    if (grants.length === 0) return NO_DRAWS;
    const { candidates, roles } = this.household;
    const drawing = chosen
      .filter((row) => (candidates.present[row]! & (1 << person)) !== 0)
      .sort((a, b) => candidates.start[a]! - candidates.start[b]!)
      .map((row) => ({ service: roles[candidates.role[row]!]!.service, fact: candidates.forced[row] === 2 }))
      .filter(({ service }) => grants.some((grant) => grant.services.includes(service)));
    return drawing.map(({ service, fact }) => (fact ? -1 - service : service));
  }

  /** Bits of the therapists whom the sessions meet. */
  private marksOf(chosen: readonly number[]): Int32Array {
    const { candidates } = this.household;
    const { roles, words, bits } = this.marks;
    return Int32Array.from(roles, (role, index) => {
      let met = 0;
      for (const row of chosen) {
        if (candidates.role[row] !== role || candidates.counts[row] === 0) continue;
        const bit = bits[role]!.get(candidates.therapist[row]!);
        if (bit !== undefined) met |= bitIn(bit, words[index]!);
      }
      return met;
    });
  }

  /** Whether a fact of the date takes part, which may go without a grant where another session has drawn on it before. */
  private hasFacts(person: number): boolean {
    const { candidates, nodeStart } = this.household;
    for (let row = nodeStart[this.node]!; row < nodeStart[this.node + 1]!; row++) {
      if (candidates.forced[row] === 2 && (candidates.present[row]! & (1 << person)) !== 0) return true;
    }
    return false;
  }

  /** Whether sessions of the date that different grants cover compete for a grant, so that their order decides which one they draw on. */
  private grantsCompete(person: number): boolean {
    const grants = this.household.persons[person]!.authorizations;
    if (grants.length > 0 && this.hasFacts(person)) return true;
    if (grants.length < 2) return false;
    const day = this.household.nodeDay[person as 0 | 1][this.node]!;
    const valid = grants.filter((grant) => day >= grant.from && day <= grant.to);
    const services = new Set(valid.flatMap((grant) => grant.services));
    const covers = [...services].map((service) => valid.map((grant) => grant.services.includes(service)));
    return covers.some((a) => covers.some((b) => a.some((on, at) => on && b[at]) && a.some((on, at) => on !== b[at])));
  }
}

/** An hour rule of a person in the week of a node; `none` where there is no such person or week. */
export function hourAt(
  { persons, nodeWeek }: Household,
  table: 'dailyMax' | 'serviceMinutes' | 'lesserForbidden',
  person: number,
  node: number,
  none: number,
): number {
  return persons[person]?.hours[table][nodeWeek[person as 0 | 1][node]!] ?? none;
}
