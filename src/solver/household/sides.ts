import { COUPLE, type Household } from '../../model/problem.ts';
import type { ForcedSums } from './day-limits.ts';
import type { SessionClass } from './day-rows.ts';
import type { Domain } from './domain.ts';
import type { Wanted } from './counts.ts';
import type { Halves } from './halves.ts';
import { hourAt, type Pattern } from './pattern.ts';

/** What one person has of the patterns of a node: those that look the same to the person are one, at their least share of the cost. */
export interface Side {
  count: number;
  /** Per entry: least share of a pattern's cost; 1 where it is a service day; 1 where the person has a session. */
  cost: Float64Array;
  service: Uint8Array;
  has: Uint8Array;
  /** Per entry and own item (items first): sessions. */
  sessions: Uint8Array;
  /** Per pattern: its entry. */
  of: Int32Array;
}

/** Items that a person takes part in: own ones and joint ones. */
export function itemsOf({ items }: Household, person: number): number[] {
  return items.flatMap(({ owner }, index) => (owner === person || owner === COUPLE ? [index] : []));
}

/** A person's side of a node's patterns. The shares of both partners make a pattern's cost: the second has all that is not the first's. */
export function sideOf(household: Household, person: number, patterns: readonly Pattern[]): Side {
  const items = itemsOf(household, person);
  const entries = new Map<number, number>();
  const of = new Int32Array(patterns.length);
  const cost: number[] = [];
  const first: Pattern[] = [];
  patterns.forEach((pattern, index) => {
    let key = (pattern.has[person as 0 | 1] ? 2 : 0) + (pattern.service[person as 0 | 1] ? 1 : 0);
    for (const item of items) key = key * MOST_SESSIONS + pattern.byItem[item]!;
    let entry = entries.get(key);
    if (entry === undefined) {
      entry = entries.size;
      entries.set(key, entry);
      cost.push(Infinity);
      first.push(pattern);
    }
    cost[entry] = Math.min(cost[entry]!, shareOf(household, person, pattern));
    of[index] = entry;
  });
  return {
    count: cost.length,
    cost: Float64Array.from(cost),
    service: Uint8Array.from(first, ({ service }) => (service[person as 0 | 1] ? 1 : 0)),
    has: Uint8Array.from(first, ({ has }) => (has[person as 0 | 1] ? 1 : 0)),
    sessions: Uint8Array.from(items.flatMap((item) => first.map(({ byItem }) => byItem[item]!))),
    of,
  };
}

/** No date has as many sessions of an item. */
const MOST_SESSIONS = 64;

function shareOf({ persons }: Household, person: number, { cost, share }: Pattern): number {
  if (persons.length === 1) return cost;
  return person === 0 ? share : cost - share;
}

/** A side of patterns that are not made yet. */
export interface LooseSide {
  side: Omit<Side, 'of'>;
  /** Per entry: what of the cost is the half's own. */
  half: Float64Array;
}

/** What a loose side is made from. */
interface LooseSetting {
  household: Household;
  domain: Domain;
  node: number;
  person: number;
  joint: readonly SessionClass[];
  halves: Pick<Halves, 'classes' | 'wanted'>;
  base: ForcedSums;
}

/**
 * A person's side of a date's patterns by their numbers of sessions: for each choice of joint sessions in turn, all choices of own ones.
 * @param least cost of a share with such numbers of joint sessions and of own ones, and what of it is the half's own
 */
export function looseSideOf(
  { household, domain, node, person, joint, halves, base }: LooseSetting,
  jointCounts: readonly (readonly number[])[],
  least: (joint: readonly number[], wanted: Wanted) => { cost: number; half: number },
): LooseSide {
  const items = itemsOf(household, person);
  const { candidates, roles } = household;
  const count = jointCounts.length * halves.wanted.length;
  const side = {
    count,
    cost: new Float64Array(count),
    service: new Uint8Array(count),
    has: new Uint8Array(count),
    sessions: new Uint8Array(items.length * count),
  };
  const half = new Float64Array(count);
  const standing = items.map(
    (item) => domain.forced[node]!.filter((row) => candidates.item[row] === item && candidates.counts[row] === 1).length,
  );
  const serviceMinutes = hourAt(household, 'serviceMinutes', person, node, 1);
  const here = domain.items[node]!;
  jointCounts.forEach((shared, at) => {
    halves.wanted.forEach((wanted, index) => {
      const entry = at * halves.wanted.length + index;
      const found = least(shared, wanted);
      side.cost[entry] = found.cost;
      half[entry] = found.half;
      let { credit, sessions } = base;
      items.forEach((item, place) => {
        const ofClasses = (classes: readonly SessionClass[], counts: readonly number[]): number =>
          classes.reduce((sum, each, nth) => sum + (here[each.place] === item ? counts[nth]! : 0), 0);
        const planned = ofClasses(joint, shared) + ofClasses(halves.classes, wanted.counts);
        side.sessions[place * count + entry] = standing[place]! + planned;
        credit += planned * roles[household.items[item]!.role]!.credit;
        sessions += planned;
      });
      side.has[entry] = sessions > 0 ? 1 : 0;
      side.service[entry] = sessions > 0 && credit >= serviceMinutes ? 1 : 0;
    });
  });
  return { side, half };
}
