import { expect, test } from 'vitest';
import { Random } from '../../../../src/kernel/random.ts';
import { SearchContext } from '../../../../src/solver/context.ts';
import { solveHousehold } from '../../../../src/solver/household/solve.ts';
import { bare, clock, compiled, finish, householdOf, only } from '../../../support/model-fixtures.ts';
import { item } from '../../../support/verify-fixtures.ts';

/**
 * Starts of the sessions of a couple who may change therapist from session to session, but never have the same one, among 36 therapists.
 * Partner a can come on Monday, b on Tuesday, both would rather at 10:00; therapists are there at 20:00,
 * and when it is said.
 */
function starts(there: Readonly<Record<number, string>>): string[] | undefined {
  const all = compiled((parts) => {
    bare(parts);
    const { program, a, b, ta } = parts;
    program.horizon.slotMinutes = 60;
    program.therapists = Array.from({ length: 36 }, (_, index) => ({
      ...structuredClone(ta),
      id: `t${String(index).padStart(2, '0')}`,
      availability: only('mon 20:00-21:00', 'tue 20:00-21:00', ...(there[index]?.split(', ') ?? [])),
    }));
    const care = [item('ind', { sessions: { min: 1, max: 1 } })];
    const prefers = { times: [{ start: '10:00', end: '11:00' }] };
    Object.assign(a, { care, prefers, availability: only('mon 00:00-23:00') });
    Object.assign(b, { care, prefers, availability: only('tue 00:00-23:00') });
  });
  const household = householdOf(all);
  const context = new SearchContext(all.problem, new Random(1));
  const { plan } = finish(solveHousehold(all.problem, household, { extra: context.ownExtra(household) }, context.work));
  return plan?.rows.map((row) => clock(household.candidates.start[row]!));
}

test('more therapists than a word has bits are told apart', () => {
  expect(starts({ 5: 'mon 10:00-11:00', 35: 'tue 10:00-11:00' })).toEqual(['mon 10:00', 'tue 10:00']);
  expect(starts({ 3: 'mon 10:00-11:00', 35: 'tue 10:00-11:00' })).toEqual(['mon 10:00', 'tue 10:00']);
  for (const same of [35, 5]) {
    const [monday, tuesday] = starts({ [same]: 'mon 10:00-11:00, tue 10:00-11:00' })!;
    expect([monday === 'mon 10:00', tuesday === 'tue 10:00'].filter(Boolean)).toHaveLength(1);
  }
});
