import { describe, expect, test } from 'vitest';
import { boundFault, figuresOf, improving, inTime, summaryOf, valueAt, type Run } from '../../../../bench/peers/figures.ts';
import { limitsOf } from '../../../../bench/peers/contest.ts';
import { peerHead, peerRows } from '../../../../bench/peers/rows.ts';

type Steps = [seconds: number, value: number][];

/** A run with verified plans and bounds at times. */
function run(limitSeconds: number, scores: Steps, bounds: Steps, more: Partial<Run> = {}): Run {
  return {
    limitSeconds,
    told: {
      answers: scores.map(([seconds, score]) => ({ seconds, claimed: score, score, faults: [] })),
      scores: [],
      bounds: bounds.map(([seconds, value]) => ({ seconds, value })),
      faults: [],
    },
    status: 'ok',
    megabytes: 100,
    ...more,
  };
}

describe('figures', () => {
  test('are of the best by a time: answers a moment after the limit count, later ones do not', () => {
    const scores: Steps = [[0.5, 90], [1.9, 70], [10.6, 60], [11, 50]]; // prettier-ignore
    const figures = figuresOf('highs', [run(10, scores, [[0.1, 10], [3, 40], [20, 45]])], 2, 10); // prettier-ignore
    expect(inTime(10)).toBeCloseTo(10.75);
    expect(figures).toMatchObject({ firstPlan: 0.5, atMark: 70, atLimit: 60, bound: 40, gap: 20 / 60 });
    expect(figures.provedAt).toBeUndefined();
  });

  test('join runs with rising limits; what is no better is left out', () => {
    const runs = [run(1, [[1, 80]], [], { megabytes: 300 }), run(2, [[1.5, 85], [2, 75]], [[2, 75]], { endedAfter: 2, status: 'optimal' })]; // prettier-ignore
    expect(figuresOf('yalps', runs, 1, 2)).toMatchObject({
      scores: [{ seconds: 1, value: 80 }, { seconds: 2, value: 75 }], // prettier-ignore
      atMark: 80,
      atLimit: 75,
      gap: 0,
      provedAt: 2,
      megabytes: 300,
      status: 'optimal',
      endedAfter: 2,
      plans: 3,
      answers: 3,
    });
  });

  test('prove when both plan and bound are there', () => {
    expect(figuresOf('highs', [run(9, [[1, 50]], [[3, 50]])], 2, 9).provedAt).toBe(3);
    expect(figuresOf('highs', [run(9, [[4, 50]], [[3, 50]])], 2, 9).provedAt).toBe(4);
    expect(figuresOf('highs', [run(9, [[4, 50]], [[3, 49]])], 2, 9).provedAt).toBeUndefined();
  });

  test('count answers that are no plans as answers and as faults only', () => {
    const broken = { seconds: 1, claimed: 3, faults: ['breaks no-overlap'] };
    const told = { answers: [broken, broken], scores: [], bounds: [], faults: [] };
    const figures = figuresOf('yalps', [{ ...run(5, [], []), told }], 2, 5);
    expect(figures).toMatchObject({ plans: 0, answers: 2, faults: ['breaks no-overlap'], scores: [] });
    expect([figures.firstPlan, figures.atLimit, figures.gap]).toEqual([undefined, undefined, undefined]);
  });

  test('a bound above a score that was reached is a fault', () => {
    const figures = figuresOf('highs', [run(9, [[1, 50]], [[2, 50]])], 2, 9);
    expect(boundFault(figures, 49)).toEqual(['bound 50 above 49']);
    expect(boundFault(figures, 50)).toEqual([]);
    expect(boundFault(figures, undefined)).toEqual([]);
  });

  test('steps are taken in the order of time', () => {
    const steps = [{ seconds: 3, value: 1 }, { seconds: 1, value: 5 }, { seconds: 2, value: 6 }, { seconds: 2.5, value: 5 }]; // prettier-ignore
    const scores = improving(steps, (value, best) => value < best);
    expect(scores).toEqual([{ seconds: 1, value: 5 }, { seconds: 3, value: 1 }]); // prettier-ignore
    expect([valueAt(scores, 0.9), valueAt(scores, 1), valueAt(scores, 99)]).toEqual([undefined, 5, 1]);
  });
});

describe('limits', () => {
  test('are several for engines that tell nothing on the way, and two for ours, which tells scores but no plans', () => {
    expect(limitsOf('yalps', 2, 20)).toEqual([1, 2, 5, 10, 20]);
    expect(limitsOf('javascript-lp-solver', 2, 10)).toEqual([1, 2, 5, 10]);
    expect(limitsOf('iop-scheduler', 2, 20)).toEqual([2, 20]);
    expect(limitsOf('iop-scheduler', 20, 20)).toEqual([20]);
    expect(limitsOf('cp-sat-expert', 2, 20)).toEqual([20]);
  });
});

describe('a row', () => {
  const ours = summaryOf([figuresOf('iop-scheduler', [run(10, [[0.2, 100], [1, 80]], [[1, 80]], { endedAfter: 1.2 })], 2, 10)]); // prettier-ignore
  const other = summaryOf([
    figuresOf('highs', [run(10, [[1, 120], [9, 100]], [[1, 20], [9, 75]], { preparedIn: 0.25 })], 2, 10), // prettier-ignore
    figuresOf('highs', [run(10, [[3, 110]], [[1, 50]], { status: 'late', preparedIn: 0.75 })], 2, 10),
    figuresOf('highs', [run(10, [], [], { megabytes: 900 })], 2, 10),
  ]);

  function named(row: readonly string[] = []): Record<string, string | undefined> {
    const head = peerHead(2, 10);
    return Object.fromEntries(head.map((name, column) => [head.indexOf(name) === column ? name : `${name}'`, row[column]]));
  }

  test('holds medians over repeats, in which one without a plan is the worst, beside ours', () => {
    const [first, second] = peerRows([ours, other], 2, 10).map(named);
    expect(first).toMatchObject({
      engine: 'iop-scheduler',
      'first plan': '0.20 s',
      'x ours': '1.00',
      "x ours'": '1.00',
      proved: '1.00 s',
      ended: '1.20 s',
    });
    expect(second).toEqual({
      engine: 'highs',
      prepare: '0.75 s',
      'first plan': '3.00 s',
      'x ours': '15.00',
      'at 2 s': '-',
      'at 10 s': '110',
      "x ours'": '1.38',
      bound: '50',
      gap: '54.5 %',
      proved: 'no',
      ended: '-',
      MB: '900',
      plans: '3/3',
      faults: '0',
      status: 'ok, late',
    });
  });

  test('of an engine without a plan says so; without ours there is nothing to compare with', () => {
    const none = summaryOf([figuresOf('yalps', [run(10, [], [])], 2, 10)]);
    expect(named(peerRows([none], 2, 10)[0])).toMatchObject({ 'first plan': 'none', 'x ours': '-', 'at 10 s': '-', bound: '-', gap: '-' });
  });

  test('has no column for a mark at the limit', () => {
    expect(peerHead(10, 10)).not.toContain('at 2 s');
    expect(peerRows([ours], 10, 10)[0]).toHaveLength(peerHead(10, 10).length);
  });
});
