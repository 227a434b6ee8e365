import { describe, expect, test } from 'vitest';
import { decimal, duration, median, percent, share } from '../../../bench/numbers.ts';
import { REFERENCE_CHECKSUM, referenceWork } from '../../../bench/reference.ts';
import { medianReached } from '../../../bench/summary.ts';
import { table } from '../../../bench/table.ts';

describe('median', () => {
  test.each([
    [[], undefined],
    [[7], 7],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10], // by number, where as text 10 < 100 < 9
    [[-1, 0, 0, 3], 0],
  ])('of %j is %s', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  test('does not reorder what it is given', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  test('takes a value that was not reached for worse than any other', () => {
    expect(medianReached([5, undefined, 3])).toBe(5);
    expect(medianReached([5, undefined, undefined])).toBeUndefined();
    expect(medianReached([5, undefined])).toBeUndefined();
    expect(medianReached([])).toBeUndefined();
  });
});

describe('numbers as text', () => {
  test('share counts what holds, and is nothing of nothing', () => {
    expect(share([1, 2, 3, 4], (value) => value > 1)).toBe(0.75);
    expect(share([], () => true)).toBeUndefined();
  });

  test.each([
    [1, '100.0 %'],
    [0.9999, '99.9 %'],
    [0.0001, '0.1 %'],
    [0, '0.0 %'],
    [1 / 3, '33.3 %'],
    [undefined, '-'],
  ])('percent of %s is %s', (value, expected) => {
    expect(percent(value)).toBe(expected);
  });

  test.each([
    [0.5, '0.500 ms'],
    [12.345, '12.3 ms'],
    [123.4, '123 ms'],
    [9999, '9999 ms'],
    [12_340, '12.3 s'],
    [undefined, '-'],
  ])('duration of %s is %s', (value, expected) => {
    expect(duration(value)).toBe(expected);
  });

  test('decimal keeps so many places', () => {
    expect([decimal(1.005, 1), decimal(3), decimal(undefined, 2)]).toEqual(['1.0', '3', '-']);
  });
});

describe('table', () => {
  test('stands in columns, the first to the left, and is Markdown', () => {
    const text = table(
      ['case', 'score'],
      [
        ['one', '7'],
        ['S 12 weeks', '1200'],
      ],
    );
    expect(text.split('\n')).toEqual([
      '| case       | score |',
      '| ---------- | ----: |',
      '| one        |     7 |',
      '| S 12 weeks |  1200 |',
    ]);
  });

  test('fills short rows, drops what has no column, and keeps a bar from ending a cell', () => {
    expect(table(['a', 'b'], [['x|y'], ['1', '2', '3']]).split('\n')).toEqual([
      '| a    |   b |',
      '| ---- | --: |',
      '| x\\|y |     |',
      '| 1    |   2 |',
    ]);
  });
});

test('the reference work does the same arithmetic every time', () => {
  // The constant was computed by a transcription in another language, with whole numbers reduced to 32 bits by hand.
  expect([referenceWork(), referenceWork()]).toEqual([REFERENCE_CHECKSUM, REFERENCE_CHECKSUM]);
});
