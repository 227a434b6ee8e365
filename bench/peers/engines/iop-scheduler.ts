import { schedule } from '../../../src/schedule.ts';
import { secondsSince, type Job, type Tell } from '../job.ts';

/** This library: the call of `schedule`, reading and compiling the program included. */
export async function runScheduler({ program, limitSeconds, seed, threads }: Job, tell: Tell): Promise<string> {
  tell({ kind: 'ready', prepareSeconds: 0, variables: 0, rows: 0 });
  const begun = performance.now();
  let [best, proved] = [Infinity, -Infinity];
  const outcome = await schedule(program, {
    timeLimitMs: limitSeconds * 1000,
    seed,
    threads,
    onProgress: ({ score = Infinity, bound = -Infinity }) => {
      if (score < best) tell({ kind: 'score', seconds: secondsSince(begun), score });
      if (bound > proved) tell({ kind: 'bound', seconds: secondsSince(begun), bound });
      [best, proved] = [Math.min(score, best), Math.max(bound, proved)];
    },
  });
  const seconds = secondsSince(begun);
  if ('plan' in outcome) tell({ kind: 'plan', seconds, plan: outcome.plan, claimed: outcome.score.total });
  if ('bound' in outcome && outcome.bound !== undefined) tell({ kind: 'bound', seconds, bound: outcome.bound });
  return outcome.status;
}
