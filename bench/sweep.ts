import { settingsOf } from './arguments.ts';
import { casesInTurn, nameOf } from './cases.ts';
import type { Tier } from './instances/shape.ts';
import { attempt, prepare } from './measure.ts';
import { duration } from './numbers.ts';
import { faultLines, machineText, writeResults } from './results.ts';
import { SWEEP_HEAD, sweepRows, withoutPlan, type Swept } from './tally.ts';
import { table } from './table.ts';

/** Cases between two lines on where the sweep stands. */
const TELL_EVERY = 25;
/** A gap that every complete plan has, since scores and bounds are at least 0. */
const ANY_GAP = 1;

const settings = settingsOf({
  tiers: ['one', 'S'] as readonly Tier[],
  weeks: [1, 2, 4, 12] as readonly number[],
  count: 1000,
  from: 1,
  time: 5000,
  first: false,
});

let stopped = false;
process.once('SIGINT', () => {
  stopped = true;
  process.stderr.write('stopping after this case\n');
});

const begun = performance.now();
const swept: Swept[] = [];
for (const each of casesInTurn(settings.tiers, settings.weeks, settings.count, settings.from)) {
  if (stopped) break;
  const prepared = prepare(each);
  const { sessions: _, ...run } = await attempt(prepared, { timeLimitMs: settings.time, ...(settings.first ? { gap: ANY_GAP } : {}) });
  const faults = [...prepared.faults, ...run.faults];
  swept.push({ each, run: { ...run, faults } });
  if (faults.length > 0) process.stderr.write(`${nameOf(each)}: ${faults.map(({ kind }) => kind).join(', ')}\n`);
  if (swept.length % TELL_EVERY === 0) process.stderr.write(`${swept.length} of ${settings.count}\n`);
}

const limit = `limit ${duration(settings.time)}${settings.first ? ', to the first plan' : ''}`;
console.log(`${machineText()}\n${swept.length} cases, ${limit}, ${duration(performance.now() - begun)} in all\n`);
console.log(table(SWEEP_HEAD, sweepRows(swept)));
const none = withoutPlan(swept);
if (none.length > 0)
  console.log(`\nno complete plan (${none.length}), though one exists:\n${none.map(({ each }) => nameOf(each)).join('\n')}`);
const found = swept.map(({ each, run }) => ({ each, faults: run.faults }));
const faults = faultLines(found, Infinity);
if (faults.length > 0) console.log(`\nfaults (${faults.length}):\n${faults.join('\n')}`);
const name = `sweep-${settings.tiers.join('-')}-${settings.weeks.join('-')}w-${settings.count}-from-${settings.from}-${settings.time}ms${settings.first ? '-first' : ''}`;
console.log(`\nwritten to ${writeResults(name, { settings, swept })}`);
if (faults.length > 0) process.exitCode = 1;
