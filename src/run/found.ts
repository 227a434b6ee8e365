import type { SearchContext } from '../solver/context.ts';

/** What a search has found so far: its context, or what a thread has told of it. */
export type Found = Pick<SearchContext, 'best' | 'fullest' | 'bound' | 'phase' | 'placed' | 'householdSolves' | 'nodes'> & {
  work: { readonly spent: number };
};

/** What is known before a search begins. */
export const NOTHING: Found = {
  best: undefined,
  fullest: undefined,
  bound: 0,
  phase: 'households',
  placed: 0,
  householdSolves: 0,
  nodes: 0,
  work: { spent: 0 },
};

/** Scores are integers, so a bound may be rounded up. */
export function boundOf({ bound }: Pick<Found, 'bound'>): number {
  return Math.max(0, Math.ceil(bound - 1e-6));
}

export function gapOf(score: number, bound: number): number {
  return (score - bound) / Math.max(1, score);
}
