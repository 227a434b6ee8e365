import { describe, expect, test } from 'vitest';
import type { Booking } from '../../../src/domain/booking.ts';
import { bare, compiled } from '../../support/model-fixtures.ts';
import { booked, ind, item, meeting, type Parts } from '../../support/verify-fixtures.ts';

/** Locked bookings that cannot stand, of partner a and client e, who may have all the sessions that are booked, and of ta, who may hold them. */
function clashing(bookings: Booking[], change: (parts: Parts) => void = () => undefined): string[] {
  const all = compiled((parts) => {
    bare(parts);
    parts.a.care = [item('ind'), item('check'), item('grp')];
    parts.a.stay = { from: '2026-09-28' };
    parts.program.clients = [{ ...structuredClone(parts.a), id: 'e' }];
    parts.program.groups = [parts.g];
    parts.program.bookings = bookings;
    change(parts);
  });
  return all.contradictions.map((index) => bookings[index]!.id);
}

describe('bookings at the same time', () => {
  // Sessions of 50 minutes, with a buffer of 10 for the therapist.
  const first = booked('b1', 'locked', ind('a', 'mon 10:00', 'ta'));

  test('of a therapist, the buffer too', () => {
    expect(clashing([first, booked('b2', 'locked', ind('e', 'mon 10:45', 'ta'))])).toEqual(['b1', 'b2']);
    expect(clashing([first, booked('b2', 'locked', ind('e', 'mon 10:59', 'ta'))])).toEqual(['b1', 'b2']);
    expect(clashing([first, booked('b2', 'locked', ind('e', 'mon 11:00', 'ta'))])).toEqual([]);
    expect(clashing([first, booked('b2', 'locked', ind('e', 'mon 10:45', 'tb'))])).toEqual([]);
  });

  test('of an attendee, without buffers', () => {
    expect(clashing([first, booked('b2', 'locked', ind('a', 'mon 10:49', 'tb'))])).toEqual(['b1', 'b2']);
    expect(clashing([first, booked('b2', 'locked', ind('a', 'mon 10:50', 'tb'))])).toEqual([]);
    expect(clashing([first, booked('b2', 'locked', meeting('mon 10:30', ['e', 'a']))])).toEqual(['b1', 'b2']);
  });

  test('of which one is a fact: the other cannot stand; of which both are, or one may move: both can', () => {
    const other = (state: Booking['state']) => booked('b2', state, ind('e', 'mon 10:30', 'ta'));
    expect(clashing([first, other('delivered')])).toEqual(['b1']);
    expect(clashing([first, other('missed')])).toEqual(['b1']);
    expect(clashing([{ ...first, state: 'delivered' }, other('delivered')])).toEqual([]);
    expect(clashing([first, other('movable')])).toEqual([]);
  });

  test('before the horizon, reaching into it', () => {
    const late = booked('b2', 'locked', ind('e', 'mon 00:00', 'ta'));
    expect(clashing([booked('b1', 'delivered', ind('a', 'sun-1 23:00', 'ta')), late])).toEqual([]);
    expect(clashing([booked('b1', 'delivered', ind('a', 'sun-1 23:01', 'ta')), late])).toEqual(['b2']);
  });
});

describe('bookings that are too much for a therapist', () => {
  const bookings = [
    booked('b1', 'delivered', ind('a', 'mon 10:00', 'ta')),
    booked('b2', 'locked', ind('e', 'mon 11:00', 'ta')),
    booked('b3', 'locked', ind('e', 'tue 11:00', 'ta')),
  ];

  test.each<[string, Parts['ta']['limits'], string[]]>([
    ['a day of 100 minutes holds both', { dailyMinutes: 100 }, []],
    ['a day of 99 does not', { dailyMinutes: 99 }, ['b2']],
    ['a week of 150 minutes holds all', { weeklyMinutes: 150 }, []],
    ['a week of 149 does not', { weeklyMinutes: 149 }, ['b2', 'b3']],
    // The first is over at 10:50, with its buffer at 11:00.
    ['a run of 99 minutes, which a break of 0 ends', { run: { minutes: 99, breakMinutes: 0 } }, []],
    ['a run of 99 minutes, which a break of 1 does not', { run: { minutes: 99, breakMinutes: 1 } }, ['b2']],
    ['a run of 100 minutes', { run: { minutes: 100, breakMinutes: 1 } }, []],
  ])('%s', (_, limits, expected) => {
    expect(clashing(bookings, ({ ta }) => (ta.limits = limits!))).toEqual(expected);
  });

  test('facts may be, and then nothing else may be added', () => {
    const two = [bookings[0]!, { ...bookings[1]!, state: 'delivered' as const }];
    expect(clashing(two, ({ ta }) => (ta.limits = { dailyMinutes: 60 }))).toEqual([]);
  });
});
