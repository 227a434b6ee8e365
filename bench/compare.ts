import { classOf, type Case } from './cases.ts';
import { percent } from './numbers.ts';
import { medianReached } from './summary.ts';

/** Slower, or with more work, by more than this factor is a regression, if it is outside the spread as well. */
export const TOLERATED_RATIO = 1.5;
/** A gap wider by more than this is one, if it is outside the spread as well. */
export const TOLERATED_GAP = 0.02;
/** Scores of runs that end by work, which have no noise: a sum above the released one by more than this factor is one. */
export const TOLERATED_SCORE = 1.03;

/** What one case did in each repeat, in times of the reference work; missing where it was not reached. */
export interface CaseRatios {
  each: Case;
  repeats: { firstPlan?: number | undefined; proof?: number | undefined; gap?: number | undefined }[];
}

/** Per repeat the median over the cases of a class; `null` where half of them or more did not reach it. */
export interface ClassFigures {
  cases: number;
  firstPlan: (number | null)[];
  proof: (number | null)[];
  gap: (number | null)[];
}

export function classFigures(cases: readonly CaseRatios[]): Map<string, ClassFigures> {
  const groups = new Map<string, CaseRatios[]>();
  for (const one of cases) groups.set(classOf(one.each), [...(groups.get(classOf(one.each)) ?? []), one]);
  return new Map(
    [...groups].map(([name, group]) => {
      const repeats = Math.max(...group.map((one) => one.repeats.length));
      const over = (key: 'firstPlan' | 'proof' | 'gap') =>
        Array.from({ length: repeats }, (_, repeat) => medianReached(group.map((one) => one.repeats[repeat]?.[key])) ?? null);
      return [name, { cases: group.length, firstPlan: over('firstPlan'), proof: over('proof'), gap: over('gap') }];
    }),
  );
}

/** One figure now beside the released one. */
export interface Verdict {
  class: string;
  figure: 'first plan' | 'proof' | 'gap' | 'planned' | 'proved' | 'work' | 'score';
  now: string;
  released: string;
  /** Now over released; for gaps the difference. */
  change: string;
  regression: boolean;
}

/** The figures of every class that has been released. Classes of which nothing was released are left out. */
export function compareClasses(now: ReadonlyMap<string, ClassFigures>, released: ReadonlyMap<string, ClassFigures>): Verdict[] {
  return [...now].flatMap(([name, figures]) => {
    const before = released.get(name);
    if (before === undefined) return [];
    return [
      compareTimes(name, 'first plan', figures.firstPlan, before.firstPlan),
      compareTimes(name, 'proof', figures.proof, before.proof),
      compareGaps(name, figures.gap, before.gap),
    ];
  });
}

type Repeats = readonly (number | null)[];

/**
 * A regression: what was reached is not any more, or the ratio of the medians over repeats is above `TOLERATED_RATIO` and even the
 * fastest repeat is slower than the slowest released one.
 */
export function compareTimes(name: string, figure: 'first plan' | 'proof', now: Repeats, released: Repeats): Verdict {
  const [after, before] = [middle(now), middle(released)];
  const verdict = { class: name, figure, now: shown(after), released: shown(before) };
  if (before === undefined) return { ...verdict, change: after === undefined ? '-' : 'gained', regression: false };
  if (after === undefined) return { ...verdict, change: 'lost', regression: true };
  const regression = after / before > TOLERATED_RATIO && outside(now, released);
  return { ...verdict, change: (after / before).toFixed(2), regression };
}

/** Likewise for gaps, which are compared by difference, since most are near 0. */
export function compareGaps(name: string, now: Repeats, released: Repeats): Verdict {
  const [after, before] = [middle(now), middle(released)];
  const verdict = { class: name, figure: 'gap' as const, now: percent(after), released: percent(before) };
  if (before === undefined) return { ...verdict, change: after === undefined ? '-' : 'gained', regression: false };
  if (after === undefined) return { ...verdict, change: 'lost', regression: true };
  const sign = after < before ? '-' : '+';
  const change = `${sign}${(Math.abs(after - before) * 100).toFixed(1)}`;
  return { ...verdict, change, regression: after - before > TOLERATED_GAP && outside(now, released) };
}

function middle(repeats: Repeats): number | undefined {
  return medianReached(repeats.map((value) => value ?? undefined));
}

/** Whether every repeat is worse than every released one. */
function outside(now: Repeats, released: Repeats): boolean {
  return Math.min(...now.map((value) => value ?? Infinity)) > Math.max(...released.map((value) => value ?? Infinity));
}

function shown(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(2);
}

/** What a run that ended by proof or by work came to: the same on every machine. */
export interface SmokeFigures {
  status: string;
  work: number;
  score?: number | undefined;
}

/**
 * Classes of runs without noise. A regression: fewer cases planned or proved than released, more work for those proved in both by
 * `TOLERATED_RATIO`, or higher scores of those planned in both by `TOLERATED_SCORE`. Cases that were not released are left out.
 *
 * @param now by case; `released` by the case's name.
 */
export function compareSmoke(
  now: readonly { each: Case; name: string; figures: SmokeFigures }[],
  released: ReadonlyMap<string, SmokeFigures>,
): Verdict[] {
  const pairs = now.flatMap(({ each, name, figures }) => {
    const before = released.get(name);
    return before === undefined ? [] : [{ class: classOf(each), figures, before }];
  });
  const classes = [...new Set(pairs.map((pair) => pair.class))];
  return classes.flatMap((name) => {
    const own = pairs.filter((pair) => pair.class === name);
    const proved = own.filter(({ figures, before }) => isProved(figures) && isProved(before));
    const planned = own.filter(({ figures, before }) => isPlanned(figures) && isPlanned(before));
    return [
      compareCounts(name, 'planned', own, isPlanned),
      compareCounts(name, 'proved', own, isProved),
      compareSums(name, 'work', proved, ({ work }) => work, TOLERATED_RATIO),
      compareSums(name, 'score', planned, ({ score = 0 }) => score, TOLERATED_SCORE),
    ];
  });
}

interface Pair {
  figures: SmokeFigures;
  before: SmokeFigures;
}

function compareCounts(name: string, figure: 'planned' | 'proved', pairs: readonly Pair[], holds: (one: SmokeFigures) => boolean): Verdict {
  const after = pairs.filter(({ figures }) => holds(figures)).length;
  const before = pairs.filter((pair) => holds(pair.before)).length;
  const change = after === before ? '=' : `${after > before ? '+' : '-'}${Math.abs(after - before)}`;
  return { class: name, figure, now: String(after), released: String(before), change, regression: after < before };
}

function compareSums(
  name: string,
  figure: 'work' | 'score',
  pairs: readonly Pair[],
  value: (one: SmokeFigures) => number,
  tolerated: number,
): Verdict {
  const after = pairs.reduce((sum, { figures }) => sum + value(figures), 0);
  const before = pairs.reduce((sum, pair) => sum + value(pair.before), 0);
  const change = before === 0 ? (after === 0 ? '1.00' : '-') : (after / before).toFixed(2);
  return { class: name, figure, now: String(after), released: String(before), change, regression: after > before * tolerated };
}

function isPlanned({ score }: SmokeFigures): boolean {
  return score !== undefined;
}

function isProved({ status }: SmokeFigures): boolean {
  return status === 'optimal';
}

export const VERDICT_HEAD = ['class', 'figure', 'now', 'released', 'change', 'verdict'];

export function verdictRow({ class: name, figure, now, released, change, regression }: Verdict): string[] {
  return [name, figure, now, released, change, regression ? 'REGRESSION' : 'ok'];
}
