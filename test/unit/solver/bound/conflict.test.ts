import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../../../src/model/compile.ts';
import { findDispute, type Constraint, type Dispute, type Standing } from '../../../../src/solver/bound/conflict.ts';
import { bare, clock, compiled, householdOf, rel } from '../../../support/model-fixtures.ts';
import { planFor } from '../../../support/solver-fixtures.ts';
import { booked, ind, item, meeting, type Parts } from '../../../support/verify-fixtures.ts';

/** Couple c (a's individual care is role 0, a's and b's group 1 and 2) and client e (0 and 1), on full hours. Therapist ta is 0, tg 3, tx 4. */
function two(change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { program, a, b, g } = parts;
    program.horizon.slotMinutes = 60;
    program.groups = [g];
    [a.care, b.care] = [[item('ind'), item('grp')], [item('grp')]];
    a.availability = b.availability = { weekly: [{ start: '08:00', end: '20:00' }] };
    program.clients = [{ ...structuredClone(a), id: 'e' }];
    change(parts);
  });
}

function disputeOf(all: Compiled, plans: readonly (readonly string[])[], over: Partial<Standing> = {}) {
  const standing = {
    plans: plans.map((names, index) => planFor(all, index, names)),
    leaders: new Map<number, number>(),
    isAway: () => false,
  };
  return findDispute(all.problem, { ...standing, ...over });
}

/** A dispute that there must be. */
function expectDispute(found: Dispute | { leaders: Int32Array }): Dispute {
  if (!('ways' in found)) throw new Error('no dispute was found');
  return found;
}

/** Rows of constraints as starts, so that no row number stands in a test. */
function named(all: Compiled, ways: readonly (readonly Constraint[])[]) {
  return ways.map((way) =>
    way.map((one) => (one.kind === 'row' ? { ...one, row: clock(householdOf(all, one.household).candidates.start[one.row]!) } : one)),
  );
}

describe('plans that can stand together', () => {
  test('have the leaders under which they stand', () => {
    const all = two();
    const found = disputeOf(all, [
      ['0 mon 10:00 ta', '1 tue 18:00', '2 tue 18:00'],
      ['0 mon 11:00 ta', '1 thu 18:00'],
    ]);
    expect(found).toEqual({ leaders: Int32Array.of(0, 0) });
  });

  test('meetings without attendees have none', () => {
    expect(disputeOf(two(), [['0 mon 10:00 ta'], []])).toEqual({ leaders: Int32Array.of(-1, -1) });
  });

  test('the decided leaders', () => {
    expect(disputeOf(two(), [['1 tue 18:00'], []], { leaders: new Map([[0, 1]]) })).toEqual({ leaders: Int32Array.of(1, -1) });
  });
});

describe('one therapist at two places', () => {
  test('either household gives way at a minute that both want', () => {
    const found = expectDispute(disputeOf(two(), [['0 mon 10:00 ta'], ['0 mon 10:00 ta']]));
    expect(found).toMatchObject({ reason: 'time', therapist: 0, households: [0, 1] });
    const minute = rel('mon 10:00');
    expect(found.ways).toEqual([
      [{ kind: 'time', household: 0, therapist: 0, minute }],
      [{ kind: 'time', household: 1, therapist: 0, minute }],
    ]);
  });

  test('a meeting that is held by decision is closed, or another option is decided on', () => {
    const all = two(({ g, ta }) => {
      g.leaders = ['ta'];
      ta.services.push('grp');
    });
    const plans = [['1 tue 18:00'], ['0 tue 18:00 ta']];
    const open = expectDispute(disputeOf(all, plans));
    expect(open).toMatchObject({ reason: 'leaders', meeting: 0, ways: [[{ kind: 'leaders', household: -1, meeting: 0, option: 0 }]] });
    const decided = expectDispute(disputeOf(all, plans, { leaders: new Map([[0, 0]]) }));
    expect(decided.reason).toBe('leaders');
    expect(decided.ways).toEqual([
      [{ kind: 'closed', household: -1, meeting: 0 }],
      [{ kind: 'time', household: 1, therapist: 0, minute: rel('tue 18:00') }],
    ]);
  });

  test('a booking that stands does not give way', () => {
    const all = two(({ program }) => (program.bookings = [booked('b1', 'locked', ind('e', 'mon 10:00', 'ta'))]));
    const found = expectDispute(disputeOf(all, [['0 mon 10:00 ta'], ['0 mon 10:00 ta']]));
    expect(found.ways).toEqual([[{ kind: 'time', household: 0, therapist: 0, minute: rel('mon 10:00') }]]);
  });

  test('the buffer counts', () => {
    // 50 minutes and 10: an hour later is possible, and half an hour later is not.
    const all = two(({ program }) => (program.horizon.slotMinutes = 30));
    expect(disputeOf(all, [['0 mon 10:00 ta'], ['0 mon 11:00 ta']])).not.toHaveProperty('ways');
    const found = expectDispute(disputeOf(all, [['0 mon 10:00 ta'], ['0 mon 10:30 ta']]));
    expect(found.ways[0]).toEqual([{ kind: 'time', household: 0, therapist: 0, minute: rel('mon 10:30') }]);
  });
});

test('a therapist with too many cases: each owner may go elsewhere', () => {
  const all = two(({ ta }) => (ta.limits = { caseload: 1 }));
  const found = expectDispute(disputeOf(all, [['0 mon 10:00 ta'], ['0 mon 12:00 ta']]));
  expect(found).toMatchObject({ reason: 'caseload', therapist: 0 });
  expect(found.ways).toEqual([
    [{ kind: 'therapist', household: 0, owner: 0, therapist: 0 }],
    [{ kind: 'therapist', household: 1, owner: 0, therapist: 0 }],
  ]);
});

test('limits of a therapist: each session that counts may go', () => {
  const all = two(({ ta }) => (ta.limits = { dailyMinutes: 100 }));
  const none = disputeOf(all, [['0 mon 10:00 ta', '0 tue 10:00 ta'], ['0 mon 14:00 ta']]);
  expect(none).not.toHaveProperty('ways');
  const found = expectDispute(
    disputeOf(all, [
      ['0 mon 10:00 ta', '0 mon 12:00 ta', '0 tue 10:00 ta'],
      ['0 mon 14:00 ta', '0 tue 12:00 ta'],
    ]),
  );
  expect(found).toMatchObject({ reason: 'limits', therapist: 0 });
  // At the least those of Monday, when 150 minutes stand against 100.
  expect(named(all, found.ways)).toEqual(
    expect.arrayContaining([
      [{ kind: 'row', household: 0, row: 'mon 10:00' }],
      [{ kind: 'row', household: 0, row: 'mon 12:00' }],
      [{ kind: 'row', household: 1, row: 'mon 14:00' }],
    ]),
  );
});

describe('seats', () => {
  test('too many: each of them may stay away', () => {
    const all = two(({ g }) => (g.capacity = { max: 2 }));
    expect(disputeOf(all, [['1 tue 18:00', '2 tue 18:00'], []])).not.toHaveProperty('ways');
    const found = expectDispute(disputeOf(all, [['1 tue 18:00', '2 tue 18:00'], ['1 tue 18:00']]));
    expect(found).toMatchObject({ reason: 'seats', meeting: 0, households: [0, 1] });
    expect(found.ways).toEqual([
      [{ kind: 'away', household: 0, person: 0, meeting: 0 }],
      [{ kind: 'away', household: 0, person: 1, meeting: 0 }],
      [{ kind: 'away', household: 1, person: 0, meeting: 0 }],
    ]);
  });

  test('too few: the meeting is closed, or someone else comes; no two ways allow the same', () => {
    const all = two(({ g }) => (g.capacity = { min: 2, max: 8 }));
    const found = expectDispute(disputeOf(all, [['1 tue 18:00'], []]));
    expect(found).toMatchObject({ reason: 'few', meeting: 0 });
    expect(found.ways).toEqual([
      [{ kind: 'closed', household: -1, meeting: 0 }],
      [{ kind: 'attend', household: 0, person: 1, meeting: 0 }],
      [
        { kind: 'away', household: 0, person: 1, meeting: 0 },
        { kind: 'attend', household: 1, person: 0, meeting: 0 },
      ],
    ]);
  });

  test('too few: those who were sent away do not come', () => {
    const all = two(({ g }) => (g.capacity = { min: 2, max: 8 }));
    const isAway = (household: number, person: number) => household === 0 && person === 1;
    const found = expectDispute(disputeOf(all, [['1 tue 18:00'], []], { isAway }));
    expect(found.ways).toEqual([
      [{ kind: 'closed', household: -1, meeting: 0 }],
      [{ kind: 'attend', household: 1, person: 0, meeting: 0 }],
    ]);
  });

  test('of facts are not judged', () => {
    const all = two(({ program, g }) => {
      g.capacity = { min: 2, max: 8 };
      program.bookings = [booked('b1', 'delivered', meeting('tue 18:00', ['a']))];
    });
    expect(disputeOf(all, [['1 tue 18:00'], []])).not.toHaveProperty('ways');
  });
});

describe('leaders', () => {
  test('nobody suits all: an option is decided on, and then those whom it does not suit stay away', () => {
    const all = two(({ tg, tx }) => {
      tg.blocked = ['a'];
      tx.blocked = ['e'];
    });
    const plans = [['1 tue 18:00'], ['1 tue 18:00']];
    const open = expectDispute(disputeOf(all, plans));
    expect(open.ways).toEqual([
      [{ kind: 'leaders', household: -1, meeting: 0, option: 0 }],
      [{ kind: 'leaders', household: -1, meeting: 0, option: 1 }],
    ]);
    const decided = expectDispute(disputeOf(all, plans, { leaders: new Map([[0, 0]]) }));
    expect(decided.ways).toEqual([[{ kind: 'away', household: 0, person: 0, meeting: 0 }]]);
  });

  test('two meetings at a time share the leaders', () => {
    const all = two(({ program, g }) => {
      program.groups = [g, { ...structuredClone(g), id: 'h' }];
    });
    // Both groups meet on Tuesday and Thursday: meetings 0 and 1 of g, 2 and 3 of h; tg and tx lead one each.
    const { meetings } = all.problem;
    expect(meetings.map(({ group, start }) => [group, clock(start)])).toEqual([
      [0, 'tue 18:00'],
      [0, 'thu 18:00'],
      [1, 'tue 18:00'],
      [1, 'thu 18:00'],
    ]);
    const rowsAt = (household: number, index: number, person: number) => {
      const { candidates } = householdOf(all, household);
      return Array.from(candidates.meeting, (_, row) => row).filter(
        (row) => candidates.meeting[row] === index && candidates.persons[row] === 1 << person,
      );
    };
    const plan = (household: number, index: number) => ({ ...planFor(all, household, []), rows: rowsAt(household, index, 0) });
    const found = findDispute(all.problem, { plans: [plan(0, 0), plan(1, 2)], leaders: new Map(), isAway: () => false });
    expect(found).toEqual({ leaders: Int32Array.of(0, -1, 1, -1) });
  });
});

describe('meetings of a group that chooses its times', () => {
  const windows = ({ g }: Parts): void => {
    g.meetings = { count: 1, windows: [{ days: ['tue'], start: '16:00', end: '20:00' }] };
  };

  test('no more of them in a week than it has', () => {
    const all = two(windows);
    // On full hours: 16:00, 17:00 and 18:00 are meetings 0, 1 and 2; the first and the last do not overlap.
    const found = expectDispute(disputeOf(all, [['1 tue 16:00'], ['1 tue 18:00']]));
    expect(found).toMatchObject({ reason: 'count', households: [0, 1] });
    expect(found.ways).toEqual([[{ kind: 'closed', household: -1, meeting: 0 }], [{ kind: 'closed', household: -1, meeting: 2 }]]);
  });

  test('no two of them at a time', () => {
    const all = two((parts) => {
      windows(parts);
      parts.g.meetings = { count: 2, windows: [{ days: ['tue'], start: '16:00', end: '20:00' }] };
    });
    const found = expectDispute(disputeOf(all, [['1 tue 16:00'], ['1 tue 17:00']]));
    expect(found.ways).toEqual([[{ kind: 'closed', household: -1, meeting: 0 }], [{ kind: 'closed', household: -1, meeting: 1 }]]);
    expect(disputeOf(all, [['1 tue 16:00'], ['1 tue 18:00']])).not.toHaveProperty('ways');
  });
});
