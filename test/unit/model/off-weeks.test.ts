import { describe, expect, test } from 'vitest';
import { bare, compiled, householdOf, only } from '../../support/model-fixtures.ts';
import { booked, ind, item, type Parts } from '../../support/verify-fixtures.ts';

/**
 * In Los Angeles, three hours behind the horizon's clock, the first Monday begins on Sunday at 21:00: in the week before. Both partners have
 * been in care since September.
 */
const exact = (change: (parts: Parts) => void = () => undefined): boolean =>
  householdOf(
    compiled((parts) => {
      bare(parts);
      const { program, a, b, ta, tb, tc, tx } = parts;
      program.horizon.slotMinutes = 60;
      a.care = [item('ind')];
      for (const one of [a, b, ta, tb, tc, tx]) one.locations = [{ zone: 'America/Los_Angeles', state: 'NY' }];
      for (const one of [a, b]) one.stay = { from: '2026-09-28' };
      a.availability = { ...only('mon 00:00-03:00', 'mon 18:00-21:00'), zone: 'America/New_York' };
      b.availability = { ...only('mon 18:00-21:00'), zone: 'America/New_York' };
      for (const one of [ta, tb, tc, tx]) one.availability = { weekly: [{ start: '00:00', end: '24:00' }] };
      change(parts);
    }),
  ).exact;

describe('sessions before the first week of their owner', () => {
  test('change nothing where they count toward nothing in the horizon', () => {
    expect(exact()).toBe(true);
  });

  test('may keep the partner company at the time', () => {
    const company =
      (free: string, together: 'simultaneous' | 'staggered') =>
      ({ b, c }: Parts): void => {
        b.care = [item('ind')];
        // The partner's clock is the horizon's: its sessions at the time count in the first week.
        b.locations = [{ zone: 'America/New_York', state: 'NY' }];
        b.availability = only(free);
        c.together = together;
      };
    expect(exact(company('mon 00:00-03:00', 'simultaneous'))).toBe(false);
    expect(exact(company('mon 00:00-03:00', 'staggered'))).toBe(true);
    expect(exact(company('tue 00:00-03:00', 'simultaneous'))).toBe(true);
  });

  test('count in blocks, and between service days, that reach over the start of the horizon', () => {
    expect(exact(({ a }) => (a.care = [item('ind', { everyWeeks: 2 })]))).toBe(false);
    expect(exact(({ a }) => (a.care = [item('ind', { total: { min: 2 } })]))).toBe(false);
    const policy = (more: object) => ({ id: 'p', weeklyMinutes: { min: 0 }, ...more });
    const under =
      (more: object) =>
      ({ program, a }: Parts): void => {
        program.policies = [policy(more)];
        a.policy = 'p';
      };
    expect(exact(under({}))).toBe(true);
    expect(exact(under({ averageWeeks: 2 }))).toBe(false);
    expect(exact(under({ maxFreeDays: 3 }))).toBe(true);
    expect(
      exact((parts) => {
        under({ maxFreeDays: 3 })(parts);
        parts.program.bookings = [booked('b1', 'delivered', ind('a', 'wed-1 10:00', 'ta'))];
      }),
    ).toBe(false);
  });

  test('may be the slot of the week before', () => {
    // On the next Sunday at 21:00 the second week has not begun in Los Angeles.
    const weeks =
      (weeks: number, weight: number) =>
      ({ program }: Parts): void => {
        program.horizon.weeks = weeks;
        program.weights = { 'same-slot': weight };
      };
    expect(exact(weeks(2, 4))).toBe(false);
    expect(exact(weeks(2, 0))).toBe(true);
    expect(exact(weeks(1, 4))).toBe(true);
  });

  test('may fill a meeting, or take the place of a booking that moves', () => {
    const grouped =
      (min: number) =>
      ({ program, a }: Parts): void => {
        const at = ['01:00', '19:00'].map((start) => ({ day: 'mon' as const, start }));
        program.groups = [
          { id: 'g', service: 'grp', leaders: ['tx'], capacity: { min, max: 5 }, zone: 'America/New_York', meetings: { at } },
        ];
        a.care = [item('grp')];
      };
    expect(exact(grouped(1))).toBe(true);
    expect(exact(grouped(2))).toBe(false);
    expect(exact(({ program }) => (program.bookings = [booked('b1', 'movable', ind('a', 'mon 18:00', 'ta'))]))).toBe(false);
  });
});
