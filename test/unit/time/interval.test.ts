import { describe, expect, it } from 'vitest';
import { containsSpan, intersect, subtract, union, type Interval } from '../../../src/time/interval.ts';

const spans = (...pairs: [number, number][]): Interval[] => pairs.map(([start, end]) => ({ start, end }));

describe('union', () => {
  it('sorts, joins overlapping and adjoining stretches, and drops empty ones', () => {
    expect(union(spans([50, 60], [10, 20], [20, 30], [15, 18], [40, 40], [45, 41]))).toEqual(spans([10, 30], [50, 60]));
  });

  it('keeps stretches one minute apart apart', () => {
    expect(union(spans([0, 10], [11, 20]))).toEqual(spans([0, 10], [11, 20]));
  });

  it('leaves its input as it was and shares nothing with it', () => {
    const input = spans([5, 9], [0, 5]);
    const joined = union(input);
    joined[0]!.end = 100;
    expect(input).toEqual(spans([5, 9], [0, 5]));
    const single = spans([0, 5]);
    expect(union(single)[0]).not.toBe(single[0]);
  });
});

describe('subtract', () => {
  it('cuts holes, ends and whole stretches', () => {
    expect(subtract(spans([0, 100]), spans([10, 20], [90, 120]))).toEqual(spans([0, 10], [20, 90]));
    expect(subtract(spans([0, 10], [20, 30]), spans([0, 10]))).toEqual(spans([20, 30]));
  });

  it('cuts one hole from two stretches', () => {
    expect(subtract(spans([0, 10], [20, 30]), spans([5, 25]))).toEqual(spans([0, 5], [25, 30]));
  });

  it('takes nothing where the two only touch', () => {
    expect(subtract(spans([10, 20]), spans([0, 10], [20, 30]))).toEqual(spans([10, 20]));
  });
});

describe('intersect', () => {
  it('keeps what both have', () => {
    expect(intersect(spans([0, 10], [20, 30]), spans([5, 25]))).toEqual(spans([5, 10], [20, 25]));
  });

  it('is empty where the two only touch', () => {
    expect(intersect(spans([0, 10]), spans([10, 20]))).toEqual([]);
  });
});

describe('containsSpan', () => {
  const list = spans([0, 10], [20, 30], [40, 50]);

  it.each([
    [0, 10],
    [20, 30],
    [44, 45],
    [49, 50],
  ])('one stretch holds %i to %i', (start, end) => {
    expect(containsSpan(list, start, end)).toBe(true);
  });

  it.each([
    [-1, 5],
    [0, 11],
    [5, 25],
    [10, 20],
    [12, 13],
    [39, 45],
    [50, 51],
    [0, 50],
  ])('none holds %i to %i', (start, end) => {
    expect(containsSpan(list, start, end)).toBe(false);
  });

  it('an empty list holds nothing', () => {
    expect(containsSpan([], 0, 1)).toBe(false);
  });
});
