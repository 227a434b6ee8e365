import { describe, expect, test } from 'vitest';
import type { CareItem, Continuity } from '../../../../src/domain/care.ts';
import { Random } from '../../../../src/kernel/random.ts';
import type { Compiled } from '../../../../src/model/compile.ts';
import { SearchContext } from '../../../../src/solver/context.ts';
import { NOBODY } from '../../../../src/solver/household/domain.ts';
import { sharedRoles, sharesGroups } from '../../../../src/solver/household/shared-groups.ts';
import { solveHousehold } from '../../../../src/solver/household/solve.ts';
import { bare, clock, compiled, finish, householdOf } from '../../../support/model-fixtures.ts';
import { namesOf } from '../../../support/solver-fixtures.ts';
import { booked, item, meeting, type Parts } from '../../../support/verify-fixtures.ts';

/** Groups by number: g meets on Tuesday and Thursday, h on Monday and Wednesday. */
const [G, H] = [0, 1];

/** A couple who always attend groups together: role 0 is a's care in groups, role 1 that of b. Only continuity has a weight. */
function couple(a: Continuity, b: Continuity, change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { program, c, g } = parts;
    program.weights = { 'same-slot': 0, 'few-days': 0, together: 0 };
    c.groupsTogether = 'always';
    const at = (['mon', 'wed'] as const).map((day) => ({ day, start: '18:00' }));
    program.groups = [g, { ...structuredClone(g), id: 'h', meetings: { at } }];
    parts.a.care = [attending(2, { continuity: a })];
    parts.b.care = [attending(2, { continuity: b })];
    change(parts);
  });
}

const attending = (count: number, over: Partial<CareItem> = {}): CareItem => item('grp', { sessions: { min: count, max: count }, ...over });

/** Pairs of roles: one that keeps to a group, and the other one. */
const bound = (...args: Parameters<typeof couple>): [number, number][] =>
  sharedRoles(householdOf(couple(...args))).map(({ keeping, other }) => [keeping, other]);

describe('roles that must have the group of another one', () => {
  test('are those of the partner who has groups of choice, where one keeps to a group', () => {
    expect(bound('strict', 'prefer')).toEqual([[0, 1]]);
    expect(bound('prefer', 'strict')).toEqual([[1, 0]]);
    expect(bound('strict', 'strict')).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect([bound('strict', 'none'), bound('prefer', 'prefer')]).toEqual([[], []]);
  });

  test('are none where partners need not attend together', () => {
    expect(bound('strict', 'strict', ({ c }) => delete c.groupsTogether)).toEqual([]);
    expect(bound('strict', 'strict', ({ c }) => (c.groupsTogether = 'never'))).toEqual([]);
  });

  test('are of the same service as that one', () => {
    const both = ({ program, a, b, grp }: Parts): void => {
      program.services.push({ ...grp, id: 'other' });
      program.groups![H]!.service = 'other';
      for (const leader of program.therapists) leader.services.push('other');
      for (const { care } of [a, b]) care.push({ ...care[0]!, service: 'other' });
    };
    const { roles } = householdOf(couple('strict', 'strict', both));
    const pairs = bound('strict', 'strict', both).map((pair) => pair.map((role) => [roles[role]!.owner, roles[role]!.service]));
    // Services 2 and 4 are the groups' ones: each partner's care in either binds the other's in the same.
    const of = (service: number, ...owners: number[]) => owners.map((owner) => [owner, service]);
    expect(pairs.sort()).toEqual([of(2, 0, 1), of(4, 0, 1), of(2, 1, 0), of(4, 1, 0)]);
  });

  test('are none of which a session may be attended alone', () => {
    // On Monday the couple is not yet cleared for joint work.
    const gated = ({ c }: Parts): void => void (c.jointWork = { status: 'cleared', from: '2026-10-06' });
    expect(bound('strict', 'strict', gated)).toEqual([]);
    const place = (attendee: string) => (parts: Parts) => {
      parts.program.bookings = [booked('b1', 'locked', meeting('tue 18:00', [attendee]))];
    };
    expect(bound('strict', 'prefer', place('b'))).toEqual([]);
    // A place of the one who keeps to a group binds the other as ever.
    expect(bound('strict', 'prefer', place('a'))).toEqual([[0, 1]]);
  });
});

test('a choice of groups is shared where both have one group, or one of them has none', () => {
  const shares = (...choice: number[]): boolean => sharesGroups([{ keeping: 0, other: 2 }], Int32Array.from(choice));
  expect([shares(G, H, G), shares(G, H, H), shares(H, H, G)]).toEqual([true, false, false]);
  expect([shares(NOBODY, H, G), shares(G, H, NOBODY), shares(G, H, -1)]).toEqual([true, true, true]);
  expect(sharesGroups([], Int32Array.of(G, H))).toBe(true);
  // Nor need it be where the other one may not have the group.
  const among = (...possible: number[]): boolean => sharesGroups([{ keeping: 0, other: 1, possible }], Int32Array.of(G, H));
  expect([among(H), among(G, H)]).toEqual([true, false]);
});

/** The best plan of the couple where seats cost so much by their start, else nothing. */
function best(all: Compiled, prices: Readonly<Record<string, number>>) {
  const household = householdOf(all);
  const extra = Float64Array.from(household.candidates.start, (start) => prices[clock(start)] ?? 0);
  const { plan, bound: least } = finish(
    solveHousehold(all.problem, household, { extra }, new SearchContext(all.problem, new Random(1)).work),
  );
  return { sessions: namesOf(all, 0, plan)?.sort(), choice: plan && [...plan.choice], priced: plan?.priced, least };
}

describe('the best plan', () => {
  test('has the cheaper group for both, whichever way the second partner keeps to it', () => {
    // Two seats each: g costs 2 x (1 + 9) = 20, h 2 x (4 + 4) = 16; Tuesday with Monday, 2 x (1 + 4) = 10, would be two groups.
    const prices = { 'tue 18:00': 1, 'thu 18:00': 9, 'mon 18:00': 4, 'wed 18:00': 4 };
    const sessions = ['0 mon 18:00', '0 wed 18:00', '1 mon 18:00', '1 wed 18:00'];
    for (const b of ['prefer', 'strict'] as const)
      expect(best(couple('strict', b), prices)).toEqual({ sessions, choice: [H, H], priced: 16, least: 16 });
    expect(best(couple('strict', 'none'), prices)).toMatchObject({ sessions, priced: 16, least: 16 });
    expect(best(couple('prefer', 'strict'), prices)).toEqual({ sessions, choice: [H, H], priced: 16, least: 16 });
  });

  test('has two groups where both partners only prefer one and changes cost less, but not where one keeps to it', () => {
    // Two seats each: g costs 2 x (1 + 20) = 42, h 2 x (4 + 20) = 48; Tuesday with Monday 2 x (1 + 4), and 8 for the change of each.
    const prices = { 'tue 18:00': 1, 'thu 18:00': 20, 'mon 18:00': 4, 'wed 18:00': 20 };
    expect(best(couple('prefer', 'prefer'), prices)).toMatchObject({ priced: 26, least: 26 });
    expect(best(couple('strict', 'prefer'), prices)).toMatchObject({ choice: [G, G], priced: 42, least: 42 });
  });

  test('may have another group for most sessions of the partner who prefers one, where these are attended alone', () => {
    // Partner b attends g twice alone, then once the group of a: h, for a change of 8; for g both seats of that week would cost 20 each.
    const all = couple('strict', 'prefer', ({ program, a, b }) => {
      program.horizon.weeks = 2;
      program.groups![H]!.from = '2026-10-12';
      a.care = [attending(1, { fromWeek: 2, continuity: 'strict' })];
      b.care = [attending(2, { toWeek: 1, continuity: 'prefer' }), attending(1, { fromWeek: 2, continuity: 'prefer' })];
    });
    const household = householdOf(all);
    const { week, meeting: meetings } = household.candidates;
    const extra = Float64Array.from(week, (of, row) => (of === 2 && all.problem.meetings[meetings[row]!]!.group === G ? 20 : 0));
    const { plan, bound: least } = finish(
      solveHousehold(all.problem, household, { extra }, new SearchContext(all.problem, new Random(1)).work),
    );
    expect([plan?.priced, least, [...plan!.choice]]).toEqual([8, 8, [H, G]]);
  });

  // The choice (g, h), which gives b no sessions, is the only one: b can attend h alone, and a is to attend g before b may.
  test('is not lost where the partner who prefers a group cannot attend that of the other, and need not', () => {
    const all = couple('strict', 'prefer', ({ program, a, b }) => {
      program.horizon.weeks = 2;
      program.groups![H]!.from = '2026-10-12';
      const freely = (over: Partial<CareItem>): CareItem => item('grp', { fromWeek: 2, ...over });
      a.care = [attending(1, { toWeek: 1, continuity: 'strict' }), freely({ continuity: 'strict' })];
      b.care = [freely({ group: 'h', continuity: 'prefer' })];
    });
    // Nothing costs anything: one seat of a at g in the first week will do.
    expect(best(all, {})).toMatchObject({ priced: 0, least: 0 });
  });
});
