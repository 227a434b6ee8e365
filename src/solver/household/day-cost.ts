import type { Household } from '../../model/problem.ts';
import { overlap } from './pairs.ts';

/** Minutes in a unit of the couple's wish `together`. */
const UNIT = 15;
/** What the rounding up of minutes to units adds at most. */
const ROUNDING = UNIT - 1;

/**
 * Quarter hours that the couple's wish `together` counts of a node's sessions. Where a date of the horizon's clock goes on in another node,
 * they are too few rather than too many: what a date has in a node after midnight is rounded down there, and with it what is left of the
 * date is rounded up at most; see `togetherCorrection`.
 */
export function togetherUnits(household: Household, rows: readonly number[], count: number): number {
  const { midnight, candidates, together } = household;
  if (together === 'staggered') return unitsOf(household, bothMinutes(household, rows, count));
  const whole = aloneMinutes(household, rows, count);
  if (midnight === undefined || count === 0) return Math.ceil(whole / UNIT);
  const before = aloneMinutes(household, rows, count, midnight[candidates.node[rows[0]!]!]!);
  return Math.ceil(before / UNIT) + Math.floor((whole - before) / UNIT);
}

/** Units of minutes of a node, which are too few where they may be of two dates. */
export function unitsOf({ midnight }: Household, minutes: number): number {
  return Math.ceil((minutes - roundingOf(midnight)) / UNIT);
}

/** Minutes by which a node's minutes are taken to be fewer, so that units of them are never too many. */
export function roundingOf(midnight: Household['midnight']): number {
  return midnight === undefined ? 0 : ROUNDING;
}

/** What `together` costs by definition, date by date, beyond the units of nodes. */
export function togetherCorrection(household: Household, rows: readonly number[], weight: number): number {
  const { midnight, candidates, together, persons } = household;
  if (midnight === undefined || together === 'none' || persons.length < 2 || weight === 0) return 0;
  const byNode = new Map<number, number[]>();
  for (const row of rows) byNode.set(candidates.node[row]!, [...(byNode.get(candidates.node[row]!) ?? []), row]);
  const minutesOf = together === 'staggered' ? bothMinutes : aloneMinutes;
  const minutes = new Map<number, number>();
  const add = (date: number, more: number): Map<number, number> => minutes.set(date, (minutes.get(date) ?? 0) + more);
  let units = 0;
  for (const [node, inNode] of byNode) {
    units -= togetherUnits(household, inNode, inNode.length);
    const before = minutesOf(household, inNode, inNode.length, midnight[node]!);
    add(node, before);
    add(node + 1, minutesOf(household, inNode, inNode.length) - before);
  }
  for (const each of minutes.values()) units += Math.ceil(each / UNIT);
  return weight * units;
}

/** Minutes of individual sessions, up to one, during which the other partner is in no session. */
function aloneMinutes(household: Household, rows: readonly number[], count: number, until = Infinity): number {
  const { start, end, present, role } = household.candidates;
  let minutes = 0;
  for (let index = 0; index < count; index++) {
    const row = rows[index]!;
    if (present[row] === 0 || household.roles[role[row]!]!.kind !== 'individual') continue;
    minutes += Math.max(0, Math.min(end[row]!, until) - start[row]!);
    for (let other = 0; other < count; other++) {
      if ((present[rows[other]!]! & ~present[row]!) !== 0) minutes -= overlap(household, row, rows[other]!, until);
    }
  }
  return minutes;
}

/** Minutes, up to one, in which both partners are in sessions that are not the same. */
export function bothMinutes(household: Household, rows: readonly number[], count: number, until = Infinity): number {
  let minutes = 0;
  for (let index = 0; index < count; index++) {
    for (let other = index + 1; other < count; other++) minutes += bothMinutesOf(household, rows[index]!, rows[other]!, until);
  }
  return minutes;
}

/** Minutes, up to one, in which one partner is in one session and the other in another. */
export function bothMinutesOf(household: Household, a: number, b: number, until = Infinity): number {
  const { present, meeting } = household.candidates;
  const same = meeting[a] === meeting[b] && meeting[a]! >= 0;
  return !same && (present[a]! | present[b]!) === 3 && (present[a]! & present[b]!) === 0 ? overlap(household, a, b, until) : 0;
}
