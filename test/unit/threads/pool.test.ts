import { afterEach, describe, expect, test } from 'vitest';
import { MessageChannel } from 'node:worker_threads';
import type { Progress } from '../../../src/domain/options.ts';
import { InternalError } from '../../../src/errors.ts';
import { schedule, scheduleWith } from '../../../src/schedule.ts';
import { startThread, type StartedThread } from '../../../src/threads/start-thread.ts';
import { verify } from '../../../src/verify/verify.ts';
import { strangers } from '../../support/oracle/merged-programs.ts';
import { planIn, timeless } from '../../support/oracle/outcomes.ts';
import { channels, realThread } from '../../support/threads.ts';

const { program } = strangers(500, 3, 'weeks');
const SOME = { workLimit: 6_000, timeLimitMs: Infinity };
const ENDLESS = { timeLimitMs: Infinity, threads: 2 };

/** Ends of channels that nobody closes. */
const open: { close: () => void }[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** Starts a "thread" that does as it is told with what it hears. */
function thread(hear: (message: { iopThread: string }, tell: (message: object) => void) => void, ready = true): StartedThread {
  const { port1, port2 } = new MessageChannel();
  const tell = (message: object): void => port1.postMessage(message);
  open.push(port1);
  port1.on('message', (message: { iopThread: string }) => hear(message, tell));
  if (ready) tell({ iopThread: 'ready' });
  return { channel: port2, end: () => port2.close() };
}

const reason = async (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('real threads', () => {
  test('have the answer of one, and are gone when it is there', async () => {
    const started: ReturnType<typeof realThread>[] = [];
    const start = (): StartedThread => {
      started.push(realThread());
      return started.at(-1)!;
    };
    const outcome = await scheduleWith(start, program, { ...SOME, threads: 2 });
    expect(timeless(outcome)).toEqual(timeless(await schedule(program, SOME)));
    expect(started).toHaveLength(2);
    await Promise.all(started.map(({ ended }) => ended));
  }, 60_000);
});

describe('threads', () => {
  test('are not asked for where there is one component, or one thread', async () => {
    const { start, started } = channels();
    await scheduleWith(start, strangers(500, 2, 'weeks').parts[0]!, { ...SOME, threads: 8 });
    await scheduleWith(start, program, SOME);
    expect(started.all).toBe(0);
  });

  test('are as many as components at most', async () => {
    const { start, started } = channels();
    await scheduleWith(start, program, { ...SOME, threads: 64 });
    expect(started).toEqual({ all: 3, open: 0 });
  });

  test('tell every better plan, and a bound', async () => {
    const told: Progress[] = [];
    const { start } = channels();
    const outcome = await scheduleWith(start, program, { ...SOME, threads: 2, onProgress: (progress) => told.push(progress) });
    const scores = told.flatMap(({ score }) => (score === undefined ? [] : [score]));
    expect(outcome).toMatchObject({ status: 'feasible', score: { total: scores.at(-1) } });
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(told.at(-1)).toMatchObject({ placed: program.couples.length, households: program.couples.length });
    expect(told.at(-1)!.bound).toBeGreaterThan(0);
  });

  test('are ended by an abort, which is answered with what was found', async () => {
    const { start, started } = channels();
    const controller = new AbortController();
    // A while after there is a plan, so that it has been verified however busy the processor is.
    const onProgress = ({ score }: Progress): void => {
      if (score !== undefined) setTimeout(() => controller.abort(), 250);
    };
    const outcome = await scheduleWith(start, program, { ...ENDLESS, signal: controller.signal, onProgress });
    expect(outcome).toMatchObject({ status: 'feasible', stoppedBy: 'abort' });
    expect(verify(program, planIn(outcome)).violations).toEqual([]);
    expect(started).toEqual({ all: 2, open: 0 });
  });

  test('are ended where the caller has aborted before, or progress cannot be told', async () => {
    const { start, started } = channels();
    const early = await scheduleWith(start, program, { ...ENDLESS, signal: AbortSignal.abort() }).catch((error: unknown) => error);
    expect(early).toBeDefined();
    const onProgress = (): never => {
      throw new RangeError('told enough');
    };
    expect(await reason(scheduleWith(start, program, { ...ENDLESS, onProgress }))).toEqual(new RangeError('told enough'));
    expect(started.open).toBe(0);
  });

  test('are ended by the time limit while they are silent', async () => {
    const silent = (): StartedThread => thread(() => undefined);
    const outcome = await scheduleWith(silent, program, { timeLimitMs: 300, threads: 2 });
    expect(outcome).toMatchObject({ status: 'unknown', stoppedBy: 'time' });
  });

  test('that fail at work fail the run', async () => {
    const failing = (): StartedThread =>
      thread(({ iopThread }, tell) => {
        if (iopThread === 'slices') tell({ iopThread: 'failed', message: 'no memory' });
      });
    const error = await reason(scheduleWith(failing, program, ENDLESS));
    expect(error).toBeInstanceOf(InternalError);
    expect(String(error)).toContain('a thread of the search failed: no memory');
    const ending = (): StartedThread => {
      const { channel, end } = thread(({ iopThread }) => {
        if (iopThread === 'slices') end();
      });
      return { channel, end };
    };
    expect(await reason(scheduleWith(ending, program, ENDLESS))).toBeInstanceOf(InternalError);
  });
});

describe('where no thread comes up, the search runs here', () => {
  const broken = (): StartedThread => {
    const { channel, end } = thread(() => undefined, false);
    setImmediate(end);
    return { channel, end };
  };

  test.each([
    ['none can be started', () => undefined],
    ['none is there when it has been started', broken],
    ['none says that it is', () => thread(() => undefined, false)],
    ['there is no file for them, as for sources', startThread],
  ])(
    '%s',
    async (_, start: () => StartedThread | undefined) => {
      expect(timeless(await scheduleWith(start, program, { ...SOME, threads: 2 }))).toEqual(timeless(await schedule(program, SOME)));
    },
    30_000,
  );

  test('and so it does with those that do', async () => {
    const { start, started } = channels();
    let first = true;
    const some = (): StartedThread | undefined => {
      const here = first ? undefined : start();
      first = false;
      return here;
    };
    expect(timeless(await scheduleWith(some, program, { ...SOME, threads: 2 }))).toEqual(timeless(await schedule(program, SOME)));
    expect(started).toEqual({ all: 1, open: 0 });
  });
});
