import { expect, test } from 'vitest';
import { assignTherapists, type Assigned } from '../../../../src/solver/household/assign.ts';
import type { RoleOption } from '../../../../src/solver/household/options.ts';
import { bare, compiled, householdOf, only } from '../../../support/model-fixtures.ts';
import { item, type Parts } from '../../../support/verify-fixtures.ts';

const MONDAY = 10 * 60;
const TUESDAY = 34 * 60;

/**
 * What becomes of a's sessions at Monday and Tuesday 10:00, by the names of therapists who hold them at first. Therapists are numbered
 * in the order of the program: ta, tb, tc, tg, tx.
 */
function assign(names: readonly number[], prices: Readonly<Record<number, number>>, change: (parts: Parts) => void = () => undefined) {
  const all = compiled((parts) => {
    bare(parts);
    parts.a.availability = only('mon 10:00-10:50', 'tue 10:00-10:50');
    parts.a.care = [item('ind', { sessions: { min: 2, max: 2 }, continuity: 'strict' })];
    change(parts);
  });
  const household = householdOf(all);
  const { start, therapist, count } = household.candidates;
  const rows = [MONDAY, TUESDAY].map((minute, at) => {
    return Array.from({ length: count }, (_, row) => row).find((row) => start[row] === minute && therapist[row] === names[at])!;
  });
  const list = Object.entries(prices).map(([server, price]): RoleOption => ({ server: Number(server), price, cost: price }));
  const lists = household.roles.map(({ kind }) => (kind === 'individual' ? list : undefined));
  const nothing = new Float64Array(count);
  const assigned = assignTherapists(all.problem, household, { lists, rows, charged: nothing, extra: nothing });
  return { assigned, held: therapistsOf(assigned, therapist) };
}

function therapistsOf(assigned: Assigned | undefined, therapist: Int32Array): number[] | undefined {
  return assigned?.rows.map((row) => therapist[row]!);
}

test('sessions of two therapists go to the one who has the lowest price', () => {
  const { assigned, held } = assign([0, 1], { 0: 7, 1: 5, 4: 6 });
  expect(held).toEqual([1, 1]);
  expect(assigned!.more).toBe(5);
});

test('only to one who has time for all of them', () => {
  const { assigned, held } = assign([0, 1], { 0: 7, 1: 5, 4: 6 }, ({ tb }) => (tb.availability = only('tue 00:00-24:00')));
  expect(held).toEqual([4, 4]);
  expect(assigned!.more).toBe(6);
});

test('to nobody where none has', () => {
  const { assigned } = assign([0, 1], { 0: 7, 1: 5 }, ({ ta, tb }) => {
    [ta.availability, tb.availability] = [only('mon 00:00-24:00'), only('tue 00:00-24:00')];
  });
  expect(assigned).toBeUndefined();
});
