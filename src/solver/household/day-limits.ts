import { COUPLE, type Household, type Problem } from '../../model/problem.ts';
import { isLate, mostInNode } from './dates.ts';
import type { SessionClass } from './day-rows.ts';
import type { Domain } from './domain.ts';
import { hourAt } from './pattern.ts';

/** A person's forced sessions of a node: clock minutes, and of those attended minutes, credit and number. */
export interface ForcedSums {
  minutes: number;
  credit: number;
  presentMinutes: number;
  sessions: number;
  /** Of these, sessions of locked bookings: no facts, so that limits hold for them. */
  locked: number;
}

/** How many sessions of each item one node can hold. */
export class DayLimits {
  /** Per person: sums of the sessions that stand. */
  readonly forced: readonly ForcedSums[];
  private readonly dailyMax: readonly number[];
  private readonly lesserForbidden: readonly boolean[];

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
    private readonly domain: Domain,
    private readonly node: number,
  ) {
    this.forced = household.persons.map((_, person) => this.sumForced(person));
    this.dailyMax = household.persons.map((_, person) => hourAt(household, 'dailyMax', person, node, Infinity));
    this.lesserForbidden = household.persons.map((_, person) => hourAt(household, 'lesserForbidden', person, node, 0) === 1);
  }

  /** Most sessions of an item beside those that stand. */
  most(item: number, rows: readonly number[]): number {
    const { blockMax } = this.household.items[item]!;
    const week = this.household.candidates.week[rows[0]!]!;
    const forced = this.domain.forced[this.node]!.reduce(
      (sum, row) => sum + (this.household.candidates.item[row] === item && this.household.candidates.counts[row] === 1 ? 1 : 0),
      0,
    );
    const most = Math.min(mostInNode(this.household, this.household.items[item]!) - forced, blockMax[week]! - forced);
    if (most <= 1) return Math.max(0, most);
    return Math.min(most, mostDisjoint(this.household, rows), this.mostMeetings(rows));
  }

  /** Whether each date of the node has no more joint sessions of an item than a date may have; so many are wanted per class. */
  fitDates(joint: readonly SessionClass[], counts: readonly number[]): boolean {
    const { household, domain, node } = this;
    if (household.midnight === undefined) return true;
    const { candidates, items } = household;
    return joint.every(({ place, late }) => {
      const item = domain.items[node]![place]!;
      const chosen = joint.reduce((sum, each, index) => sum + (each.place === place && each.late === late ? counts[index]! : 0), 0);
      const stands = (row: number): boolean =>
        candidates.item[row] === item && candidates.counts[row] === 1 && isLate(household, row) === late;
      return chosen === 0 || chosen + domain.forced[node]!.filter(stands).length <= items[item]!.maxPerDay;
    });
  }

  /** Most meetings of a week among the rows, by what their groups hold. */
  private mostMeetings(rows: readonly number[]): number {
    const groups = new Set<number>();
    for (const row of rows) {
      const meeting = this.household.candidates.meeting[row]!;
      if (meeting < 0) return Infinity;
      groups.add(this.problem.meetings[meeting]!.group);
    }
    let most = 0;
    for (const group of groups) most += this.problem.groups[group]!.weeklyCount;
    return most;
  }

  /** Whether the wanted counts agree with each person's daily maximum and, where lesser days are forbidden, make a service day. */
  allows(counts: readonly number[]): boolean {
    const { persons, roles, items } = this.household;
    const here = this.domain.items[this.node]!;
    for (let person = 0; person < persons.length; person++) {
      const base = this.forced[person]!;
      let minutes = base.minutes;
      let credit = base.credit;
      let planned = 0;
      for (let index = 0; index < here.length; index++) {
        const role = roles[items[here[index]!]!.role]!;
        if (role.owner !== person && role.owner !== COUPLE) continue;
        planned += counts[index]!;
        minutes += counts[index]! * role.minutes;
        credit += counts[index]! * role.credit;
      }
      if (planned === 0 && base.locked === 0) continue;
      if (minutes > this.dailyMax[person]!) return false;
      if (this.domain.lesser && base.locked > 0) continue;
      if (this.lesserForbidden[person]! && credit < hourAt(this.household, 'serviceMinutes', person, this.node, 1)) return false;
    }
    return true;
  }

  /** Minutes that a person's daily maximum leaves beside the sessions that stand. */
  minutesLeft(person: number): number {
    return this.dailyMax[person]! - this.forced[person]!.minutes;
  }

  private sumForced(person: number): ForcedSums {
    const { candidates, roles } = this.household;
    const bit = 1 << person;
    const sums = { minutes: 0, credit: 0, presentMinutes: 0, sessions: 0, locked: 0 };
    for (const row of this.domain.forced[this.node]!) {
      const minutes = candidates.end[row]! - candidates.start[row]!;
      if ((candidates.persons[row]! & bit) !== 0) sums.minutes += minutes;
      if ((candidates.present[row]! & bit) === 0) continue;
      sums.credit += roles[candidates.role[row]!]!.credit;
      sums.presentMinutes += minutes;
      sums.sessions++;
      if (candidates.forced[row] === 1) sums.locked++;
    }
    return sums;
  }
}

/** Most of the rows that can follow each other without overlap: always the one that ends first. */
function mostDisjoint(household: Household, rows: readonly number[]): number {
  const { start, end } = household.candidates;
  const byEnd = [...rows].sort((a, b) => end[a]! - end[b]!);
  let free = -Infinity;
  let count = 0;
  for (const row of byEnd) {
    if (start[row]! < free) continue;
    free = end[row]!;
    count++;
  }
  return count;
}
