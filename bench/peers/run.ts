import { writeFileSync } from 'node:fs';
import type { Tightness } from '../instances/shape.ts';
import { settingsOf } from '../arguments.ts';
import { TIGHTNESS } from '../cases.ts';
import { machineText, resultsPath, writeResults } from '../results.ts';
import { table } from '../table.ts';
import { nameOfPeer, peerCases, type PeerCase } from './cases.ts';
import { boundFault, figuresOf, inTime, summaryOf, type Figures } from './figures.ts';
import { installPeers, pinnedVersions } from './install.ts';
import { ENGINES, type Engine } from './job.ts';
import { Contest } from './contest.ts';
import { plotSvg } from './plot.ts';
import { peerHead, peerRows } from './rows.ts';

const settings = settingsOf(
  {
    engines: ENGINES as readonly Engine[],
    couples: [5, 20, 50] as readonly number[],
    weeks: 1,
    tightness: ['loose'] as readonly Tightness[],
    seeds: [1] as readonly number[],
    time: 60,
    mark: 2,
    repeats: 1,
    threads: 2,
    memory: 6000,
    grace: 15,
  },
  { engines: ENGINES, tightness: TIGHTNESS },
);

installPeers();
const { time, mark, repeats } = settings;
const cases = peerCases(settings.couples, settings.weeks, settings.tightness, settings.seeds);
const contests = cases.map((each) => new Contest(each, settings));
const found = new Map<PeerCase, Figures[]>(cases.map((each) => [each, []]));
for (let repeat = 0; repeat < repeats; repeat++) {
  for (const contest of contests) {
    // The engines take turns, and another one begins each time.
    const order = settings.engines.map((_, index) => settings.engines[(index + repeat) % settings.engines.length]!);
    for (const engine of order) {
      process.stderr.write(`${nameOfPeer(contest.each)}: ${engine}\n`);
      const runs = await contest.run(engine, repeat + 1);
      found.get(contest.each)!.push(figuresOf(engine, runs, mark, time));
    }
  }
}
print();

function print(): void {
  const versions = [...pinnedVersions()].map(([name, version]) => `${name} ${version}`).join(', ');
  console.log(`${machineText()}\n${versions}\ntime limit ${time} s, ${repeats} repeats, ${settings.threads} threads where an engine can`);
  const results = contests.map(({ each, model, planted }) => {
    const figures = found.get(each)!;
    const reached = Math.min(planted, ...figures.flatMap(({ scores }) => scores.at(-1)?.value ?? []));
    const summaries = settings.engines.map((engine) => summaryOf(withBoundFaults(figures, engine, model.complete, reached)));
    const size = `${model.variables.length} variables, ${model.rows.length} rows`;
    const part = model.complete ? '' : ', some sessions left out: bounds are of this model only';
    console.log(`\n${nameOfPeer(each)}: ${size}${part}; planted plan ${planted}, best known ${reached}\n`);
    console.log(table(peerHead(mark, time), peerRows(summaries, mark, time)));
    for (const { engine, faults } of summaries) for (const fault of faults) console.log(`${engine}: ${fault}`);
    return { each, complete: model.complete, planted, reached, summaries, figures };
  });
  const name = `peers-${settings.couples.join('-')}x${settings.weeks}w-${settings.tightness.join('-')}-${settings.seeds.join('-')}-${time}s`;
  console.log(`\nwritten to ${writeResults(name, { settings, results })}`);
  const panels = results.map(({ each, figures }) => ({
    title: nameOfPeer(each),
    curves: figures.map(({ engine, scores, bounds }) => ({ name: engine, scores, bounds })),
  }));
  const plot = resultsPath(`${name}.svg`);
  writeFileSync(plot, plotSvg(panels, inTime(time)));
  console.log(`and ${plot}`);
  const ours = results.flatMap(({ summaries }) =>
    summaries.filter(({ engine, faults }) => engine === 'iop-scheduler' && faults.length > 0),
  );
  if (ours.length > 0) process.exitCode = 1;
}

/** Bounds of a model that leaves sessions out say nothing of plans that hold them. */
function withBoundFaults(figures: readonly Figures[], engine: Engine, complete: boolean, reached: number): Figures[] {
  const own = figures.filter((each) => each.engine === engine);
  if (!complete && engine !== 'iop-scheduler') return own;
  return own.map((each) => ({ ...each, faults: [...each.faults, ...boundFault(each, reached)] }));
}
