import { expect, test } from 'vitest';
import type { Policy } from '../../../../src/domain/policy.ts';
import type { Household } from '../../../../src/model/problem.ts';
import { minutesOf, type MinuteRules } from '../../../../src/solver/household/minute-rules.ts';
import { bare, compiled, householdOf } from '../../../support/model-fixtures.ts';
import { givePolicy, item } from '../../../support/verify-fixtures.ts';

/** Weeks from Monday 2026-10-05; a's sessions are credited with 50 minutes each. */
function household(weeks: number, rules: Partial<Policy>): Household {
  return householdOf(
    compiled((parts) => {
      bare(parts);
      parts.program.horizon.weeks = weeks;
      parts.a.stay = { from: '2026-10-05' };
      parts.a.care = [item('ind')];
      givePolicy(parts, rules);
    }),
  );
}

/** The rules of a's week, and the places of its nodes. */
function inWeek(one: Household, week: number, most = 1_000): MinuteRules {
  const from = one.nodeWeek[0].indexOf(week);
  return minutesOf(one, 0, from, one.nodeWeek[0].lastIndexOf(week) + 1, most);
}

test('what a week lacks is counted in sessions, the last of which may be more than it needs', () => {
  const rules = inWeek(household(1, { weeklyMinutes: { min: 180 } }), 1);
  expect(rules.unit).toBe(50);
  // Four sessions of 50 minutes make 180; after two of them two are lacking, and after four none.
  const lacks = [0, 100, 200].map((credited) => rules.lacks(1, Int32Array.of(credited), 0));
  expect(lacks).toEqual([4, 2, 0]);
  expect(rules.most).toBe(4);
  expect([...rules.ends]).toEqual([0, 0, 0, 0, 0, 0, 1]);
});

test('all minutes above those of a single week are excess, in whole quarter hours', () => {
  const rules = inWeek(household(1, { weeklyMinutes: { min: 180 } }), 1);
  expect([...rules.excess]).toEqual([1, 1, 1, 1, 1, 1, 1]);
  // 50 minutes hold three quarter hours, 100 hold six.
  expect([rules.quarters(1), rules.quarters(2)]).toEqual([3, 6]);
});

test('a block of two weeks demands all at the end of the second, whatever the first has brought', () => {
  const one = household(2, { weeklyMinutes: { min: 180 }, averageWeeks: 2 });
  const [first, second] = [inWeek(one, 1), inWeek(one, 2)];
  expect([first.most, ...first.ends]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  // 360 minutes, of which 300 are credited: two sessions more.
  expect(second.lacks(0, Int32Array.of(300), 0)).toBe(2);
  expect([second.begun, ...second.excess]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});

test('a week that would fall into too many states demands no minutes', () => {
  const rules = inWeek(household(1, { weeklyMinutes: { min: 180 } }), 1, 3);
  expect([rules.most, ...rules.ends, ...rules.excess]).toEqual(Array.from({ length: 15 }, () => 0));
});
