import { generate, type Instance } from './instances/generate.ts';
import type { Tier, Tightness } from './instances/shape.ts';

/** Names one generated program: the same case is the same program everywhere. */
export interface Case {
  tier: Tier;
  /** Of the horizon. */
  weeks: number;
  tightness: Tightness;
  seed: number;
}

export const TIGHTNESS: readonly Tightness[] = ['loose', 'tight'];

/** Cases of every class (tier, weeks, tightness), seeds 1 to `seeds`, in the order in which they are printed. */
export function everyCase(tiers: readonly Tier[], weeks: readonly number[], seeds: number): Case[] {
  return classes(tiers, weeks).flatMap((each) => Array.from({ length: seeds }, (_, index) => ({ ...each, seed: index + 1 })));
}

/** `count` cases that take the classes in turn, so that a sweep which is cut short has seen all of them; seeds rise from `from`. */
export function casesInTurn(tiers: readonly Tier[], weeks: readonly number[], count: number, from: number): Case[] {
  const all = classes(tiers, weeks);
  const rounds = Math.ceil(count / all.length);
  return Array.from({ length: rounds }, (_, round) => all.map((each) => ({ ...each, seed: from + round })))
    .flat()
    .slice(0, count);
}

function classes(tiers: readonly Tier[], weeks: readonly number[]): Omit<Case, 'seed'>[] {
  return tiers.flatMap((tier) => weeks.flatMap((count) => TIGHTNESS.map((tightness) => ({ tier, weeks: count, tightness }))));
}

export function classOf({ tier, weeks, tightness }: Case): string {
  return `${tier} ${weeks}w ${tightness}`;
}

export function nameOf(each: Case): string {
  return `${classOf(each)} #${each.seed}`;
}

export function instanceOf({ tier, weeks, tightness, seed }: Case): Instance {
  return generate({ tier, weeks, tightness, seed });
}
