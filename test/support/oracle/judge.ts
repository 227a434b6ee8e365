import { parseProgram } from '../../../src/domain/parse.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import type { Program } from '../../../src/domain/program.ts';
import { schedule } from '../../../src/schedule.ts';
import { bruteForce } from './brute-force.ts';

/** Units of search work that every comparison may spend; no limit of time, so that every machine gives the same answer. */
export const WORK = { workLimit: 2_000_000, timeLimitMs: Infinity };

/** How an outcome stands against the best of all plans. */
export interface Comparison {
  status: Outcome['status'] | 'threw' | 'too large';
  /** What is wrong with the outcome. */
  problem?: string;
}

/**
 * Solves the program and tries all its plans; `checks` bounds the calls of the verifier. Programs with more plans than that are `too large`
 * and not solved.
 */
export async function compare(program: Program, checks: number): Promise<Comparison> {
  const parsed = parseProgram(program);
  if (!parsed.ok) return { status: 'threw', problem: 'the program is not valid' };
  const found = bruteForce(parsed.program, checks);
  if (found === undefined) return { status: 'too large' };
  let outcome: Outcome;
  try {
    outcome = await schedule(program, WORK);
  } catch (error) {
    return { status: 'threw', problem: String(error) };
  }
  const problem = problemOf(outcome, found.best?.score);
  return { status: outcome.status, ...(problem !== undefined && { problem }) };
}

/** What an outcome claims and the best score (undefined: there is no plan) refutes. */
export function problemOf(outcome: Outcome, best: number | undefined): string | undefined {
  const least = best ?? Infinity;
  switch (outcome.status) {
    case 'infeasible':
      return best === undefined ? undefined : `infeasible, though a plan scores ${best}`;
    case 'unknown':
      return (outcome.bound ?? 0) <= least ? undefined : `bound ${outcome.bound}, though a plan scores ${best}`;
    case 'optimal':
      return outcome.score.total === least && outcome.bound === least
        ? undefined
        : `optimal with ${outcome.score.total}, the best is ${best}`;
    case 'feasible':
      return outcome.bound <= least && least <= outcome.score.total
        ? undefined
        : `bound ${outcome.bound} and score ${outcome.score.total}, the best is ${best}`;
  }
}

/** How many cases a test tries: its own number, or what the environment variable IOP_RUNS asks for. */
export function runs(usual: number): number {
  const asked = Number(process.env['IOP_RUNS']);
  return asked > 0 ? asked : usual;
}
