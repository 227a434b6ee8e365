import { settingsOf } from './arguments.ts';
import { everyCase, nameOf, type Case } from './cases.ts';
import { classFigures, compareClasses, VERDICT_HEAD, verdictRow, type CaseRatios } from './compare.ts';
import type { Tier } from './instances/shape.ts';
import type { Fault } from './judge.ts';
import { attempt, judgeRepeat, prepare, type Attempt } from './measure.ts';
import { decimal, duration, median } from './numbers.ts';
import { timeReference } from './reference.ts';
import { readReleased, writeReleased, type ReleasedSettings } from './released.ts';
import { faultLines, machine, machineText, writeResults } from './results.ts';
import { CASE_HEAD, CLASS_HEAD, caseRow, classRows, summarize, type CaseResult, type Timed } from './summary.ts';
import { table } from './table.ts';

/** Runs of the reference work before the first that counts, so that its code is compiled by then. */
const REFERENCE_WARM_UPS = 10;
/** Milliseconds between two looks at the memory in use. */
const MEMORY_EVERY = 20;
/** Most milliseconds that a run to warm up may take, and milliseconds of such runs before a case counts as warm. */
const WARM_UP_LIMIT = 2000;
const WARM_UP_TIME = 500;

const { compare, release, ...asked } = settingsOf({
  tiers: ['one', 'S'] as readonly Tier[],
  weeks: [1, 12] as readonly number[],
  seeds: 3,
  time: 5000,
  repeats: 3,
  compare: false,
  release: false,
});
const released = readReleased().run;
if (compare && released === undefined) throw new Error('nothing has been released to compare with');
const settings: ReleasedSettings = compare && released !== undefined ? released.settings : asked;

for (let run = 0; run < REFERENCE_WARM_UPS; run++) timeReference();
const results: CaseResult[] = [];
const ratios: CaseRatios[] = [];
const references: number[] = [];
for (const each of everyCase(settings.tiers, settings.weeks, settings.seeds)) {
  process.stderr.write(`${nameOf(each)}\n`);
  results.push(await measure(each));
}
await print();

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
  ratios.push({ each, repeats: timed.map(ratiosOf) });
  return summarize(each, prepared.knownScore, timed, memory.stop(), faults);
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

async function print(): Promise<void> {
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
  else if (release) {
    const classes = Object.fromEntries(classFigures(ratios));
    console.log(`released to ${await writeReleased({ run: { machine: machine(), settings, classes } })}`);
  } else compareWithReleased();
}

/** Beside the released figures, where cases and limits are the same: others are no comparison. */
function compareWithReleased(): void {
  if (released === undefined) return;
  if (settings.time !== released.settings.time || settings.seeds !== released.settings.seeds) {
    console.log('not compared with the released figures, which have another time limit or other seeds (--compare takes theirs)');
    return;
  }
  const verdicts = compareClasses(classFigures(ratios), new Map(Object.entries(released.classes)));
  if (verdicts.length === 0) return;
  console.log(`\nin times of the reference work, beside version ${released.machine['version']} on ${released.machine['cpu']}\n`);
  console.log(table(VERDICT_HEAD, verdicts.map(verdictRow)));
  if (verdicts.some(({ regression }) => regression)) process.exitCode = 1;
}
