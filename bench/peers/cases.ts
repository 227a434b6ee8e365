import { generate, type Instance } from '../instances/generate.ts';
import type { Tightness } from '../instances/shape.ts';

/** A generated program of one size; the same case is the same program everywhere. */
export interface PeerCase {
  couples: number;
  weeks: number;
  tightness: Tightness;
  seed: number;
}

export function peerCases(
  couples: readonly number[],
  weeks: number,
  tightness: readonly Tightness[],
  seeds: readonly number[],
): PeerCase[] {
  return couples.flatMap((count) => tightness.flatMap((each) => seeds.map((seed) => ({ couples: count, weeks, tightness: each, seed }))));
}

/** Therapists and states grow with the couples as in the tiers: 15 and 5 for 50 couples. */
export function instanceOfPeer({ couples, weeks, tightness, seed }: PeerCase): Instance {
  const therapists = Math.round(4 + 0.22 * couples);
  const states = Math.max(2, Math.round(1 + 0.08 * couples));
  return generate({ couples, therapists, states, weeks, tightness, seed });
}

export function nameOfPeer({ couples, weeks, tightness, seed }: PeerCase): string {
  return `${couples} couples ${weeks}w ${tightness} #${seed}`;
}
