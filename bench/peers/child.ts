import { openSync, readFileSync, writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Engine, Event, Job, Tell } from './job.ts';
import { peakMegabytes } from './memory.ts';

/** Runs the job in the file that is named first and writes its events, one line of JSON each, to the file that is named second. */
const [jobFile = '', eventFile = ''] = process.argv.slice(2);
const job = JSON.parse(readFileSync(jobFile, 'utf8')) as Job;
const events = openSync(eventFile, 'a');
/** Engines hold the thread for as long as they run, so that nothing but a synchronous write gets out before they end. */
const tell: Tell = (event: Event) => {
  const line = Buffer.from(`${JSON.stringify(event)}\n`);
  for (let written = 0; written < line.length;) written += writeSync(events, line, written);
};

/** An engine tells its events and answers with the status in its own words. Its package is loaded only where it is asked for. */
const RUNS: Readonly<Record<Engine, () => Promise<(job: Job, tell: Tell) => Promise<string>>>> = {
  'iop-scheduler': async () => (await import('./engines/iop-scheduler.ts')).runScheduler,
  highs: async () => (await import('./engines/highs.ts')).runHighs,
  'cp-sat': async () => (await import('./engines/cp-sat.ts')).runCpSat,
  'cp-sat-expert': async () => (await import('./engines/cp-sat.ts')).runCpSat,
  'javascript-lp-solver': async () => (await import('./engines/javascript-lp-solver.ts')).runJsLp,
  yalps: async () => (await import('./engines/yalps.ts')).runYalps,
};

const run = await RUNS[job.engine]();
let begun = performance.now();
const status = await run(job, (event) => {
  if (event.kind === 'ready') begun = performance.now();
  tell(event);
});
const seconds = (performance.now() - begun) / 1000;
tell({ kind: 'ended', seconds, status, megabytes: peakMegabytes('self') ?? process.resourceUsage().maxRSS / 1024 });
// Threads of an engine would keep the process alive.
process.exit(0);
