import type { Plan } from '../../src/domain/plan.ts';
import type { Program } from '../../src/domain/program.ts';
import { InvalidSolutionError, readSolution, type ExportedModel } from '../../src/export.ts';
import { verify } from '../../src/verify/verify.ts';
import type { Event } from './job.ts';

/** A value from a moment on. */
export interface Step {
  seconds: number;
  value: number;
}

/** An answer of an engine, judged by the verifier. */
export interface Answer {
  seconds: number;
  /** By the engine. */
  claimed: number;
  /** By the verifier; missing where the answer is none: it breaks a hard rule, or its values are no solution. */
  score?: number;
  /** What is wrong with it. */
  faults: string[];
}

/** What an engine told in one run. */
export interface Told {
  answers: Answer[];
  /** Scores that were told on the way and that no verified plan of the run contradicts. */
  scores: Step[];
  /** Lower bounds, rounded up: every plan's score is an integer. */
  bounds: Step[];
  /** What is wrong beside the answers. */
  faults: string[];
}

/** How far claims and bounds of engines that reckon in fractions may be off. */
const TOLERANCE = 1e-6;

/**
 * Reads every answer back as a plan and verifies it. A score that was only told counts as far as a verified plan of the same run
 * is as good or better.
 */
export function toldBy(program: Program, model: ExportedModel, events: readonly Event[]): Told {
  const answers = events.flatMap((event) => {
    if (event.kind === 'plan') return [judged(program, event, () => event.plan)];
    return event.kind === 'values' ? [judged(program, event, () => readSolution(model, named(model, event.values)))] : [];
  });
  const told = events.flatMap((event) => (event.kind === 'score' ? [{ seconds: event.seconds, value: event.score }] : []));
  const reached = Math.min(...answers.map(({ score = Infinity }) => score));
  const least = told.at(-1)?.value ?? Infinity;
  return {
    answers,
    scores: told.filter(({ value }) => value >= reached),
    bounds: events.flatMap((event) => (event.kind === 'bound' ? [{ seconds: event.seconds, value: roundedUp(event.bound) }] : [])),
    faults: least < reached ? [`tells ${least}, but its plans score ${reached === Infinity ? 'nothing' : reached}`] : [],
  };
}

function named({ variables }: ExportedModel, values: readonly (readonly [variable: number, value: number])[]): Map<string, number> {
  return new Map(values.map(([variable, value]) => [variables[variable]?.name ?? `v${variable}`, value]));
}

/** A claim above the verifier's score is no fault: counting variables of a model need not be at their least in every answer. */
function judged(program: Program, { seconds, claimed }: { seconds: number; claimed: number }, planOf: () => Plan): Answer {
  try {
    const { violations, score } = verify(program, planOf());
    const rules = [...new Set(violations.map(({ rule }) => rule))].sort();
    if (rules.length > 0) return { seconds, claimed, faults: [`breaks ${rules.join(', ')}`] };
    const faults = claimed < score.total - TOLERANCE ? [`claims ${claimed}, scores ${score.total}`] : [];
    return { seconds, claimed, score: score.total, faults };
  } catch (error) {
    if (!(error instanceof InvalidSolutionError)) throw error;
    return { seconds, claimed, faults: [`no solution: ${error.code}`] };
  }
}

export function roundedUp(bound: number): number {
  return Math.ceil(bound - TOLERANCE);
}
