import { COUPLE, type Household } from '../../model/problem.ts';
import type { Pattern } from './pattern.ts';

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
