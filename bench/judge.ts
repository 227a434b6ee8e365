import type { Outcome } from '../src/domain/outcome.ts';
import type { Plan, Score, Violation } from '../src/domain/plan.ts';
import type { Program } from '../src/domain/program.ts';
import { verify } from '../src/verify/verify.ts';

/** What must never happen, whatever the limit. */
export type FaultKind =
  | 'threw' // the run ended with an exception
  | 'violation' // a plan breaks a hard rule
  | 'best-effort' // a best effort breaks more than minimums, or does not say so
  | 'score' // the outcome's score is not the verifier's
  | 'bound' // above the score, above the score of a plan that is known, or proof and gap do not fit the numbers
  | 'false-infeasible' // a program with a known plan is said to have none
  | 'instance' // the known plan is none: the generator is wrong
  | 'differs'; // two runs that end by themselves give different plans

export interface Fault {
  kind: FaultKind;
  detail: string;
}

/** Rules whose minimums a best effort may leave unmet. */
const MINIMUMS: ReadonlySet<string> = new Set(['weekly-minimum', 'service-days', 'care-frequency']);

/** The score of the known plan, which keeps every rule; a fault of the instance where it does not. */
export function judgeKnown(program: Program, known: Plan): { score: number; faults: Fault[] } {
  const { violations, score } = verify(program, known);
  return { score: score.total, faults: violations.map((each) => fault('instance', textOf(each))) };
}

/** Holds an outcome against the verifier and against the score of a plan that is known to exist. Empty where all is well. */
export function judge(program: Program, outcome: Outcome, knownScore: number): Fault[] {
  if (outcome.status === 'infeasible') {
    const rules = outcome.conflicts.map((conflict) => conflict.rules.join('+')).join(', ');
    return [fault('false-infeasible', rules), ...judgeBestEffort(program, outcome.bestEffort)];
  }
  if (outcome.status === 'unknown') {
    const above = outcome.bound === undefined ? [] : judgeBound(outcome.bound, knownScore);
    return [...above, ...judgeBestEffort(program, outcome.bestEffort)];
  }
  const { violations, score } = verify(program, outcome.plan);
  return [
    ...violations.map((each) => fault('violation', textOf(each))),
    ...judgeScore(outcome.score, score),
    ...judgeBound(outcome.bound, Math.min(knownScore, score.total)),
    ...judgeEnding(outcome),
  ];
}

function judgeBestEffort(program: Program, plan: Plan): Fault[] {
  const said = new Set(plan.unmet.map(keyOf));
  return verify(program, plan)
    .violations.filter((each) => !MINIMUMS.has(each.rule) || !said.has(keyOf(each)))
    .map((each) => fault('best-effort', textOf(each)));
}

function judgeScore(told: Score, verified: Score): Fault[] {
  const rules = [...new Set([...Object.keys(told.byRule), ...Object.keys(verified.byRule)])] as (keyof Score['byRule'])[];
  const parts = rules.filter((rule) => told.byRule[rule] !== verified.byRule[rule]);
  if (told.total === verified.total && parts.length === 0) return [];
  return [fault('score', `told ${told.total}, verified ${verified.total}${parts.length === 0 ? '' : `; ${parts.join(', ')}`}`)];
}

function judgeBound(bound: number, reached: number): Fault[] {
  return bound <= reached ? [] : [fault('bound', `${bound} is above ${reached}, which a plan reaches`)];
}

function judgeEnding(outcome: Extract<Outcome, { status: 'optimal' | 'feasible' }>): Fault[] {
  const { status, score, bound } = outcome;
  if (status === 'optimal') return bound === score.total ? [] : [fault('bound', `optimal at ${score.total} with bound ${bound}`)];
  const gap = (score.total - bound) / Math.max(1, score.total);
  return Math.abs(outcome.gap - gap) < 1e-9 ? [] : [fault('bound', `gap ${outcome.gap}, but ${gap} by score and bound`)];
}

export function fault(kind: FaultKind, detail: string): Fault {
  return { kind, detail };
}

function keyOf({ rule, entities, week }: { rule: string; entities: readonly string[]; week?: number }): string {
  return JSON.stringify([rule, entities, week ?? null]);
}

function textOf({ rule, message }: Violation): string {
  return `${rule}: ${message}`;
}
