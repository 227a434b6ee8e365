import { describe, expect, test } from 'vitest';
import { editDistance, nearest } from '../../../src/domain/nearest.ts';

describe('edit distance', () => {
  test.each([
    ['', '', 0],
    ['abc', '', 3],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3], // k-s, e-i, +g
    ['form', 'from', 1], // one swap
    ['ca', 'abc', 3], // no swap across an insertion: optimal string alignment
    ['day', 'days', 1],
  ])('%s to %s is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});

describe('the nearest word', () => {
  test('lies within one edit in three characters', () => {
    expect(nearest('minits', ['minutes', 'id'])).toBe('minutes');
    expect(nearest('mints', ['minutes', 'id'])).toBe('minutes');
    expect(nearest('mits', ['minutes', 'id'])).toBeUndefined();
  });

  test('is the one with the fewest edits, whatever the case', () => {
    expect(nearest('FROM', ['form', 'from', 'frame'])).toBe('from');
  });

  test('needs no more than one edit to be wrong in a short word', () => {
    expect(nearest('od', ['id'])).toBe('id');
    expect(nearest('ox', ['id'])).toBeUndefined();
  });
});
