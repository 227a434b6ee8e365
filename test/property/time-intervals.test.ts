import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsSpan, intersect, subtract, union, type Interval } from '../../src/time/interval.ts';

const anyList = fc.array(fc.record({ start: fc.integer({ min: -10, max: 50 }), end: fc.integer({ min: -10, max: 50 }) }), {
  maxLength: 12,
});

/** The twin: the minutes of a list one by one. */
function minutesOf(list: readonly Interval[]): Set<number> {
  const minutes = new Set<number>();
  for (const { start, end } of list) for (let minute = start; minute < end; minute++) minutes.add(minute);
  return minutes;
}

/** The maximal runs of a set of minutes: what a union must look like. */
function runsOf(minutes: ReadonlySet<number>): Interval[] {
  const runs: Interval[] = [];
  for (let minute = -12; minute <= 52; minute++) {
    if (minutes.has(minute) && !minutes.has(minute - 1)) runs.push({ start: minute, end: minute + 1 });
    else if (minutes.has(minute)) runs.at(-1)!.end = minute + 1;
  }
  return runs;
}

const runs = { numRuns: 2000 };

describe('intervals and sets of minutes agree', () => {
  it('union', () => {
    fc.assert(
      fc.property(anyList, (list) => {
        expect(union(list)).toEqual(runsOf(minutesOf(list)));
      }),
      { seed: 20_260_311, ...runs },
    );
  });

  it('subtract', () => {
    fc.assert(
      fc.property(anyList, anyList, (a, b) => {
        const taken = minutesOf(b);
        expect(subtract(a, b)).toEqual(runsOf(new Set([...minutesOf(a)].filter((minute) => !taken.has(minute)))));
      }),
      { seed: 20_260_312, ...runs },
    );
  });

  it('intersect', () => {
    fc.assert(
      fc.property(anyList, anyList, (a, b) => {
        const other = minutesOf(b);
        expect(intersect(a, b)).toEqual(runsOf(new Set([...minutesOf(a)].filter((minute) => other.has(minute)))));
      }),
      { seed: 20_260_313, ...runs },
    );
  });

  it('containsSpan, on a union', () => {
    fc.assert(
      fc.property(anyList, fc.integer({ min: -11, max: 50 }), fc.integer({ min: 1, max: 20 }), (list, start, length) => {
        const minutes = minutesOf(list);
        const span = Array.from({ length }, (_, i) => start + i);
        expect(containsSpan(union(list), start, start + length)).toBe(span.every((minute) => minutes.has(minute)));
      }),
      { seed: 20_260_314, ...runs },
    );
  });

  it('and no input is changed', () => {
    fc.assert(
      fc.property(anyList, anyList, (a, b) => {
        const [a0, b0] = [structuredClone(a), structuredClone(b)];
        union(a);
        subtract(a, b);
        intersect(a, b);
        expect([a, b]).toEqual([a0, b0]);
      }),
      { seed: 20_260_315, numRuns: 300 },
    );
  });
});
