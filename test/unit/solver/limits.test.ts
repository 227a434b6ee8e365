import { describe, expect, test } from 'vitest';
import { Limits } from '../../../src/solver/limits.ts';

describe('a search has to stop', () => {
  test('at the work limit, and not before', () => {
    const limits = new Limits(Infinity, 100, undefined);
    expect([99, 100, 101].map((work) => limits.reached(work))).toEqual([undefined, 'work', 'work']);
  });

  test('at once where there is no time', () => expect(new Limits(0, Infinity, undefined).reached(0)).toBe('time'));

  test('never without limits', () => expect(new Limits(Infinity, Infinity, undefined).reached(1e300)).toBeUndefined());

  test('when aborted, whatever else is reached', () => {
    const controller = new AbortController();
    const limits = new Limits(0, 0, controller.signal);
    expect(limits.reached(0)).toBe('work');
    controller.abort();
    expect(limits.reached(0)).toBe('abort');
  });
});

describe('pauses', () => {
  /** Milliseconds until a pause is due. */
  function waited(): number {
    const limits = new Limits(Infinity, Infinity, undefined);
    while (!limits.due && limits.elapsed() < 5_000);
    return limits.elapsed();
  }

  test('are due after some milliseconds', () => {
    // The shortest of several, since a busy machine may stop any of them for longer.
    const shortest = Math.min(...Array.from({ length: 5 }, waited));
    expect(shortest).toBeGreaterThan(1);
    // An abort is to be answered within 50 ms.
    expect(shortest).toBeLessThan(50);
  });

  test('let the event loop run', async () => {
    const limits = new Limits(Infinity, Infinity, undefined);
    let ran = false;
    setImmediate(() => (ran = true));
    await limits.pause();
    expect(ran).toBe(true);
  });
});

describe('a wait ends', { timeout: 10_000 }, () => {
  const never = new Promise<void>(() => undefined);

  test('when something is told', async () => {
    const limits = new Limits(Infinity, Infinity, undefined);
    let told = false;
    await limits.wait(
      new Promise((resolve) =>
        setImmediate(() => {
          told = true;
          resolve();
        }),
      ),
    );
    expect(told).toBe(true);
  });

  test('when time has run out, or as much as was granted', async () => {
    const limits = new Limits(20, Infinity, undefined);
    await limits.wait(never);
    // Timers may be up to a millisecond early.
    expect(limits.elapsed()).toBeGreaterThan(18);
    await limits.wait(never);
    const patient = new Limits(Infinity, Infinity, undefined);
    await patient.wait(never, 20);
    expect(patient.elapsed()).toBeGreaterThan(18);
  });

  test('at an abort, whose signal nobody listens to afterwards', async () => {
    const controller = new AbortController();
    const heard: string[] = [];
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    signal.addEventListener = (type: string, listener: () => void) => void (heard.push(type), add(type, listener));
    const remove = signal.removeEventListener.bind(signal);
    signal.removeEventListener = (type: string, listener: () => void) => void (heard.pop(), remove(type, listener));
    const limits = new Limits(Infinity, Infinity, signal);
    setImmediate(() => controller.abort());
    await limits.wait(never);
    expect([limits.aborted, heard]).toEqual([true, []]);
    await limits.wait(never);
  });
});
