import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Event, Job } from './job.ts';
import { peakMegabytes, residentMegabytes } from './memory.ts';

/** Milliseconds between two looks at a process. */
const LOOK_EVERY = 100;
/** Seconds that an engine may take to load and to make its model. */
const PREPARATION = 120;

/** What became of a job: its events, and why its process was ended where it did not end by itself. */
export interface Ran {
  events: Event[];
  /** By the parent's watch, loading included. */
  seconds: number;
  /** The most memory that the process has had, Node included. */
  megabytes: number;
  ended: 'by itself' | 'killed: time' | 'killed: memory' | 'crashed';
  /** The end of what a crashed process wrote to its error stream. */
  error?: string;
}

export interface Caps {
  /** Seconds beyond the job's limit after which its process is ended. */
  graceSeconds: number;
  /** Memory beyond which it is ended. */
  megabytes: number;
}

/** Runs a job in a process of its own, which is ended where it does not keep to the limits. */
export async function runJob(job: Job, caps: Caps): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'peers-'));
  const [jobFile, eventFile] = [join(folder, 'job.json'), join(folder, 'events.jsonl')];
  try {
    writeFileSync(jobFile, JSON.stringify(job));
    writeFileSync(eventFile, '');
    const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('child.ts', import.meta.url)), jobFile, eventFile], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const begun = performance.now();
    const end = await watch(child, job, caps, () => readEvents(eventFile));
    return { ...end, events: readEvents(eventFile), seconds: (performance.now() - begun) / 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Resolves when the process has ended. */
function watch(child: ChildProcess, job: Job, caps: Caps, events: () => Event[]): Promise<Pick<Ran, 'megabytes' | 'ended' | 'error'>> {
  const begun = performance.now();
  let [readyAt, megabytes, written] = [Infinity, 0, ''];
  let ended: Ran['ended'] = 'by itself';
  child.stderr?.on('data', (chunk: Buffer) => (written = (written + chunk.toString()).slice(-2000)));
  const kill = (why: Ran['ended']): void => {
    ended = why;
    child.kill('SIGKILL');
  };
  const timer = setInterval(() => {
    const { pid = -1 } = child;
    megabytes = Math.max(megabytes, peakMegabytes(pid) ?? residentMegabytes(pid) ?? 0);
    const now = performance.now();
    if (readyAt === Infinity && events().some(({ kind }) => kind === 'ready')) readyAt = now;
    const deadline = readyAt === Infinity ? begun + PREPARATION * 1000 : readyAt + (job.limitSeconds + caps.graceSeconds) * 1000;
    if (now > deadline) kill('killed: time');
    else if ((residentMegabytes(pid) ?? 0) > caps.megabytes) kill('killed: memory');
  }, LOOK_EVERY);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearInterval(timer);
      const crashed = ended === 'by itself' && code !== 0;
      const last = events().find((event) => event.kind === 'ended');
      resolve({
        megabytes: Math.round(Math.max(megabytes, last?.kind === 'ended' ? last.megabytes : 0)),
        ended: crashed ? 'crashed' : ended,
        ...(crashed && { error: written }),
      });
    });
  });
}

/** A last line that a killed process has not finished is left out. */
function readEvents(file: string): Event[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Event);
}
