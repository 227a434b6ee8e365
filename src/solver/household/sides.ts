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
  /** Per entry: most minutes that the person is credited with. */
  credit: Int32Array;
  /** Per entry and own item (items first): sessions. */
  sessions: Uint8Array;
  /** Per pattern: its entry. */
  of: Int32Array;
}

/** Items that a person takes part in: own ones and joint ones. */
export function itemsOf({ items }: Household, person: number): number[] {
  const own: number[] = [];
  for (let index = 0; index < items.length; index++) {
    const { owner } = items[index]!;
    if (owner === person || owner === COUPLE) own.push(index);
  }
  return own;
}

/** A person's side of a node's patterns. The shares of both partners make a pattern's cost: the second has all that is not the first's. */
export function sideOf(household: Household, person: number, patterns: readonly Pattern[]): Side {
  const who = person as 0 | 1;
  const items = itemsOf(household, person);
  const entries = new Map<number, number>();
  const of = new Int32Array(patterns.length);
  const cost: number[] = [];
  const first: Pattern[] = [];
  const credit: number[] = [];
  for (let index = 0; index < patterns.length; index++) {
    const pattern = patterns[index]!;
    const share = shareOf(household, person, pattern);
    const key = keyOf(pattern, who, items);
    const known = entries.get(key);
    if (known === undefined) {
      of[index] = first.length;
      entries.set(key, first.length);
      cost.push(share);
      credit.push(pattern.credit[who]);
      first.push(pattern);
    } else {
      of[index] = known;
      if (share < cost[known]!) cost[known] = share;
      if (pattern.credit[who] > credit[known]!) credit[known] = pattern.credit[who];
    }
  }
  const count = first.length;
  const side: Side = { ...emptySide(count, items.length), of };
  for (let entry = 0; entry < count; entry++) {
    const { service, has, byItem } = first[entry]!;
    side.cost[entry] = cost[entry]!;
    side.credit[entry] = credit[entry]!;
    side.service[entry] = service[who] ? 1 : 0;
    side.has[entry] = has[who] ? 1 : 0;
    for (let place = 0; place < items.length; place++) side.sessions[place * count + entry] = byItem[items[place]!]!;
  }
  return side;
}

/** What a person can tell about a pattern. */
function keyOf({ has, service, byItem }: Pattern, person: 0 | 1, items: readonly number[]): number {
  let key = (has[person] ? 2 : 0) + (service[person] ? 1 : 0);
  for (let index = 0; index < items.length; index++) key = key * MOST_SESSIONS + byItem[items[index]!]!;
  return key;
}

function emptySide(count: number, items: number): Omit<Side, 'of'> {
  return {
    count,
    cost: new Float64Array(count),
    service: new Uint8Array(count),
    has: new Uint8Array(count),
    credit: new Int32Array(count),
    sessions: new Uint8Array(items * count),
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
  const { roles } = household;
  const { wanted: all } = halves;
  const count = jointCounts.length * all.length;
  const side = emptySide(count, items.length);
  const half = new Float64Array(count);
  const standing = items.map((item) => standingOf(household, domain.forced[node]!, item));
  const serviceMinutes = hourAt(household, 'serviceMinutes', person, node, 1);
  const here = domain.items[node]!;
  const planned = new Int32Array(household.items.length);
  const add = (classes: readonly SessionClass[], counts: readonly number[]): void => {
    for (let nth = 0; nth < classes.length; nth++) planned[here[classes[nth]!.place]!]! += counts[nth]!;
  };
  for (let entry = 0; entry < count; entry++) {
    const shared = jointCounts[Math.floor(entry / all.length)]!;
    const wanted = all[entry % all.length]!;
    const found = least(shared, wanted);
    side.cost[entry] = found.cost;
    half[entry] = found.half;
    planned.fill(0);
    add(joint, shared);
    add(halves.classes, wanted.counts);
    let { credit, sessions } = base;
    for (let place = 0; place < items.length; place++) {
      const item = items[place]!;
      side.sessions[place * count + entry] = standing[place]! + planned[item]!;
      credit += planned[item]! * roles[household.items[item]!.role]!.credit;
      sessions += planned[item]!;
    }
    side.credit[entry] = credit;
    side.has[entry] = sessions > 0 ? 1 : 0;
    side.service[entry] = sessions > 0 && credit >= serviceMinutes ? 1 : 0;
  }
  return { side, half };
}

function standingOf({ candidates }: Household, forced: readonly number[], item: number): number {
  let count = 0;
  for (const row of forced) if (candidates.item[row] === item && candidates.counts[row] === 1) count++;
  return count;
}
