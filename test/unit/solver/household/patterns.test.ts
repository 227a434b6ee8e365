import { expect, test } from 'vitest';
import { Random } from '../../../../src/kernel/random.ts';
import { SearchContext } from '../../../../src/solver/context.ts';
import { solveHousehold } from '../../../../src/solver/household/solve.ts';
import { bare, clock, compiled, finish, householdOf } from '../../../support/model-fixtures.ts';
import { item, type Parts } from '../../../support/verify-fixtures.ts';

/** Groups g and h meet at the same time; a may attend any, b only h. Returns the groups that a and b attend. */
function groupsOf(change: (parts: Parts) => void): { groups: number[]; cost: number } {
  const all = compiled((parts) => {
    bare(parts);
    const { program, a, b, g } = parts;
    g.meetings = { at: [{ day: 'tue', start: '18:00' }] };
    program.groups = [g, { ...structuredClone(g), id: 'h' }];
    a.care = [item('grp', { sessions: { min: 1, max: 1 } })];
    b.care = [item('grp', { sessions: { min: 1, max: 1 }, group: 'h' })];
    change(parts);
  });
  const household = householdOf(all);
  const context = new SearchContext(all.problem, new Random(1));
  const { plan } = finish(solveHousehold(all.problem, household, { extra: context.ownExtra(household) }, context.work));
  const { meeting, start } = household.candidates;
  expect(plan?.rows.map((row) => clock(start[row]!))).toEqual(['tue 18:00', 'tue 18:00']);
  return { groups: plan!.rows.map((row) => all.problem.meetings[meeting[row]!]!.group), cost: plan!.cost };
}

test('partners with one room share a meeting, though one of them could attend another at that time', () => {
  expect(groupsOf(({ c }) => (c.household = { privateRooms: 1 })).groups).toEqual([1, 1]);
});

test('partners who want to be in separate sessions at different times share a meeting', () => {
  // In two meetings they would be apart for 90 minutes, which is six units of weight 1.
  expect(groupsOf(({ c }) => (c.together = 'staggered'))).toEqual({ groups: [1, 1], cost: 0 });
});

test('partners who attend groups together share a meeting', () => {
  expect(groupsOf(({ c }) => (c.groupsTogether = 'always')).groups).toEqual([1, 1]);
});
