import { COUPLE, type Household } from '../../model/problem.ts';
import { atBlockEnd } from './dues.ts';

/** Minutes of a quarter hour, by which `excess-minutes` counts. */
const QUARTER = 15;

/**
 * Credited minutes that one person's week demands, in units that divide what every session is credited with. Nodes are counted from the
 * week's first. Blocks that end after these nodes demand nothing.
 */
export class MinuteRules {
  /** Per node: minutes due in its block. */
  readonly due: Int32Array;
  /** Per node: 1 where a block ends that demands minutes. */
  readonly ends: Uint8Array;
  /** Per node: units that are due in the block which begins after it, where one ends with it. */
  readonly next: Int32Array;
  /** Per node: 1 where all minutes above those due are excess. */
  readonly excess: Uint8Array;
  /** Units that the block lacks at the first node, where it is sure that none are credited before; else 0. */
  begun = 0;
  /** Most units due. */
  most = 0;

  constructor(
    nodes: number,
    readonly unit: number,
  ) {
    this.due = new Int32Array(nodes);
    this.ends = new Uint8Array(nodes);
    this.next = new Int32Array(nodes);
    this.excess = new Uint8Array(nodes);
  }

  /** Units that a block lacks at a node's start, where `states[place]` minutes are credited in it. */
  lacks(node: number, states: Int32Array, place: number): number {
    const due = this.due[node]!;
    return due === 0 ? 0 : this.units(due - states[place]!);
  }

  /** Units that some minutes take. */
  units(minutes: number): number {
    return minutes <= 0 ? 0 : Math.ceil(minutes / this.unit);
  }

  /** Whole quarter hours in some units. */
  quarters(units: number): number {
    return Math.floor((units * this.unit) / QUARTER);
  }
}

/** The rules of a person's minutes in nodes `from` to `to`; none where more than `most` units were to be told apart. */
export function minutesOf(household: Household, person: 0 | 1, from: number, to: number, most: number): MinuteRules {
  const { hours } = household.persons[person]!;
  const unit = unitOf(household, person);
  const none = new MinuteRules(to - from, 1);
  const rules = new MinuteRules(to - from, unit);
  // A node before the first week is as if it were the first of it.
  const weeks = household.nodeWeek[person].map((week) => Math.max(1, week));
  const dues = atBlockEnd(hours.minutesMin);
  const isWithin = (node: number): boolean => endOf(household, person, node) < to;
  const dueAt = (node: number): number => (node < to && isWithin(node) ? dues[weeks[node]!]! : 0);
  for (let node = from; node < to; node++) {
    const at = node - from;
    rules.due[at] = dueAt(node);
    rules.most = Math.max(rules.most, rules.units(rules.due[at]!));
    if (endsAt(household, person, node)) {
      rules.ends[at] = 1;
      rules.next[at] = rules.units(dueAt(node + 1));
    }
    rules.excess[at] = isExcess(household, person, weeks[node]!) && isWithin(node) ? 1 : 0;
  }
  if (from > 0 && endsAt(household, person, from - 1)) rules.begun = rules.units(rules.due[0]!);
  return rules.most > most ? none : rules;
}

/** Whether a block of minutes ends with a node. */
function endsAt({ weekEnd, persons }: Household, person: 0 | 1, node: number): boolean {
  const week = weekEnd[person][node]!;
  return week > 0 && persons[person]!.hours.minutesMin[week]! >= 0;
}

/** The node with which the block of a node ends; the number of nodes where none does. */
function endOf(household: Household, person: 0 | 1, node: number): number {
  let end = node;
  while (end < household.nodeCount && !endsAt(household, person, end)) end++;
  return end;
}

/** Whether a week is a block of its own in which minutes above those due are excess. */
function isExcess({ persons }: Household, person: 0 | 1, week: number): boolean {
  const { minutesMin, excessFrom, initialMinutes, initialWeekMinutes } = persons[person]!.hours;
  if (excessFrom[week]! < 0 || minutesMin[week] !== excessFrom[week]) return false;
  return week > 1 ? minutesMin[week - 1]! >= 0 : initialMinutes === initialWeekMinutes;
}

/** Greatest number that divides what each session of a person is credited with, and what history has credited. */
function unitOf({ roles, persons }: Household, person: 0 | 1): number {
  const { initialMinutes } = persons[person]!.hours;
  return Math.max(
    1,
    roles.reduce((unit, { owner, credit }) => (owner === person || owner === COUPLE ? divisorOf(unit, credit) : unit), initialMinutes),
  );
}

/** Greatest common divisor. */
function divisorOf(a: number, b: number): number {
  return b === 0 ? a : divisorOf(b, a % b);
}
