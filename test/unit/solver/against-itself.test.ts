import { beforeEach, describe, expect, test } from 'vitest';
import type { Compiled } from '../../../src/model/compile.ts';
import { againstItself } from '../../../src/solver/against-itself.ts';
import { Ledger } from '../../../src/solver/ledger.ts';
import { bare, compiled, householdOf, rel } from '../../support/model-fixtures.ts';
import { namesOf, planFor } from '../../support/solver-fixtures.ts';
import { booked, ind, item, meeting, type Parts } from '../../support/verify-fixtures.ts';

/** Couple c: a wants individual care (role 0) and the group (1), b the group (2); client e (household 1) the same as a. tx offers and leads all. */
function two(change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { program, a, b, g } = parts;
    program.horizon.slotMinutes = 60;
    program.groups = [g];
    [a.care, b.care] = [[item('ind'), item('grp')], [item('grp')]];
    program.clients = [{ ...structuredClone(a), id: 'e' }];
    change(parts);
  });
}

/** The session of couple c's plan that stands against it once all plans are placed; undefined where none does. */
function against(all: Compiled, names: readonly string[], prepare: (ledger: Ledger) => void = () => undefined): string | undefined {
  const ledger = new Ledger(all.problem);
  const plan = planFor(all, 0, names);
  prepare(ledger);
  ledger.place(0, plan);
  const before = structuredClone(ledger.rosters.map(({ duties }) => duties));
  const row = againstItself(ledger, householdOf(all), plan);
  // It looks, and leaves all as it was.
  expect(ledger.rosters.map(({ duties }) => duties)).toEqual(before);
  return row < 0 ? undefined : namesOf(all, 0, { ...plan, rows: [row] })![0];
}

/** Places client e's plan. */
const withClient = (all: Compiled, names: readonly string[]) => (ledger: Ledger) => ledger.place(1, planFor(all, 1, names));

describe('a plan stands', () => {
  const all = two();

  test('where all its therapists and leaders have the time', () => {
    expect(
      against(all, ['0 mon 10:00 ta', '1 tue 18:00', '2 tue 18:00'], withClient(all, ['0 mon 11:00 ta', '1 tue 18:00'])),
    ).toBeUndefined();
  });

  test('not where another has the therapist’s time, buffer included', () => {
    expect(against(all, ['0 mon 10:00 ta'], withClient(all, ['0 mon 10:00 ta']))).toBe('0 mon 10:00 ta');
    const busy = (ledger: Ledger) => ledger.rosters[0]!.add(rel('mon 10:55'), rel('mon 11:30'), 0, 1);
    expect(against(all, ['0 mon 09:00 ta', '0 mon 10:00 ta'], busy)).toBe('0 mon 10:00 ta');
  });

  test('not where its own sessions are too much for a therapist’s day', () => {
    const limited = two(({ ta }) => (ta.limits = { dailyMinutes: 90 }));
    expect(against(limited, ['0 mon 10:00 ta', '0 mon 12:00 ta'])).toBe('0 mon 10:00 ta');
    expect(against(limited, ['0 mon 10:00 ta', '0 tue 12:00 ta'])).toBeUndefined();
  });

  test('whatever its bookings break', () => {
    const stood = two(({ program, ta }) => {
      ta.limits = { dailyMinutes: 90 };
      program.bookings = [booked('b1', 'delivered', ind('a', 'mon 10:00')), booked('b2', 'delivered', ind('a', 'mon 10:30'))];
    });
    expect(against(stood, ['0 mon 10:00 ta', '0 mon 10:30 ta'])).toBeUndefined();
  });
});

describe('a meeting', () => {
  let all: Compiled;
  beforeEach(() => {
    all = two(({ program, g }) => (program.groups = [{ ...g, capacity: { max: 2 } }]));
  });

  test('has no more seats than it has', () => {
    expect(against(all, ['1 tue 18:00', '2 tue 18:00'])).toBeUndefined();
    expect(against(all, ['1 tue 18:00', '2 tue 18:00'], withClient(all, ['1 tue 18:00']))).toBe('1 tue 18:00');
  });

  test('has leaders who are free', () => {
    const busy = (therapists: readonly number[]) => (ledger: Ledger) => {
      for (const therapist of therapists) ledger.rosters[therapist]!.add(rel('tue 19:00'), rel('tue 20:00'), 0, 7);
    };
    // tg is the fourth therapist, tx the fifth.
    expect(against(all, ['1 tue 18:00'], busy([3]))).toBeUndefined();
    expect(against(all, ['1 tue 18:00'], busy([3, 4]))).toBe('1 tue 18:00');
  });

  test('has leaders who may meet all who attend', () => {
    const blocked = two(({ tg, tx }) => {
      tg.blocked = ['a'];
      tx.blocked = ['e'];
    });
    expect(against(blocked, ['1 tue 18:00'])).toBeUndefined();
    expect(against(blocked, ['1 tue 18:00'], withClient(blocked, ['1 tue 18:00']))).toBe('1 tue 18:00');
  });

  test('gives way to no session of the household with one of its leaders: that session is to go', () => {
    const lone = two(({ program, g, a }) => {
      program.groups = [{ ...g, leaders: ['tx'] }];
      // The group is role 0 here, so that its meeting is looked at first.
      a.care = [item('grp'), item('ind')];
    });
    expect(against(lone, ['0 tue 18:00', '1 tue 18:00 tx'])).toBe('1 tue 18:00 tx');
    // On another date tx has time for it, and it is the meeting that cannot be.
    const busy = (ledger: Ledger) => ledger.rosters[4]!.add(rel('tue 19:00'), rel('tue 20:00'), 0, 7);
    expect(against(lone, ['0 tue 18:00', '1 thu 10:00 tx'], busy)).toBe('0 tue 18:00');
  });

  test('that a booking has fixed keeps its leaders, whoever is busy', () => {
    const fixed = two(({ program }) => (program.bookings = [booked('b1', 'locked', meeting('tue 18:00', ['e']))]));
    const busy = (ledger: Ledger) => ledger.rosters[3]!.add(rel('tue 19:00'), rel('tue 20:00'), 0, 7);
    expect(against(fixed, ['1 tue 18:00'], busy)).toBeUndefined();
  });
});
