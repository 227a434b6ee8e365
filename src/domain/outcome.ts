import type { Id } from './common.ts';
import type { Plan, Score } from './plan.ts';
import type { HardRule } from './weights.ts';

/** Rules and entities that cannot hold together. */
export interface Conflict {
  rules: HardRule[];
  entities: Id[];
  /** The horizon's week, from 1. */
  week?: number;
  message: string;
}

/** What the search did. */
export interface Statistics {
  /** Units of search work spent; the same on every machine. */
  work: number;
  /** Wall-clock milliseconds, in all and until the first complete plan. */
  milliseconds: number;
  firstPlanMilliseconds?: number;
  households: number;
  /** Sets of households that share no therapist and no group with others, so that each is solved apart; 0 where an abort came before. */
  components: number;
  candidates: number;
  /** Household problems solved. */
  householdSolves: number;
  /** Branching nodes explored for the proof. */
  nodes: number;
}

export type StoppedBy = 'time' | 'work' | 'gap' | 'abort';

/** A closed union: `optimal` and `infeasible` are proved, `feasible` and `unknown` were stopped. */
export type Outcome =
  | { status: 'optimal'; plan: Plan; score: Score; bound: number; statistics: Statistics }
  | { status: 'feasible'; plan: Plan; score: Score; bound: number; gap: number; stoppedBy: StoppedBy; statistics: Statistics }
  | { status: 'infeasible'; conflicts: Conflict[]; bestEffort: Plan; statistics: Statistics }
  | { status: 'unknown'; stoppedBy: StoppedBy; bestEffort: Plan; bound?: number; statistics: Statistics };
