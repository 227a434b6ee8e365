import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../../../src/model/compile.ts';
import { buildDomain, DomainMaker, NOBODY } from '../../../../src/solver/household/domain.ts';
import { clock, compiled, householdOf, only, together } from '../../../support/model-fixtures.ts';
import { booked, meeting, type Parts } from '../../../support/verify-fixtures.ts';

/** Groups by number: g meets on Tuesday and Thursday, h on Tuesday. */
const [G, H] = [0, 1];

/** Partners attend group sessions together. */
function couple(change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    together(parts);
    const { program, g } = parts;
    const h = { ...structuredClone(g), id: 'h', leaders: ['tx'], meetings: { at: [{ day: 'tue' as const, start: '18:00' }] } };
    program.groups = [Object.assign(g, { leaders: ['tg'] }), h];
    change(parts);
  });
}

const strict = ({ a, b }: Parts): void => [a, b].forEach(({ care }) => (care[0]!.continuity = 'strict'));

/** A seat as group, partner and day. */
function seatOf({ problem, program }: Compiled, row: number): string {
  const { meeting: meetings, persons, start } = problem.households[0]!.candidates;
  const { id } = program.groups[problem.meetings[meetings[row]!]!.group]!;
  return `${id} ${persons[row] === 1 ? 'a' : 'b'} ${clock(start[row]!).slice(0, 3)}`;
}

const IN_FULL = { free: false, lesser: false };

/** The seats to choose from, where some cannot be had, and groups are chosen for a and b. */
function seats(all: Compiled, missing: readonly string[] = [], choice: readonly number[] = [-1, -1]): string[] {
  const household = householdOf(all);
  const extra = Float64Array.from(household.candidates.meeting, (_, row) => (missing.includes(seatOf(all, row)) ? Infinity : 0));
  const domain = buildDomain(all.problem, household, Int32Array.from(choice), extra, () => true, IN_FULL);
  return domain.rows
    .flat(2)
    .map((row) => seatOf(all, row))
    .sort();
}

/** All seats of both partners. */
const ALL = ['g a thu', 'g a tue', 'g b thu', 'g b tue', 'h a tue', 'h b tue'];
const without = (...left: string[]): string[] => ALL.filter((seat) => !left.includes(seat));

describe('meetings that partners must attend together', () => {
  test('are there for both where both can attend them', () => {
    expect(seats(couple())).toEqual(ALL);
  });

  test('are left out where the partner is away', () => {
    expect(seats(couple(({ b }) => (b.availability = only('tue 10:00-22:00'))))).toEqual(without('g a thu', 'g b thu'));
    expect(seats(couple(({ a }) => (a.availability = only('thu 10:00-22:00'))))).toEqual(['g a thu', 'g b thu']);
  });

  test('are left out where the partner’s place cannot be had', () => {
    expect(seats(couple(), ['g b tue'])).toEqual(without('g a tue', 'g b tue'));
    expect(seats(couple(), ['g a thu', 'h b tue'])).toEqual(['g a tue', 'g b tue']);
  });

  test('are left out where the partner keeps to another group', () => {
    const all = couple(({ b }) => (b.care[0]!.continuity = 'strict'));
    expect(seats(all, [], [-1, G])).toEqual(without('h a tue', 'h b tue'));
    expect(seats(all, [], [-1, H])).toEqual(['h a tue', 'h b tue']);
    // While it is open which, all are there.
    expect(seats(all, [], [-1, -1])).toEqual(ALL);
  });

  test('are left out where the partner is to attend none, or both keep to groups of their own', () => {
    expect(seats(couple(strict), [], [-1, NOBODY])).toEqual([]);
    expect(seats(couple(strict), [], [NOBODY, G])).toEqual([]);
    expect(seats(couple(strict), [], [G, H])).toEqual([]);
    expect(seats(couple(strict), [], [H, H])).toEqual(['h a tue', 'h b tue']);
  });

  test('are there whatever group the partner would rather keep to', () => {
    const all = couple(({ b }) => (b.care[0]!.continuity = 'prefer'));
    expect(seats(all, [], [-1, H])).toEqual(ALL);
  });

  test('stay where the partner’s place stands, whatever is asked for', () => {
    const all = couple((parts) => {
      strict(parts);
      parts.program.bookings = [booked('place', 'locked', meeting('tue 18:00', ['b']))];
    });
    // The place of b itself is not to be chosen.
    expect(seats(all, ['g b tue'])).toContain('g a tue');
    expect(seats(all, ['g b tue'], [G, NOBODY])).toEqual(['g a tue']);
    expect(seats(all, ['g a tue'])).not.toContain('g a tue');
  });
});

describe('other meetings stay', () => {
  test('where partners need not attend them together', () => {
    const alone = couple(({ b, c }) => {
      delete c.groupsTogether;
      b.availability = only('tue 10:00-22:00');
    });
    expect(seats(alone, ['h b tue'])).toEqual(without('g b thu', 'h b tue'));
  });

  test('where they are of a service that is not in the partner’s care', () => {
    const all = couple(({ b }) => (b.care = []));
    expect(seats(all)).toEqual(ALL.filter((seat) => seat.includes(' a ')));
  });
});

test('what one domain leaves out is there in the next', () => {
  const all = couple(strict);
  const household = householdOf(all);
  const maker = new DomainMaker(all.problem, household);
  const nothing = new Float64Array(household.candidates.count);
  const never = nothing.map(() => Infinity);
  const sizeOf = (choice: readonly number[], extra: Float64Array): number =>
    maker.make(Int32Array.from(choice), extra, () => true, IN_FULL).rows.flat(2).length;
  expect(sizeOf([G, G], nothing)).toBe(4);
  expect(sizeOf([G, H], nothing)).toBe(0);
  expect(sizeOf([H, H], nothing)).toBe(2);
  expect(sizeOf([H, H], never)).toBe(0);
  // Extras are the caller's own.
  expect(nothing.every((each) => each === 0)).toBe(true);
});
