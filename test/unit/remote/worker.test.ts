import { MessageChannel, Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generate } from '../../../bench/instances/generate.ts';
import type { Progress } from '../../../src/domain/options.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import type { Program } from '../../../src/domain/program.ts';
import { InternalError, InvalidOptionsError, InvalidProgramError } from '../../../src/errors.ts';
import type { Channel } from '../../../src/threads/channel.ts';
import { receivedError, sentError } from '../../../src/remote/messages.ts';
import { schedule } from '../../../src/schedule.ts';
import { scheduleIn, serve } from '../../../src/worker.ts';
import { timeless } from '../../support/oracle/outcomes.ts';

const couple = generate({ tier: 'one', weeks: 1, seed: 3, tightness: 'loose' }).program;
const clinic = generate({ tier: 'S', weeks: 1, seed: 1, tightness: 'tight' }).program;
const LIMITS = { workLimit: 20_000, timeLimitMs: Infinity };

const reason = async (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Starts a thread from a module in TypeScript. */
const BOOT = "import('tsx/esm/api').then(({ register }) => (register(), import(require('node:worker_threads').workerData)));";

/** One end of a channel as a worker of a browser has it: events only; what is sent is cloned and arrives later. */
class FakeWorker extends EventTarget {
  other: FakeWorker | undefined;
  /** Types of events that somebody listens to. */
  readonly heard: string[] = [];

  postMessage(message: unknown): void {
    const data: unknown = structuredClone(message);
    setImmediate(() => this.other?.dispatchEvent(Object.assign(new Event('message'), { data })));
  }

  override addEventListener(type: string, listener: (event: object) => void): void {
    this.heard.push(type);
    super.addEventListener(type, listener);
  }

  override removeEventListener(type: string, listener: (event: object) => void): void {
    this.heard.splice(this.heard.indexOf(type), 1);
    super.removeEventListener(type, listener);
  }
}

function fakes(): { page: FakeWorker; inside: FakeWorker } {
  const [page, inside] = [new FakeWorker(), new FakeWorker()];
  page.other = inside;
  inside.other = page;
  return { page, inside };
}

describe.each([
  [
    'a worker of a browser',
    () => {
      const { page, inside } = fakes();
      const close: () => void = serve(inside);
      return { channel: page, close };
    },
  ],
  [
    'a MessageChannel',
    () => {
      const { port1, port2 } = new MessageChannel();
      serve(port1);
      return { channel: port2, close: (): void => port1.close() };
    },
  ],
  [
    'a thread',
    () => {
      const worker = new Worker(BOOT, { eval: true, workerData: new URL('threads.ts', import.meta.url).href });
      return { channel: worker, close: (): void => void worker.terminate() };
    },
  ],
])('scheduling in %s', (_, open) => {
  let channel: Channel;
  let close: () => void;
  beforeEach(() => {
    ({ channel, close } = open());
  });
  afterEach(() => close());

  test('has the outcome and the progress of scheduling here, for several runs at a time', async () => {
    const [here, there]: Progress[][] = [[], []];
    const expected = await schedule(clinic, { ...LIMITS, onProgress: (progress) => here!.push(progress) });
    const [outcome, other] = await Promise.all([
      scheduleIn(channel, clinic, { ...LIMITS, onProgress: (progress) => there!.push(progress) }),
      scheduleIn(channel, couple, LIMITS),
    ]);
    expect(timeless(outcome)).toEqual(timeless(expected));
    expect(timeless(other)).toEqual(timeless(await schedule(couple, LIMITS)));
    expect(there!.length).toBeGreaterThan(1);
    expect(there).toEqual(here);
  }, 60_000);

  test('throws the same errors, with class, code and issues', async () => {
    const invalid = { ...couple, services: [], weeks: 1 } as unknown as Program;
    const [here, there] = [await reason(schedule(invalid)), await reason(scheduleIn(channel, invalid))];
    expect(there).toBeInstanceOf(InvalidProgramError);
    expect(there).toEqual(here);
    const wrong = { timelimit: 3 } as never;
    const badOption = await reason(scheduleIn(channel, couple, wrong));
    expect(badOption).toBeInstanceOf(InvalidOptionsError);
    expect(badOption).toEqual(await reason(schedule(couple, wrong)));
  }, 60_000);

  test('hears an abort', async () => {
    const controller = new AbortController();
    const outcome = await scheduleIn(channel, clinic, {
      timeLimitMs: Infinity,
      signal: controller.signal,
      onProgress: ({ score }) => {
        if (score !== undefined) controller.abort();
      },
    });
    expect(outcome).toMatchObject({ status: 'feasible', stoppedBy: 'abort' });
    const early: Outcome = await scheduleIn(channel, couple, { signal: AbortSignal.abort() });
    expect(['unknown', 'optimal', 'feasible']).toContain(early.status);
  }, 60_000);

  test('ends where a progress cannot be told', async () => {
    const onProgress = (): never => {
      throw new RangeError('told enough');
    };
    expect(await reason(scheduleIn(channel, clinic, { timeLimitMs: Infinity, onProgress }))).toEqual(new RangeError('told enough'));
  }, 60_000);
});

describe('the two ends', () => {
  test('leave the messages of others alone, and no listener behind', async () => {
    const { page, inside } = fakes();
    const sent: unknown[] = [];
    page.addEventListener('message', (event) => sent.push(event));
    const stop = serve(inside);
    for (const message of [undefined, null, 'schedule', { id: 1, program: couple }, { iopScheduler: 'other', id: 1 }])
      page.postMessage(message);
    inside.postMessage({ iopScheduler: 'answer', id: 99, outcome: {} });
    const { status } = await scheduleIn(page, couple, LIMITS);
    expect(status).not.toBe(undefined);
    expect(sent).toHaveLength(2);
    expect(page.heard).toEqual(['message']);
    stop();
    expect(inside.heard).toEqual([]);
  });

  test('give the reason of the signal where the run had come to nothing', async () => {
    const { page, inside } = fakes();
    inside.addEventListener('message', (event) => {
      const { data } = event as { data: { iopScheduler: string; id: number } };
      if (data.iopScheduler === 'abort') inside.postMessage({ iopScheduler: 'answer', id: data.id, aborted: true });
    });
    const why = new Error('closed the page');
    expect(await reason(scheduleIn(page, couple, { signal: AbortSignal.abort(why) }))).toBe(why);
  });

  test.each(['error', 'messageerror', 'exit', 'close'])('end when there is an event %s', async (type) => {
    const { page } = fakes();
    const run = reason(scheduleIn(page, couple));
    page.dispatchEvent(new Event(type));
    expect(String(await run)).toMatch(/^Error: the worker .* before it answered$/);
    expect(page.heard).toEqual([]);
  });

  test('say what of a program cannot be sent', async () => {
    const { page } = fakes();
    const program = { ...couple, id: (() => 'x') as unknown as string };
    expect(await reason(scheduleIn(page, program))).toMatchObject({ name: 'DataCloneError' });
  });

  test('keep what an error holds', () => {
    const internal = new InternalError('a plan broke a rule', { rule: 'closure' });
    expect(receivedError(structuredClone(sentError(internal)))).toEqual(internal);
    expect(receivedError(structuredClone(sentError(internal)))).toBeInstanceOf(InternalError);
    expect(receivedError(structuredClone(sentError(new TypeError('odd'))))).toEqual(new Error('odd'));
  });
});
