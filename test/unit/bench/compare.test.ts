import { describe, expect, test } from 'vitest';
import { nameOf, type Case } from '../../../bench/cases.ts';
import {
  classFigures,
  compareClasses,
  compareGaps,
  compareSmoke,
  compareTimes,
  VERDICT_HEAD,
  verdictRow,
  type SmokeFigures,
} from '../../../bench/compare.ts';

const loose = (seed: number): Case => ({ tier: 'one', weeks: 1, tightness: 'loose', seed });

describe('figures of a class', () => {
  test('are medians over its cases, one for each repeat; what half or more did not reach is null', () => {
    const figures = classFigures([
      { each: loose(1), repeats: [{ firstPlan: 1, proof: 2, gap: 0 }, { firstPlan: 5, proof: 6, gap: 0 }] }, // prettier-ignore
      { each: loose(2), repeats: [{ firstPlan: 3, proof: undefined, gap: 0.5 }, { firstPlan: 7, proof: 8, gap: 0.1 }] }, // prettier-ignore
      { each: loose(3), repeats: [{ firstPlan: 9, proof: undefined, gap: 0.2 }, { firstPlan: 6, proof: 7, gap: 0.3 }] }, // prettier-ignore
    ]);
    expect([...figures]).toEqual([['one 1w loose', { cases: 3, firstPlan: [3, 6], proof: [null, 7], gap: [0.2, 0.1] }]]);
  });
});

describe('times', () => {
  test.each([
    ['as before', [1, 1.1, 0.9], [1, 0.9, 1.1], '1.00', false],
    ['faster', [0.5, 0.5, 0.5], [1, 1, 1], '0.50', false],
    ['slower, but within what is tolerated', [1.5, 1.5, 1.5], [1, 1, 1], '1.50', false],
    ['slower', [1.6, 1.7, 1.8], [1, 1, 1], '1.70', true],
    ['slower, but one repeat is as fast as one released', [1.2, 1.7, 1.8], [1, 1, 1.3], '1.70', false],
    ['slower but for a repeat that shows that it was noise', [1.7, 1.8, 1, 1.9], [1, 1, 1.1], '1.75', false],
  ])('that are %s', (_, now, released, change, regression) => {
    expect(compareTimes('c', 'proof', now, released)).toMatchObject({ class: 'c', figure: 'proof', change, regression });
  });

  test('that are not reached any more are a regression, and those that never were are not', () => {
    expect(compareTimes('c', 'proof', [null, null, 1], [1, 1, 1])).toMatchObject({
      now: '-',
      released: '1.00',
      change: 'lost',
      regression: true,
    });
    expect(compareTimes('c', 'proof', [2, 2, null], [null, 1, null])).toMatchObject({ change: 'gained', regression: false });
    expect(compareTimes('c', 'proof', [null], [null])).toMatchObject({ change: '-', regression: false });
  });
});

describe('gaps', () => {
  test.each([
    ['a little wider', [0.019], [0], '+1.9', false],
    ['wider', [0.03, 0.04], [0, 0.01], '+3.0', true],
    ['wider in the middle, not in every repeat', [0.01, 0.09, 0.09], [0, 0.01, 0.01], '+8.0', false],
    ['narrower', [0.1], [0.2], '-10.0', false],
  ])('%s', (_, now, released, change, regression) => {
    expect(compareGaps('c', now, released)).toMatchObject({ figure: 'gap', change, regression });
  });

  test('of classes that have lost their plans are a regression', () => {
    expect(compareGaps('c', [null], [0.1])).toMatchObject({ change: 'lost', regression: true });
  });
});

test('classes are compared where they were released', () => {
  const figures = { cases: 1, firstPlan: [2], proof: [4], gap: [0] };
  const verdicts = compareClasses(
    new Map([['old', figures], ['new', figures]]), // prettier-ignore
    new Map([['old', { ...figures, firstPlan: [1] }], ['gone', figures]]), // prettier-ignore
  );
  expect(verdicts.map(({ class: name, figure, regression }) => [name, figure, regression])).toEqual([
    ['old', 'first plan', true],
    ['old', 'proof', false],
    ['old', 'gap', false],
  ]);
  const [row = []] = verdicts.map(verdictRow);
  expect(Object.fromEntries(VERDICT_HEAD.map((head, column) => [head, row[column]]))).toEqual({
    class: 'old',
    figure: 'first plan',
    now: '2.00',
    released: '1.00',
    change: '2.00',
    verdict: 'REGRESSION',
  });
});

describe('runs that end by work', () => {
  const PROVED: SmokeFigures = { status: 'optimal', work: 100, score: 50 };
  const STOPPED: SmokeFigures = { status: 'feasible', work: 1000, score: 100 };
  const NONE: SmokeFigures = { status: 'unknown', work: 1000 };

  /** Which figures of the class are regressions. */
  function regressions(now: readonly SmokeFigures[], released: readonly SmokeFigures[]): string[] {
    const cases = now.map((figures, index) => ({ each: loose(index + 1), name: nameOf(loose(index + 1)), figures }));
    const verdicts = compareSmoke(cases, new Map(released.map((figures, index) => [nameOf(loose(index + 1)), figures])));
    return verdicts.flatMap(({ figure, regression }) => (regression ? [figure] : []));
  }

  test.each<[string, SmokeFigures[], SmokeFigures[], string[]]>([
    ['the same', [PROVED, STOPPED, NONE], [PROVED, STOPPED, NONE], []],
    ['better', [PROVED, PROVED], [STOPPED, NONE], []],
    ['without a plan that there was', [NONE, PROVED], [STOPPED, PROVED], ['planned']],
    ['without a proof that there was', [STOPPED], [{ ...STOPPED, status: 'optimal' }], ['proved']],
    ['with one proof lost and one gained', [PROVED, { ...STOPPED, score: 50 }], [{ ...STOPPED, score: 50 }, PROVED], []],
    ['with half as much work again', [{ ...PROVED, work: 150 }], [PROVED], []],
    ['with more work than that', [{ ...PROVED, work: 151 }], [PROVED], ['work']],
    ['with more work, but not in all', [{ ...PROVED, work: 190 }, PROVED], [PROVED, PROVED], []],
    ['with more work where no proof was reached', [{ ...STOPPED, work: 9000 }], [STOPPED], []],
    ['with a score worse by 3 %', [{ ...STOPPED, score: 103 }], [STOPPED], []],
    ['with a worse score', [{ ...STOPPED, score: 104 }], [STOPPED], ['score']],
    ['of which one was not released', [PROVED, NONE], [PROVED], []],
  ])('are compared by class: %s', (_, now, released, expected) => {
    expect(regressions(now, released)).toEqual(expected);
  });
});
