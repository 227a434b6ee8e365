import { describe, expect, test } from 'vitest';
import { InternalError, InvalidProgramError, ISSUE_CODES, pathText, type Issue } from '../../../src/errors.ts';

const issue = (index: number): Issue => ({ code: 'missing-key', path: ['bookings', index, 'id'], message: 'id is missing', facts: {} });
const issues = (count: number): Issue[] => Array.from({ length: count }, (_, index) => issue(index));

describe('InvalidProgramError', () => {
  test('carries all issues and a stable code', () => {
    const all = issues(5);
    const error = new InvalidProgramError(all);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'InvalidProgramError', code: 'invalid-program', issues: all });
  });

  test('tells the first three, with code and path', () => {
    expect(new InvalidProgramError(issues(5)).message).toBe(
      'The program has 5 issues: missing-key at bookings[0].id: id is missing; missing-key at bookings[1].id: id is missing; ' +
        'missing-key at bookings[2].id: id is missing; and 2 more',
    );
    expect(new InvalidProgramError(issues(1)).message).toBe('The program has 1 issue: missing-key at bookings[0].id: id is missing');
  });

  test('counts issues that are not listed', () => {
    const more: Issue = { code: 'more-issues', path: [], message: '400 more issues are not listed', facts: { count: 400 } };
    expect(new InvalidProgramError([...issues(4), more]).message).toMatch(/^The program has 404 issues: .*; and 401 more$/);
  });
});

test('InternalError has a stable code and facts', () => {
  expect(new InternalError('the plan breaks a rule', { rule: 'closure' })).toMatchObject({
    name: 'InternalError',
    code: 'internal',
    message: 'the plan breaks a rule',
    facts: { rule: 'closure' },
  });
});

test('codes are kebab-case and described', () => {
  for (const [code, text] of Object.entries(ISSUE_CODES)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(text).toMatch(/^[A-Z].*\.$/);
  }
});

test.each<[(string | number)[], string]>([
  [['couples', 0, 'partners', 1, 'care'], 'couples[0].partners[1].care'],
  [['weights', 'same-slot'], 'weights["same-slot"]'],
  [[], ''],
])('%j is written %s', (path, text) => {
  expect(pathText(path)).toBe(text);
});
