import { classOf, type Case } from './cases.ts';
import type { Fault } from './judge.ts';
import type { Attempt } from './measure.ts';
import { decimal, duration, median, percent, share } from './numbers.ts';

/** A timed run, and the reference work timed just before it. */
export interface Timed {
  run: Attempt;
  referenceMilliseconds: number;
}

/** Medians over the repeats of one case; what half of the repeats or more did not reach is missing. */
export interface CaseResult {
  each: Case;
  firstPlanMilliseconds?: number;
  /** Times of the reference work. */
  firstPlanRatio?: number;
  proofMilliseconds?: number;
  proofRatio?: number;
  score?: number;
  bound?: number;
  gap?: number;
  knownScore: number;
  work?: number;
  /** Of the process, while this case ran. */
  peakRssMb: number;
  faults: Fault[];
}

/** The middle of values of which some may be missing: a missing one is worse than any other. */
export function medianReached(values: readonly (number | undefined)[]): number | undefined {
  const middle = median(values.map((value) => value ?? Infinity));
  return middle === Infinity ? undefined : middle;
}

/** The times of a case with faults are not told: a wrong answer has no speed. */
export function summarize(each: Case, knownScore: number, timed: readonly Timed[], peakRssMb: number, faults: Fault[]): CaseResult {
  const over = (value: (timed: Timed) => number | undefined) => (faults.length > 0 ? undefined : medianReached(timed.map(value)));
  const ratio = (value: number | undefined, reference: number) => (value === undefined ? undefined : value / reference);
  return defined({
    each,
    firstPlanMilliseconds: over(({ run }) => run.firstPlanMilliseconds),
    firstPlanRatio: over(({ run, referenceMilliseconds }) => ratio(run.firstPlanMilliseconds, referenceMilliseconds)),
    proofMilliseconds: over(({ run }) => run.proofMilliseconds),
    proofRatio: over(({ run, referenceMilliseconds }) => ratio(run.proofMilliseconds, referenceMilliseconds)),
    score: over(({ run }) => run.score),
    bound: over(({ run }) => run.bound),
    gap: over(({ run }) => run.gap),
    knownScore,
    work: over(({ run }) => run.work),
    peakRssMb,
    faults,
  });
}

/** Leaves out what is `undefined`, so that it does not stand in the JSON as `null` nor in the type. */
function defined(result: { [Key in keyof CaseResult]: CaseResult[Key] | undefined }): CaseResult {
  return Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined)) as unknown as CaseResult;
}

export const CASE_HEAD = ['case', 'first plan', 'x ref', 'proof', 'x ref', 'score', 'bound', 'gap', 'known', 'rss MB'];

export function caseRow({ each, faults, ...result }: CaseResult): string[] {
  const name = `${classOf(each)} #${each.seed}`;
  if (faults.length > 0) return [name, 'FAULT', '', 'FAULT', '', '', '', '', String(result.knownScore), String(result.peakRssMb)];
  return [
    name,
    result.firstPlanMilliseconds === undefined ? 'no plan' : duration(result.firstPlanMilliseconds),
    decimal(result.firstPlanRatio, 2),
    result.proofMilliseconds === undefined ? 'not proved' : duration(result.proofMilliseconds),
    decimal(result.proofRatio, 2),
    decimal(result.score),
    decimal(result.bound),
    percent(result.gap),
    String(result.knownScore),
    String(result.peakRssMb),
  ];
}

export const CLASS_HEAD = ['class', 'cases', 'planned', 'proved', 'first plan', 'x ref', 'proof', 'x ref', 'gap', 'rss MB', 'faults'];

/** One row a class, in the order of the results. Medians over the class's cases; the gap's over those with a plan. */
export function classRows(results: readonly CaseResult[]): string[][] {
  const groups = new Map<string, CaseResult[]>();
  for (const result of results) {
    const name = classOf(result.each);
    groups.set(name, [...(groups.get(name) ?? []), result]);
  }
  return [...groups].map(([name, group]) => {
    const over = (value: (result: CaseResult) => number | undefined) => medianReached(group.map(value));
    return [
      name,
      String(group.length),
      percent(share(group, (result) => result.score !== undefined)),
      percent(share(group, (result) => result.proofMilliseconds !== undefined)),
      duration(over((result) => result.firstPlanMilliseconds)),
      decimal(
        over((result) => result.firstPlanRatio),
        2,
      ),
      duration(over((result) => result.proofMilliseconds)),
      decimal(
        over((result) => result.proofRatio),
        2,
      ),
      percent(median(group.flatMap((result) => result.gap ?? []))),
      String(Math.max(...group.map((result) => result.peakRssMb))),
      String(group.reduce((sum, result) => sum + result.faults.length, 0)),
    ];
  });
}
