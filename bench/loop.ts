import { performance } from 'node:perf_hooks';
import type { Outcome } from '../src/domain/outcome.ts';
import { schedule } from '../src/schedule.ts';
import { instanceOf, nameOf, type Case } from './cases.ts';
import { judge } from './judge.ts';
import { MainThread } from './main-thread.ts';
import { machineText } from './results.ts';
import { table } from './table.ts';

/** Milliseconds after which a run is aborted: while it reads, compiles, seeks a first plan, and later. */
const ABORTS = [100, 400, 1_000, 3_000, 8_000];
const CASES: readonly Case[] = [
  { tier: 'one', weeks: 1, tightness: 'tight', seed: 1 },
  { tier: 'S', weeks: 1, tightness: 'tight', seed: 1 },
  { tier: 'M', weeks: 1, tightness: 'loose', seed: 1 },
  { tier: 'L', weeks: 1, tightness: 'tight', seed: 1 },
  { tier: 'L', weeks: 12, tightness: 'tight', seed: 1 },
  { tier: 'XL', weeks: 1, tightness: 'tight', seed: 1 },
];

/**
 * How long a search holds the event loop, and how soon it answers an abort. The first is also told in the main thread's own processor
 * time where the system tells it (Linux), since other programs lengthen the wall clock's.
 */
const rows: string[][] = [];
let faults = 0;
for (const each of CASES.filter(({ tier }) => process.argv.length < 3 || process.argv.includes(tier))) {
  for (const after of ABORTS) rows.push(await aborted(each, after));
}
console.log(`${machineText()}\n`);
console.log(table(['case', 'abort after', 'outcome', 'sessions', 'answered in', 'longest hold', 'of processor time', 'faults'], rows));
if (faults > 0) process.exitCode = 1;

async function aborted(each: Case, after: number): Promise<string[]> {
  const { program } = instanceOf(each);
  const thread = new MainThread();
  const controller = new AbortController();
  let at: number | undefined;
  const timer = setTimeout(() => {
    at = performance.now();
    controller.abort(new Error('nothing yet'));
  }, after);
  thread.watch();
  const outcome = await schedule(program, { timeLimitMs: Infinity, signal: controller.signal }).catch((error: unknown) => error as Error);
  const answered = at === undefined ? undefined : performance.now() - at;
  const { wall, processor } = thread.stop();
  clearTimeout(timer);
  const found = outcome instanceof Error ? [] : judge(program, outcome, Infinity).filter(({ detail }) => !owedToBookings(outcome, detail));
  faults += found.length;
  const sessions = outcome instanceof Error ? '-' : String(('plan' in outcome ? outcome.plan : outcome.bestEffort).sessions.length);
  return [
    nameOf(each),
    `${after} ms`,
    outcome instanceof Error ? outcome.message : outcome.status,
    sessions,
    answered === undefined ? 'before' : `${answered.toFixed(0)} ms`,
    `${wall.toFixed(0)} ms`,
    processor === undefined ? '-' : `${processor.toFixed(0)} ms`,
    String(found.length),
  ];
}

/** Service days of bookings may lie too far apart when an abort leaves no time to plan others between. */
function owedToBookings({ status }: Outcome, detail: string): boolean {
  return status === 'unknown' && detail.startsWith('free-days');
}
