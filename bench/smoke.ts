import { settingsOf } from './arguments.ts';
import { everyCase, nameOf, type Case } from './cases.ts';
import { compareSmoke, VERDICT_HEAD, verdictRow, type SmokeFigures } from './compare.ts';
import { attempt, judgeRepeat, prepare, type Attempt } from './measure.ts';
import { decimal, duration, percent } from './numbers.ts';
import { VERSION } from '../src/version.ts';
import { readReleased, writeReleased } from './released.ts';
import { faultLines, machineText } from './results.ts';
import { table } from './table.ts';
import type { Fault } from './judge.ts';

/** Small, so that the whole takes seconds; in units of work, so that every machine gives the same plans. */
const WORK = 10_000;
/** Only a run that hangs is ended by time. */
const TIME = 20_000;

const CASES: readonly Case[] = [
  ...everyCase(['one'], [1], 6),
  { tier: 'one', weeks: 12, tightness: 'tight', seed: 2 },
  ...everyCase(['S'], [1], 2),
];

const { release } = settingsOf({ release: false });
const begun = performance.now();
const rows: string[][] = [];
const found: { each: Case; faults: Fault[] }[] = [];
const ended: { each: Case; name: string; figures: SmokeFigures }[] = [];
for (const each of CASES) {
  const prepared = prepare(each);
  const first = await attempt(prepared, { workLimit: WORK, timeLimitMs: TIME });
  const second = await attempt(prepared, { workLimit: WORK, timeLimitMs: TIME });
  const faults = [...prepared.faults, ...first.faults, ...second.faults, ...judgeRepeat(first, second)];
  rows.push(row(each, second, prepared.knownScore, faults));
  found.push({ each, faults });
  ended.push({ each, name: nameOf(each), figures: { status: second.status, work: second.work, score: second.score } });
}
const planned = rows.filter(([, , , score]) => score !== '-').length;
console.log(`${machineText()}\nwork limit ${WORK}\n`);
console.log(table(['case', 'outcome', 'time', 'score', 'bound', 'gap', 'known', 'work', 'faults'], rows));
const faults = faultLines(found);
for (const line of faults) console.log(line);
console.log(`\n${planned} of ${rows.length} planned, ${faults.length} faults, ${duration(performance.now() - begun)}`);
if (planned === 0) console.log('not one plan: nothing was checked');
if (faults.length > 0 || planned === 0) process.exitCode = 1;
else if (release) {
  const cases = Object.fromEntries(ended.map(({ name, figures }) => [name, figures]));
  console.log(`released to ${await writeReleased({ smoke: { version: VERSION, work: WORK, cases } })}`);
} else compareWithReleased();

/** Work and scores do not depend on the machine, so that a difference is a difference of the search. */
function compareWithReleased(): void {
  const { smoke } = readReleased();
  if (smoke === undefined || smoke.work !== WORK) {
    console.log('nothing has been released to compare with');
    return;
  }
  const verdicts = compareSmoke(ended, new Map(Object.entries(smoke.cases)));
  console.log(`\nbeside version ${smoke.version}\n\n${table(VERDICT_HEAD, verdicts.map(verdictRow))}`);
  if (verdicts.some(({ regression }) => regression)) process.exitCode = 1;
}

function row(each: Case, run: Attempt, knownScore: number, faults: readonly Fault[]): string[] {
  const { status, milliseconds, score, bound, gap, work } = run;
  return [
    nameOf(each),
    status,
    duration(milliseconds),
    decimal(score),
    decimal(bound),
    percent(gap),
    String(knownScore),
    String(work),
    String(faults.length),
  ];
}
