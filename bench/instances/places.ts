import type { Random } from '../../src/kernel/random.ts';

/** Where somebody is. The pairs are real ones, but neither part is ever derived from the other. */
export interface Place {
  zone: string;
  state: string;
}

const EASTERN = 'America/New_York';
const CENTRAL = 'America/Chicago';
const MOUNTAIN = 'America/Denver';
const PACIFIC = 'America/Los_Angeles';

/** Zones of each state, the usual one first; the order puts different zones side by side, so that two states differ in zone. */
const STATES: readonly (readonly [state: string, ...zones: string[]])[] = [
  ['NY', EASTERN],
  ['AZ', 'America/Phoenix'],
  ['CA', PACIFIC],
  ['TX', CENTRAL, MOUNTAIN],
  ['CO', MOUNTAIN],
  ['FL', EASTERN, CENTRAL],
  ['IL', CENTRAL],
  ['WA', PACIFIC],
  ['VA', EASTERN],
  ['TN', CENTRAL, EASTERN],
  ['HI', 'Pacific/Honolulu'],
  ['NC', EASTERN],
  ['UT', MOUNTAIN],
  ['OR', PACIFIC, 'America/Boise'],
  ['IN', 'America/Indiana/Indianapolis', CENTRAL],
  ['PA', EASTERN],
  ['NM', MOUNTAIN],
  ['NV', PACIFIC],
  ['MN', CENTRAL],
  ['GA', EASTERN],
  ['NL', 'America/St_Johns'],
  ['KY', 'America/Kentucky/Louisville', CENTRAL],
  ['ID', 'America/Boise', PACIFIC],
  ['MO', CENTRAL],
  ['OH', EASTERN],
  ['AK', 'America/Anchorage'],
  ['MI', 'America/Detroit', CENTRAL],
  ['WI', CENTRAL],
  ['MT', MOUNTAIN],
  ['MA', EASTERN],
  ['KS', CENTRAL, MOUNTAIN],
  ['NJ', EASTERN],
  ['LA', CENTRAL],
  ['MD', EASTERN],
  ['NE', CENTRAL, MOUNTAIN],
  ['SC', EASTERN],
  ['WY', MOUNTAIN],
  ['CT', EASTERN],
  ['OK', CENTRAL],
  ['AL', CENTRAL],
  ['ME', EASTERN],
  ['IA', CENTRAL],
  ['SD', CENTRAL, MOUNTAIN],
  ['AR', CENTRAL],
  ['ND', CENTRAL, MOUNTAIN],
];

/** How many states there are to draw from. */
export const STATE_COUNT = STATES.length;

/** The states of a program: the first `count`, or for fewer than five any that differ in zone. Each appears with all its zones. */
export function drawStates(random: Random, count: number): Place[][] {
  const first = random.below(5);
  const chosen = count < 5 ? Array.from({ length: count }, (_, index) => STATES[(first + index) % 5]) : STATES.slice(0, count);
  return chosen.flatMap((row) => (row === undefined ? [] : [row.slice(1).map((zone) => ({ zone, state: row[0] }))]));
}

/** A place in one of the states; the first states are the fullest, and a second zone is rare. */
export function drawPlace(random: Random, states: readonly (readonly Place[])[]): Place {
  const places = states[Math.min(random.below(states.length), random.below(states.length))] ?? [];
  return places.length > 1 && random.chance(0.25) ? random.pick(places.slice(1)) : random.pick(places.slice(0, 1));
}
