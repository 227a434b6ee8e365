import { expect, test } from 'vitest';
import type { Event, Job } from '../../../../bench/peers/job.ts';
import { runJob } from '../../../../bench/peers/run-job.ts';
import { generate } from '../../../../bench/instances/generate.ts';

const CAPS = { graceSeconds: 20, megabytes: 4000 };

function job(limitSeconds: number, couples: number): Job {
  const { program } = generate({ couples, therapists: 15, states: 4, seed: 1 });
  return { engine: 'iop-scheduler', program, limitSeconds, seed: 1, threads: 1 };
}

function kinds(events: readonly Event[]): string[] {
  return [...new Set(events.map(({ kind }) => kind))];
}

test('a job runs in a process of its own and tells what the engine found, when, and with how much memory', async () => {
  const ran = await runJob(job(20, 1), CAPS);
  expect(ran.ended).toBe('by itself');
  expect(kinds(ran.events).sort()).toEqual(['bound', 'ended', 'plan', 'ready', 'score']);
  expect(ran.events.at(-1)).toMatchObject({ kind: 'ended', status: 'optimal' });
  expect(ran.megabytes).toBeGreaterThan(40);
});

test('a process that does not keep to its limit is ended, and what it told before counts', async () => {
  // A limit of 30 seconds, of which the process gets one.
  const ran = await runJob(job(30, 40), { ...CAPS, graceSeconds: -29 });
  expect(ran.ended).toBe('killed: time');
  expect(kinds(ran.events)).toContain('ready');
  expect(kinds(ran.events)).not.toContain('ended');
  expect(ran.seconds).toBeLessThan(20);
});

// Other systems do not tell a process's memory.
test.runIf(process.platform === 'linux')('so is one that takes too much memory', async () => {
  expect((await runJob(job(30, 1), { ...CAPS, megabytes: 20 })).ended).toBe('killed: memory');
});

test('one that fails tells the error', async () => {
  const { program, ...rest } = job(5, 1);
  const ran = await runJob({ ...rest, program: { ...program, id: '' } }, CAPS);
  expect(ran).toMatchObject({ ended: 'crashed', error: expect.stringContaining('InvalidProgramError') });
});
