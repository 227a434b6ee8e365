import type { ScheduleOptions } from '../src/domain/options.ts';
import type { Outcome } from '../src/domain/outcome.ts';
import { schedule } from '../src/schedule.ts';
import { instanceOf, type Case } from './cases.ts';
import type { Instance } from './instances/generate.ts';
import { fault, judge, judgeKnown, type Fault } from './judge.ts';

/** One run of one case: what came out, how long it took, and what is wrong with it. */
export interface Attempt {
  status: Outcome['status'] | 'threw';
  /** Why the search stopped before a proof. */
  stoppedBy?: string;
  /** Wall-clock milliseconds of the whole call, parsing included. */
  milliseconds: number;
  /** The same until the first complete plan. */
  firstPlanMilliseconds?: number;
  /** The same until the proof that the plan is the best. */
  proofMilliseconds?: number;
  /** Of the complete plan. */
  score?: number;
  bound?: number;
  gap?: number;
  /** Units of search work; the same on every machine where the run ends by proof or work. */
  work: number;
  /** The sessions as text, for comparison. */
  sessions?: string;
  faults: Fault[];
}

/** A case made ready: its documents, and what the plan that they were written around scores. */
export interface Prepared {
  each: Case;
  instance: Instance;
  /** No best plan scores more than this. */
  knownScore: number;
  faults: Fault[];
}

export function prepare(each: Case): Prepared {
  const instance = instanceOf(each);
  const { score, faults } = judgeKnown(instance.program, instance.planted);
  return { each, instance, knownScore: score, faults };
}

/** Runs a case once. Only the call itself is timed; the verifier judges after it. */
export async function attempt({ instance, knownScore }: Prepared, options: ScheduleOptions): Promise<Attempt> {
  const begun = performance.now();
  try {
    const outcome = await schedule(instance.program, options);
    return attemptOf(outcome, performance.now() - begun, judge(instance.program, outcome, knownScore));
  } catch (error) {
    return { status: 'threw', milliseconds: performance.now() - begun, work: 0, faults: [fault('threw', String(error))] };
  }
}

/** What an outcome says in numbers. `milliseconds` is the whole call's, by the caller's watch. */
export function attemptOf(outcome: Outcome, milliseconds: number, faults: Fault[]): Attempt {
  const { statistics, status } = outcome;
  // What a caller waits for beyond the time that the library measures itself.
  const beyond = Math.max(0, milliseconds - statistics.milliseconds);
  const first = statistics.firstPlanMilliseconds;
  return {
    status,
    milliseconds,
    work: statistics.work,
    faults,
    ...('stoppedBy' in outcome ? { stoppedBy: outcome.stoppedBy } : {}),
    ...(first === undefined ? {} : { firstPlanMilliseconds: first + beyond }),
    ...(status === 'optimal' ? { proofMilliseconds: milliseconds, gap: 0 } : {}),
    ...(status === 'feasible' ? { gap: outcome.gap } : {}),
    ...('plan' in outcome ? { score: outcome.score.total, sessions: JSON.stringify(outcome.plan.sessions) } : {}),
    ...('bound' in outcome ? { bound: outcome.bound } : {}),
  };
}

/** Whether two runs of one case had to give the same plan: both ended by proof, gap or work. */
export function judgeRepeat(first: Attempt, second: Attempt): Fault[] {
  if (!endsByItself(first) || !endsByItself(second)) return [];
  if (first.status !== second.status) return [fault('differs', `${first.status}, then ${second.status}`)];
  if (first.work !== second.work) return [fault('differs', `work ${first.work}, then ${second.work}`)];
  return first.sessions === second.sessions ? [] : [fault('differs', 'the plans are not the same')];
}

function endsByItself({ status, stoppedBy }: Attempt): boolean {
  return status !== 'threw' && stoppedBy !== 'time' && stoppedBy !== 'abort';
}
