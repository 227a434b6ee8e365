import { settingsOf } from './arguments.ts';
import { everyCase, nameOf, type Case } from './cases.ts';
import type { Tier } from './instances/shape.ts';
import type { Fault } from './judge.ts';
import { attempt, judgeRepeat, prepare, type Attempt } from './measure.ts';
import { decimal, duration, median } from './numbers.ts';
import { timeReference } from './reference.ts';
import { faultLines, machineText, writeResults } from './results.ts';
import { CASE_HEAD, CLASS_HEAD, caseRow, classRows, summarize, type CaseResult, type Timed } from './summary.ts';
import { table } from './table.ts';

/** Runs of the reference work before the first that counts, so that its code is compiled by then. */
const REFERENCE_WARM_UPS = 10;
/** Milliseconds between two looks at the memory in use. */
const MEMORY_EVERY = 20;
/** Most milliseconds that a run to warm up may take, and milliseconds of such runs before a case counts as warm. */
const WARM_UP_LIMIT = 2000;
const WARM_UP_TIME = 500;

const settings = settingsOf({
  tiers: ['one', 'S'] as readonly Tier[],
  weeks: [1, 12] as readonly number[],
  seeds: 3,
  time: 5000,
  repeats: 3,
});

for (let run = 0; run < REFERENCE_WARM_UPS; run++) timeReference();
const results: CaseResult[] = [];
const references: number[] = [];
for (const each of everyCase(settings.tiers, settings.weeks, settings.seeds)) {
  process.stderr.write(`${nameOf(each)}\n`);
  results.push(await measure(each));
}
print();

/** Warms up and validates, then times the case as often as asked, each time beside the reference work. */
async function measure(each: Case): Promise<CaseResult> {
  const prepared = prepare(each);
  const memory = watchMemory();
  const faults: Fault[] = [...prepared.faults];
  const started = performance.now();
  let warm: Attempt;
  do {
    warm = await attempt(prepared, { timeLimitMs: Math.min(settings.time, WARM_UP_LIMIT) });
    faults.push(...warm.faults);
  } while (faults.length === 0 && performance.now() - started < WARM_UP_TIME);
  const timed: Timed[] = [];
  let before: Attempt = warm;
  while (faults.length === 0 && timed.length < settings.repeats) {
    const referenceMilliseconds = median([timeReference(), timeReference(), timeReference()]) ?? NaN;
    const run = await attempt(prepared, { timeLimitMs: settings.time });
    faults.push(...run.faults, ...judgeRepeat(before, run));
    timed.push({ run, referenceMilliseconds });
    references.push(referenceMilliseconds);
    before = run;
  }
  return summarize(each, prepared.knownScore, timed, memory.stop(), faults);
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

function print(): void {
  const reference = median(references);
  console.log(
    `${machineText()}\ntime limit ${duration(settings.time)}, ${settings.repeats} repeats, reference work ${duration(reference)}`,
  );
  console.log(`\n${table(CASE_HEAD, results.map(caseRow))}\n\n${table(CLASS_HEAD, classRows(results))}\n`);
  const faults = faultLines(results);
  for (const line of faults) console.log(line);
  const name = `run-${settings.tiers.join('-')}-${settings.weeks.join('-')}w-${settings.seeds}x${settings.repeats}-${decimal(settings.time)}ms`;
  console.log(`written to ${writeResults(name, { settings, referenceMilliseconds: reference, results })}`);
  if (faults.length > 0) process.exitCode = 1;
}
