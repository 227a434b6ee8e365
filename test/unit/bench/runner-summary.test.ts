import { describe, expect, test } from 'vitest';
import { casesInTurn, everyCase, nameOf, type Case } from '../../../bench/cases.ts';
import type { Attempt } from '../../../bench/measure.ts';
import { faultLines } from '../../../bench/results.ts';
import { caseRow, CASE_HEAD, classRows, CLASS_HEAD, summarize, type Timed } from '../../../bench/summary.ts';
import { SWEEP_HEAD, sweepRows, withoutPlan, type Swept } from '../../../bench/tally.ts';

const CASE: Case = { tier: 'S', weeks: 1, tightness: 'tight', seed: 4 };
const PROVED: Attempt = {
  status: 'optimal',
  milliseconds: 40,
  firstPlanMilliseconds: 20,
  proofMilliseconds: 40,
  score: 8,
  bound: 8,
  gap: 0,
  work: 5,
  faults: [],
};
const STOPPED: Attempt = {
  status: 'feasible',
  stoppedBy: 'time',
  milliseconds: 99,
  firstPlanMilliseconds: 60,
  score: 10,
  bound: 5,
  gap: 0.5,
  work: 7,
  faults: [],
};
const NONE: Attempt = { status: 'unknown', stoppedBy: 'time', milliseconds: 130, bound: 0, work: 7, faults: [] };

function timed(run: Attempt, referenceMilliseconds: number): Timed {
  return { run, referenceMilliseconds };
}

/** A row by the head of its columns; the second column of a name gets a prime. */
function named(head: readonly string[], row: readonly string[] = []): Record<string, string | undefined> {
  return Object.fromEntries(head.map((name, column) => [head.indexOf(name) === column ? name : `${name}'`, row[column]]));
}

describe('cases', () => {
  test('of a run: classes in order, seeds from 1', () => {
    expect(everyCase(['one', 'S'], [12], 2).map(nameOf)).toEqual([
      'one 12w loose #1',
      'one 12w loose #2',
      'one 12w tight #1',
      'one 12w tight #2',
      'S 12w loose #1',
      'S 12w loose #2',
      'S 12w tight #1',
      'S 12w tight #2',
    ]);
  });

  test('of a sweep: classes in turn, as many as asked', () => {
    expect(casesInTurn(['one'], [1], 3, 7).map(nameOf)).toEqual(['one 1w loose #7', 'one 1w tight #7', 'one 1w loose #8']);
  });
});

describe('the summary of a case', () => {
  test('has medians, and of the ratios the median, not the ratio of the medians', () => {
    // Ratios of the first plan 20/10, 20/40, 60/20 = 2, 0.5, 3; of the proof 40/10, 40/40, none = 4, 1, none.
    const result = summarize(CASE, 9, [timed(PROVED, 10), timed(PROVED, 40), timed(STOPPED, 20)], 77, []);
    expect(result).toEqual({
      each: CASE,
      firstPlanMilliseconds: 20,
      firstPlanRatio: 2,
      proofMilliseconds: 40,
      proofRatio: 4,
      score: 8,
      bound: 8,
      gap: 0,
      knownScore: 9,
      work: 5,
      peakRssMb: 77,
      faults: [],
    });
    expect(caseRow(result)).toEqual(['S 1w tight #4', '20.0 ms', '2.00', '40.0 ms', '4.00', '8', '8', '0.0 %', '9', '77']);
    expect(CASE_HEAD).toHaveLength(caseRow(result).length);
  });

  test('is not proved where most repeats were not', () => {
    const result = summarize(CASE, 9, [timed(PROVED, 10), timed(STOPPED, 10), timed(STOPPED, 10)], 77, []);
    expect(named(CASE_HEAD, caseRow(result))).toMatchObject({ 'first plan': '60.0 ms', proof: 'not proved', gap: '50.0 %' });
    const none = summarize(CASE, 9, [timed(NONE, 10)], 77, []);
    expect(named(CASE_HEAD, caseRow(none))).toMatchObject({ 'first plan': 'no plan', proof: 'not proved', score: '-', bound: '0' });
  });

  test('tells no times of a case with faults', () => {
    const result = summarize(CASE, 9, [timed(PROVED, 10)], 77, [{ kind: 'score', detail: '' }]);
    expect([result.firstPlanMilliseconds, result.proofMilliseconds, result.score]).toEqual([undefined, undefined, undefined]);
    expect(named(CASE_HEAD, caseRow(result))).toMatchObject({ 'first plan': 'FAULT', proof: 'FAULT', score: '' });
    expect(caseRow(result)).toHaveLength(CASE_HEAD.length);
  });
});

test('the rows of classes count shares over their cases', () => {
  const of = (each: Case, run: Attempt, rss: number) => summarize(each, 9, [timed(run, 10)], rss, []);
  const other: Case = { ...CASE, tightness: 'loose' };
  const rows = classRows([of(CASE, PROVED, 5), of(other, NONE, 6), of(CASE, STOPPED, 9), of(CASE, PROVED, 7)]);
  // tight: first plans 20, 60, 20; proofs 40, none, 40; gaps 0, 0.5, 0. loose: nothing reached.
  expect(rows).toEqual([
    ['S 1w tight', '3', '100.0 %', '66.7 %', '20.0 ms', '2.00', '40.0 ms', '4.00', '0.0 %', '9', '0'],
    ['S 1w loose', '1', '0.0 %', '0.0 %', '-', '-', '-', '-', '-', '6', '0'],
  ]);
  expect(rows.map((row) => row.length)).toEqual([CLASS_HEAD.length, CLASS_HEAD.length]);
});

describe('the tally of a sweep', () => {
  const swept: Swept[] = [
    { each: CASE, run: PROVED },
    {
      each: { ...CASE, seed: 5 },
      run: {
        ...STOPPED,
        faults: [
          { kind: 'violation', detail: 'a' },
          { kind: 'violation', detail: 'b' },
          { kind: 'score', detail: 'c' },
        ],
      },
    },
    { each: { ...CASE, weeks: 2 }, run: { ...NONE, status: 'infeasible', faults: [{ kind: 'false-infeasible', detail: '' }] } },
  ];

  test('counts cases by class, then all', () => {
    const rows = sweepRows(swept).map((row) => named(SWEEP_HEAD, row));
    const faults = (violations: string, wrong: string, others: string) => ({
      violations,
      'false infeasible': wrong,
      'other faults': others,
    });
    expect(rows).toEqual([
      {
        class: 'S 1w tight',
        cases: '2',
        planned: '2',
        '%': '100.0 %',
        proved: '1',
        "%'": '50.0 %',
        'first plan': '40.0 ms',
        slowest: '99.0 ms',
        ...faults('1', '0', '1'),
      },
      {
        class: 'S 2w tight',
        cases: '1',
        planned: '0',
        '%': '0.0 %',
        proved: '0',
        "%'": '0.0 %',
        'first plan': '-',
        slowest: '130 ms',
        ...faults('0', '1', '0'),
      },
      {
        class: 'all',
        cases: '3',
        planned: '2',
        '%': '66.7 %',
        proved: '1',
        "%'": '33.3 %',
        'first plan': '60.0 ms',
        slowest: '130 ms',
        ...faults('1', '1', '1'),
      },
    ]);
  });

  test('counts a violation or a false claim of none as that only', () => {
    const only = (kind: 'violation' | 'false-infeasible') =>
      sweepRows([{ each: CASE, run: { ...PROVED, faults: [{ kind, detail: '' }] } }])[0]?.slice(-3);
    expect(only('violation')).toEqual(['1', '0', '0']);
    expect(only('false-infeasible')).toEqual(['0', '1', '0']);
  });

  test('lists cases without a plan, and faults by case', () => {
    expect(withoutPlan(swept).map(({ each }) => nameOf(each))).toEqual(['S 2w tight #4']);
    const found = swept.map(({ each, run }) => ({ each, faults: run.faults }));
    expect(faultLines(found, 2)).toEqual(['S 1w tight #5: violation: a', 'S 1w tight #5: violation: b', 'and 2 more']);
    expect(faultLines(found)).toHaveLength(4);
  });
});
