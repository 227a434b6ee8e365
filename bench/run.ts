import { settingsOf } from './arguments.ts';
import { classOf, everyCase, nameOf } from './cases.ts';
import { classFigures, compareClasses, VERDICT_HEAD, verdictRow, type Verdict } from './compare.ts';
import type { Tier } from './instances/shape.ts';
import { measureCase, type Measured } from './measure-case.ts';
import { decimal, duration, median } from './numbers.ts';
import { timeReference } from './reference.ts';
import { readReleased, writeReleased, type ReleasedSettings } from './released.ts';
import { faultLines, machine, machineText, writeResults } from './results.ts';
import { CASE_HEAD, CLASS_HEAD, caseRow, classRows } from './summary.ts';
import { table } from './table.ts';

/** Runs of the reference work before the first that counts, so that its code is compiled by then. */
const REFERENCE_WARM_UPS = 10;
/** How often a class that seems slower is measured again before that is believed. */
const SECOND_LOOKS = 2;

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
const measured: Measured[] = [];
for (const each of everyCase(settings.tiers, settings.weeks, settings.seeds)) {
  process.stderr.write(`${nameOf(each)}\n`);
  measured.push(await measureCase(each, settings));
}
const faults = print();
if (faults > 0) process.exitCode = 1;
else if (release) {
  const classes = Object.fromEntries(classFigures(measured.map(({ ratios }) => ratios)));
  console.log(`released to ${await writeReleased({ run: { machine: machine(), settings, classes } })}`);
} else await compareWithReleased();

/** Prints and writes what was measured; answers with how many faults there were. */
function print(): number {
  const results = measured.map(({ result }) => result);
  const reference = median(measured.flatMap(({ references }) => references));
  console.log(
    `${machineText()}\ntime limit ${duration(settings.time)}, ${settings.repeats} repeats, reference work ${duration(reference)}`,
  );
  console.log(`\n${table(CASE_HEAD, results.map(caseRow))}\n\n${table(CLASS_HEAD, classRows(results))}\n`);
  const lines = faultLines(results);
  for (const line of lines) console.log(line);
  const name = `run-${settings.tiers.join('-')}-${settings.weeks.join('-')}w-${settings.seeds}x${settings.repeats}-${decimal(settings.time)}ms`;
  console.log(`written to ${writeResults(name, { settings, referenceMilliseconds: reference, results })}`);
  return lines.length;
}

/** Beside the released figures, where cases and limits are the same: others are no comparison. */
async function compareWithReleased(): Promise<void> {
  if (released === undefined) return;
  if (settings.time !== released.settings.time || settings.seeds !== released.settings.seeds) {
    console.log('not compared with the released figures, which have another time limit or other seeds (--compare takes theirs)');
    return;
  }
  let verdicts = verdictsNow();
  for (let look = 0; look < SECOND_LOOKS && verdicts.some(({ regression }) => regression); look++) {
    await measureAgain(new Set(verdicts.flatMap((verdict) => (verdict.regression ? [verdict.class] : []))));
    verdicts = verdictsNow();
  }
  if (verdicts.length === 0) return;
  const { version = '?', cpu = '?' } = released.machine;
  console.log(`\nin times of the reference work, beside version ${version} on ${cpu}\n`);
  console.log(table(VERDICT_HEAD, verdicts.map(verdictRow)));
  if (verdicts.some(({ regression }) => regression)) process.exitCode = 1;
}

function verdictsNow(): Verdict[] {
  return compareClasses(classFigures(measured.map(({ ratios }) => ratios)), new Map(Object.entries(released?.classes ?? {})));
}

/** Adds repeats to the cases of some classes: other programs slow a machine down for a while, a slower search stays slow. */
async function measureAgain(classes: ReadonlySet<string>): Promise<void> {
  for (const { ratios } of measured) {
    if (!classes.has(classOf(ratios.each))) continue;
    process.stderr.write(`${nameOf(ratios.each)} again\n`);
    ratios.repeats.push(...(await measureCase(ratios.each, settings)).ratios.repeats);
  }
}
