import { COUPLE, type Household } from '../../model/problem.ts';
import { bitIn, type Marks } from './marks.ts';

/** What a household does in one node: the cheapest sessions for one choice of how many of each item. */
export interface Pattern {
  cost: number;
  /** What of it the first person's sessions cost, joint and forced ones apart. */
  share: number;
  /** Candidates, forced ones first. */
  rows: Int32Array;
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
  /** Joint sessions held. */
  joint: number;
  /** Bits per entry of `Marks`, or undefined where none are kept. */
  marks: Int32Array | undefined;
}

/** Makes the patterns of one node from its sessions. */
export class PatternMaker {
  /** Per person: whether the order of sessions decides which grant they draw on. */
  readonly ordered: readonly boolean[];

  constructor(
    private readonly household: Household,
    private readonly marks: Marks,
    private readonly node: number,
  ) {
    this.ordered = household.persons.map((_, person) => this.grantsCompete(person));
  }

  /** What else than the number of sessions the steps can tell about a pattern. */
  kindOf({ marks, draws }: Pattern): string {
    return [marks?.join(), ...draws.map((each, person) => (this.ordered[person] === true ? each.join() : ''))].join('|');
  }

  /** Sums of the chosen sessions. */
  patternOf(cost: number, chosen: readonly number[], share = 0): Pattern {
    const { candidates, roles, persons } = this.household;
    const pattern: Pattern = {
      cost,
      share,
      rows: Int32Array.from(chosen),
      items: [],
      counts: [],
      byItem: new Uint8Array(this.household.items.length),
      credit: [0, 0],
      has: [false, false],
      service: [false, false],
      draws: [this.drawsOf(0, chosen), this.drawsOf(1, chosen)],
      joint: 0,
      marks: this.marks.roles.length > 0 ? this.marksOf(chosen) : undefined,
    };
    for (const row of pattern.rows) {
      const role = roles[candidates.role[row]!]!;
      for (let person = 0; person < persons.length; person++) {
        if ((candidates.present[row]! & (1 << person)) === 0) continue;
        pattern.credit[person as 0 | 1] += role.credit;
        pattern.has[person as 0 | 1] = true;
      }
      if (candidates.counts[row] === 0) continue;
      if (role.owner === COUPLE) pattern.joint++;
      if (candidates.item[row]! < 0) continue;
      pattern.byItem[candidates.item[row]!]! += 1;
      const at = pattern.items.indexOf(candidates.item[row]!);
      if (at >= 0) pattern.counts[at]!++;
      else {
        pattern.items.push(candidates.item[row]!);
        pattern.counts.push(1);
      }
    }
    for (let person = 0; person < persons.length; person++) {
      const who = person as 0 | 1;
      pattern.service[who] = pattern.has[who] && pattern.credit[who] >= hourAt(this.household, 'serviceMinutes', person, this.node, 1);
    }
    return pattern;
  }

  /** Services of a person's sessions, in order of start, that may draw on grants. */
  drawsOf(person: number, chosen: readonly number[]): number[] {
    const grants = this.household.persons[person]?.authorizations ?? [];
    if (grants.length === 0) return [];
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
