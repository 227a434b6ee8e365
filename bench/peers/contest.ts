import type { Program } from '../../src/domain/program.ts';
import { exportModel, type ExportedModel } from '../../src/export.ts';
import { judgeKnown } from '../judge.ts';
import { toldBy } from './answers.ts';
import { instanceOfPeer, type PeerCase } from './cases.ts';
import type { Run } from './figures.ts';
import type { Engine } from './job.ts';
import { runJob, type Ran } from './run-job.ts';

export interface ContestSettings {
  /** Seconds. */
  time: number;
  mark: number;
  threads: number;
  /** Megabytes beyond which an engine's process is ended. */
  memory: number;
  /** Seconds beyond the limit after which it is ended. */
  grace: number;
}

/** Seconds at which engines that tell nothing on the way are asked for an answer. */
const RUNGS = [1, 2, 5, 10, 30, 60, 120, 300];

/** One case that engines compete on. */
export class Contest {
  readonly program: Program;
  readonly model: ExportedModel;
  /** Score of the plan that the program was written around. */
  readonly planted: number;

  constructor(
    readonly each: PeerCase,
    private readonly settings: ContestSettings,
  ) {
    const { program, planted } = instanceOfPeer(each);
    this.program = program;
    this.model = exportModel(program);
    this.planted = judgeKnown(program, planted).score;
  }

  /** Runs an engine at each limit that it needs, shortest first, until it says that it has the best. */
  async run(engine: Engine, seed: number): Promise<Run[]> {
    const { time, mark, threads, memory, grace } = this.settings;
    const runs: Run[] = [];
    let lost = 0;
    for (const limitSeconds of limitsOf(engine, mark, time)) {
      // What gave no answer until then gives none earlier when it is told to stop later.
      if (limitSeconds < time && limitSeconds < lost) continue;
      const job = { engine, program: this.program, limitSeconds, seed, threads };
      const ran = await runJob(job, { graceSeconds: grace, megabytes: memory });
      const run = runOf(ran, limitSeconds, this);
      runs.push(run);
      if (ran.ended === 'killed: time') lost = limitSeconds + grace;
      if (ran.ended === 'killed: memory' || ran.ended === 'crashed' || isProved(run)) break;
    }
    return runs;
  }
}

/** Engines with events need one run; the library hands out plans at the end only, so that its score at the mark needs another. */
export function limitsOf(engine: Engine, mark: number, time: number): number[] {
  if (engine === 'iop-scheduler') return mark < time ? [mark, time] : [time];
  if (engine === 'javascript-lp-solver' || engine === 'yalps') return [...RUNGS.filter((rung) => rung < time), time];
  return [time];
}

function runOf(ran: Ran, limitSeconds: number, { program, model }: Contest): Run {
  const last = ran.events.find(({ kind }) => kind === 'ended');
  const ready = ran.events.find(({ kind }) => kind === 'ready');
  return {
    limitSeconds,
    ...(ready?.kind === 'ready' && { preparedIn: ready.prepareSeconds }),
    told: toldBy(program, model, ran.events),
    ...(last?.kind === 'ended' && { endedAfter: last.seconds }),
    status: last?.kind === 'ended' ? last.status : ran.error === undefined ? ran.ended : `crashed: ${lastLine(ran.error)}`,
    megabytes: ran.megabytes,
  };
}

function isProved({ told: { answers, bounds } }: Run): boolean {
  const best = Math.min(...answers.map(({ score = Infinity }) => score));
  return best <= Math.max(-Infinity, ...bounds.map(({ value }) => value));
}

/** The line of an error stream that names the error. */
function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => /Error|memory/i.test(line)) ?? lines.at(-1) ?? 'no message').trim().slice(0, 120);
}
