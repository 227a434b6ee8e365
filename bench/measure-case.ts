import type { Case } from './cases.ts';
import type { CaseRatios } from './compare.ts';
import type { Fault } from './judge.ts';
import { attempt, judgeRepeat, prepare, type Attempt } from './measure.ts';
import { median } from './numbers.ts';
import { timeReference } from './reference.ts';
import { summarize, type CaseResult, type Timed } from './summary.ts';

/** Milliseconds between two looks at the memory in use. */
const MEMORY_EVERY = 20;
/** Most milliseconds that a run to warm up may take, and milliseconds of such runs before a case counts as warm. */
const WARM_UP_LIMIT = 2000;
const WARM_UP_TIME = 500;

export interface Measured {
  result: CaseResult;
  ratios: CaseRatios;
  /** Milliseconds of the reference work beside each timed run. */
  references: number[];
}

/**
 * Warms up and validates, then times the case as often as asked, each time beside the reference work.
 *
 * @param time milliseconds that each call may take.
 */
export async function measureCase(each: Case, { time, repeats }: { time: number; repeats: number }): Promise<Measured> {
  const prepared = prepare(each);
  const memory = watchMemory();
  const faults: Fault[] = [...prepared.faults];
  const started = performance.now();
  let warm: Attempt;
  do {
    warm = await attempt(prepared, { timeLimitMs: Math.min(time, WARM_UP_LIMIT) });
    faults.push(...warm.faults);
  } while (faults.length === 0 && performance.now() - started < WARM_UP_TIME);
  const timed: Timed[] = [];
  let before: Attempt = warm;
  while (faults.length === 0 && timed.length < repeats) {
    const referenceMilliseconds = median([timeReference(), timeReference(), timeReference()]) ?? NaN;
    const run = await attempt(prepared, { timeLimitMs: time });
    faults.push(...run.faults, ...judgeRepeat(before, run));
    timed.push({ run, referenceMilliseconds });
    before = run;
  }
  return {
    result: summarize(each, prepared.knownScore, timed, memory.stop(), faults),
    ratios: { each, repeats: timed.map(ratiosOf) },
    references: timed.map(({ referenceMilliseconds }) => referenceMilliseconds),
  };
}

function ratiosOf({ run, referenceMilliseconds }: Timed): CaseRatios['repeats'][number] {
  const ratio = (milliseconds: number | undefined) => (milliseconds === undefined ? undefined : milliseconds / referenceMilliseconds);
  return { firstPlan: ratio(run.firstPlanMilliseconds), proof: ratio(run.proofMilliseconds), gap: run.gap };
}

/** Follows the process's resident memory until stopped; answers with the most, in megabytes. */
function watchMemory(): { stop: () => number } {
  let peak = process.memoryUsage.rss();
  const look = () => (peak = Math.max(peak, process.memoryUsage.rss()));
  const timer = setInterval(look, MEMORY_EVERY);
  return {
    stop: () => {
      clearInterval(timer);
      return Math.round(look() / 2 ** 20);
    },
  };
}
