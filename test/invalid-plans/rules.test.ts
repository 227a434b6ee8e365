import { describe, expect, it } from 'vitest';
import { HARD_RULES } from '../../src/domain/weights.ts';
import { violationsOf } from '../support/verify-fixtures.ts';
import { CASES } from './cases.ts';

describe.each(HARD_RULES)('%s', (rule) => {
  it('has a case', () => {
    expect(CASES[rule].length).toBeGreaterThan(0);
  });

  it.each(CASES[rule])('is broken, and nothing else is: $name', ({ program, breaks }) => {
    const violations = violationsOf(program, breaks);
    expect([...new Set(violations.map((violation) => violation.rule))]).toEqual([rule]);
    for (const { amount, message } of violations) {
      expect(amount).toBeGreaterThan(0);
      expect(message).not.toBe('');
    }
  });

  it.each(CASES[rule])('is kept at the limit: $name', ({ program, keeps }) => {
    expect(violationsOf(program, keeps)).toEqual([]);
  });
});
