import { median } from '../numbers.ts';
import { medianReached } from '../summary.ts';
import type { Step, Told } from './answers.ts';
import type { Engine } from './job.ts';

/** One run of an engine with one limit, judged. */
export interface Run {
  limitSeconds: number;
  /** Seconds for loading the engine and making its model; missing where it did not get so far. */
  preparedIn?: number;
  told: Told;
  /** Seconds after which the engine ended by its own; missing where its process was ended. */
  endedAfter?: number;
  /** In the engine's words; else why its process ended. */
  status: string;
  megabytes: number;
}

/** What an engine made of a case in one repeat, over runs with rising limits. */
export interface Figures {
  engine: Engine;
  /** Seconds before the first run, beside all others. */
  preparedIn?: number;
  /** Scores of verified plans, each better than the one before, and bounds, each higher. */
  scores: Step[];
  bounds: Step[];
  /** Seconds to the first verified plan. */
  firstPlan?: number;
  /** Best score by the mark, and by the limit. */
  atMark?: number;
  atLimit?: number;
  bound?: number;
  /** (score - bound) / max(1, score), as in outcomes. */
  gap?: number;
  /** Seconds after which the bound met the score. */
  provedAt?: number;
  megabytes: number;
  status: string;
  /** Of the last run. */
  endedAfter?: number;
  /** Answers that are plans, of all. */
  plans: number;
  answers: number;
  faults: string[];
}

/** An engine that is told to stop needs a moment: answers so long after a limit still count for it. */
export function inTime(limitSeconds: number): number {
  return limitSeconds * 1.05 + 0.25;
}

export function figuresOf(engine: Engine, runs: readonly Run[], mark: number, limit: number): Figures {
  const answers = runs.flatMap(({ told }) => told.answers);
  const kept = answers.flatMap(({ seconds, score }) => (score === undefined ? [] : [{ seconds, value: score }]));
  const scores = improving([...kept, ...runs.flatMap(({ told }) => told.scores)], (value, best) => value < best);
  const bounds = improving(
    runs.flatMap(({ told }) => told.bounds),
    (value, best) => value > best,
  );
  const last = runs.at(-1);
  const atLimit = valueAt(scores, inTime(limit));
  const bound = valueAt(bounds, inTime(limit));
  return defined({
    engine,
    preparedIn: runs[0]?.preparedIn,
    scores,
    bounds,
    firstPlan: scores[0]?.seconds,
    atMark: valueAt(scores, inTime(mark)),
    atLimit,
    bound,
    gap: atLimit === undefined || bound === undefined ? undefined : (atLimit - bound) / Math.max(1, atLimit),
    provedAt: meeting(scores, bounds),
    megabytes: Math.max(0, ...runs.map(({ megabytes }) => megabytes)),
    status: last?.status ?? '-',
    endedAfter: last?.endedAfter,
    plans: kept.length,
    answers: answers.length,
    faults: [...new Set([...answers, ...runs.map(({ told }) => told)].flatMap(({ faults }) => faults))],
  });
}

/** Steps in the order of time, of which each is better than all before. */
export function improving(steps: readonly Step[], isBetter: (value: number, best: number) => boolean): Step[] {
  const kept: Step[] = [];
  for (const step of [...steps].sort((a, b) => a.seconds - b.seconds)) {
    const best = kept.at(-1);
    if (best === undefined || isBetter(step.value, best.value)) kept.push(step);
  }
  return kept;
}

/** The value that holds at a time. */
export function valueAt(steps: readonly Step[], seconds: number): number | undefined {
  return steps.filter((step) => step.seconds <= seconds).at(-1)?.value;
}

/** When the bound has met the score. */
function meeting(scores: readonly Step[], bounds: readonly Step[]): number | undefined {
  const [score, bound] = [scores.at(-1), bounds.at(-1)];
  if (score === undefined || bound === undefined || bound.value < score.value) return undefined;
  const enough = bounds.find(({ value }) => value >= score.value) ?? bound;
  return Math.max(score.seconds, enough.seconds);
}

/** A bound above a score that is known to be reached is wrong: a fault of the engine, or of the model that it was given. */
export function boundFault({ bound }: Figures, reached: number | undefined): string[] {
  return bound !== undefined && reached !== undefined && bound > reached ? [`bound ${bound} above ${reached}`] : [];
}

/** Medians over repeats; what half of the repeats or more did not reach is missing. Curves are those of all repeats, in turn. */
export type Summary = Omit<Figures, 'scores' | 'bounds'>;

export function summaryOf(repeats: readonly Figures[]): Summary {
  const [first] = repeats;
  if (first === undefined) throw new Error('there are no repeats');
  const over = (value: (figures: Figures) => number | undefined) => medianReached(repeats.map(value));
  return defined({
    engine: first.engine,
    preparedIn: over(({ preparedIn }) => preparedIn),
    firstPlan: over(({ firstPlan }) => firstPlan),
    atMark: over(({ atMark }) => atMark),
    atLimit: over(({ atLimit }) => atLimit),
    // A bound is the better the higher it is, so that a missing one is below all.
    bound: finite(median(repeats.map(({ bound }) => bound ?? -Infinity))),
    gap: over(({ gap }) => gap),
    provedAt: over(({ provedAt }) => provedAt),
    endedAfter: over(({ endedAfter }) => endedAfter),
    megabytes: Math.max(...repeats.map(({ megabytes }) => megabytes)),
    status: [...new Set(repeats.map(({ status }) => status))].join(', '),
    plans: repeats.reduce((sum, { plans }) => sum + plans, 0),
    answers: repeats.reduce((sum, { answers }) => sum + answers, 0),
    faults: [...new Set(repeats.flatMap(({ faults }) => faults))],
  });
}

function finite(value: number | undefined): number | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : value;
}

type Loose<T> = { [Key in keyof T]: T[Key] | undefined };

/** Leaves out what is `undefined`. */
function defined<T extends Figures | Summary>(value: Loose<Required<T>>): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as unknown as T;
}
