import type { Plan } from '../../src/domain/plan.ts';
import type { Program } from '../../src/domain/program.ts';

export const ENGINES = ['iop-scheduler', 'highs', 'cp-sat', 'cp-sat-expert', 'javascript-lp-solver', 'yalps'] as const;
export type Engine = (typeof ENGINES)[number];

/** One run of one engine, in a process of its own. */
export interface Job {
  engine: Engine;
  program: Program;
  limitSeconds: number;
  seed: number;
  /** For engines that can use several. */
  threads: number;
}

/** What an engine tells, in seconds since the ready model was handed to it (since the call, for `iop-scheduler`). */
export type Event =
  /** The engine has been loaded and its model made; `prepareSeconds` went into that. */
  | { kind: 'ready'; prepareSeconds: number; variables: number; rows: number }
  /** An answer: values that are not 0 by index of variable, and the objective that the engine gives it. */
  | { kind: 'values'; seconds: number; values: [variable: number, value: number][]; claimed: number }
  /** An answer that is a plan already. */
  | { kind: 'plan'; seconds: number; plan: Plan; claimed: number }
  /** The score of an answer that is not handed out. */
  | { kind: 'score'; seconds: number; score: number }
  /** No plan scores less. */
  | { kind: 'bound'; seconds: number; bound: number }
  /** The engine has come to its end, in its own words; `megabytes` is the most memory that its process has had. */
  | { kind: 'ended'; seconds: number; status: string; megabytes: number };

/** Where engines write events, each as soon as it is known. */
export type Tell = (event: Event) => void;

/** Seconds since `begun`, a time by `performance.now()`. */
export function secondsSince(begun: number): number {
  return (performance.now() - begun) / 1000;
}

/** Values without zeros, by index. */
export function sparse(values: ArrayLike<number>): [variable: number, value: number][] {
  return Array.from(values).flatMap((value, variable): [number, number][] => (value === 0 ? [] : [[variable, value]]));
}
