import { describe, expect, it } from 'vitest';
import { availability } from '../../../../src/verify/rules/availability.ts';
import { booked, ind, iso, joint, kept, make, meeting, PHOENIX, run, when } from '../../../support/verify-fixtures.ts';

describe('availability', () => {
  it('joins adjoining windows, also over midnight', () => {
    const program = make(({ a }) => {
      a.availability.weekly = [
        { days: ['mon'], start: '10:00', end: '10:30' },
        { days: ['mon'], start: '10:30', end: '11:00' },
        { days: ['tue'], start: '23:00', end: '24:00' },
        { days: ['wed'], start: '00:00', end: '01:00' },
      ];
    });
    expect(run(availability, program, [ind('a', 'mon 10:05'), ind('a', 'tue 23:30')])).toEqual([]);
  });

  it('does not join windows with a minute between them', () => {
    const program = make(({ a }) => {
      a.availability.weekly = [
        { days: ['mon'], start: '10:00', end: '10:30' },
        { days: ['mon'], start: '10:31', end: '12:00' },
      ];
    });
    const one = ind('a', 'mon 10:05');
    expect(run(availability, program, [one])).toEqual([[[one.id, 'a'], undefined, 1]]);
  });

  it('lets a window cross midnight from the date on which it starts', () => {
    const program = make(({ a }) => void (a.availability.weekly = [{ days: ['mon'], start: '22:00', end: '02:00' }]));
    expect(run(availability, program, [ind('a', 'tue 01:10')])).toEqual([]);
    expect(run(availability, program, [ind('a', 'tue 01:11')])).toHaveLength(1);
    expect(run(availability, program, [ind('a', 'mon 01:00')])).toHaveLength(1);
  });

  it('replaces the windows that start on the date of an exception', () => {
    const program = make(({ a }) => {
      a.availability.weekly = [{ start: '22:00', end: '02:00' }];
      a.availability.exceptions = [
        { date: '2026-10-06', windows: [] },
        { date: '2026-10-08', windows: [{ start: '09:00', end: '10:00' }] },
      ];
    });
    // Monday's window still reaches into Tuesday; Tuesday's own is gone.
    expect(run(availability, program, [ind('a', 'tue 01:00'), ind('a', 'thu 09:10'), ind('a', 'thu 01:00')])).toEqual([]);
    expect(run(availability, program, [ind('a', 'tue 22:00')])).toHaveLength(1);
    expect(run(availability, program, [ind('a', 'wed 01:00')])).toHaveLength(1);
    expect(run(availability, program, [ind('a', 'thu 22:00')])).toHaveLength(1);
  });

  it('reads windows in the zone of the location on their date, or in their own', () => {
    const program = make(({ a, b }) => {
      a.locations.push({ from: '2026-10-07', zone: PHOENIX, state: 'AZ' });
      b.locations.push({ from: '2026-10-07', zone: PHOENIX, state: 'AZ' });
      a.availability.weekly = [{ start: '09:00', end: '10:00' }];
      b.availability = { ...a.availability, zone: 'America/New_York' };
    });
    // Phoenix is 3 hours behind New York: 09:00 there is 12:00.
    expect(run(availability, program, [ind('a', 'tue 09:00'), ind('a', 'wed 12:00'), ind('b', 'wed 09:00')])).toEqual([]);
    expect(run(availability, program, [ind('a', 'wed 09:00')])).toHaveLength(1);
    expect(run(availability, program, [ind('b', 'wed 12:00')])).toHaveLength(1);
  });

  it('follows the clocks through the hour that they skip and the hour that comes twice', () => {
    // Spring: 2027-03-14 02:00 -> 03:00, so 01:00 to 03:30 lasts 90 minutes from 06:00Z. Autumn: 2026-11-01 02:00 -> 01:00, 01:00 to
    // 03:00 lasts 180 from 05:00Z.
    const weekly = [{ days: ['sun' as const], start: '01:00', end: '03:30' }];
    const spring = make(({ program, a }) => {
      program.horizon.start = '2027-03-08';
      a.availability.weekly = weekly;
    });
    expect(run(availability, spring, [ind('a', '2027-03-14T06:00:00Z')])).toEqual([]);
    expect(run(availability, spring, [ind('a', '2027-03-14T06:40:00Z')])).toEqual([]);
    expect(run(availability, spring, [ind('a', '2027-03-14T06:41:00Z')])).toHaveLength(1);
    const autumn = make(({ program, a }) => {
      program.horizon.start = '2026-10-26';
      a.availability.weekly = [{ days: ['sun'], start: '01:00', end: '03:00' }];
    });
    expect(run(availability, autumn, [ind('a', '2026-11-01T07:10:00Z')])).toEqual([]);
    expect(run(availability, autumn, [ind('a', '2026-11-01T07:11:00Z')])).toHaveLength(1);
  });

  it('rounds busy times outward to minutes', () => {
    const program = make(({ a }) => void (a.availability.busy = [{ start: '2026-10-05T15:00:30Z', end: '2026-10-05T15:30:10Z' }]));
    expect(run(availability, program, [ind('a', '2026-10-05T14:10:00Z'), ind('a', '2026-10-05T15:31:00Z')])).toEqual([]);
    expect(run(availability, program, [ind('a', '2026-10-05T14:11:00Z')])).toHaveLength(1);
    expect(run(availability, program, [ind('a', '2026-10-05T15:30:00Z')])).toHaveLength(1);
  });

  it('asks every attendee and therapist', () => {
    const program = make(({ a, b, tc, tg }) => {
      for (const person of [a, b, tc, tg]) person.availability.busy = [{ start: iso('tue 18:00'), end: iso('tue 19:00') }];
    });
    expect(run(availability, program, [joint('tue 18:00')]).map(([entities]) => entities[1])).toEqual(['a', 'b', 'tc']);
    expect(run(availability, program, [meeting('tue 18:00')]).map(([entities, , amount]) => [entities[1], amount])).toEqual([
      ['a', 60],
      ['b', 60],
      ['tg', 60],
    ]);
  });

  describe("a booking's own time", () => {
    const program = make(({ program: { bookings }, a, ta, tx }) => {
      for (const person of [a, ta, tx]) person.availability.busy = [{ start: iso('mon 10:00'), end: iso('mon 10:50') }];
      bookings!.push(booked('m', 'movable', ind('a', 'mon 10:00')));
    });
    it('is not busy for it', () => {
      expect(run(availability, program, [kept('m', ind('a', 'mon 10:00'))])).toEqual([]);
    });
    it('is busy for others, for it elsewhere, and for a therapist whom it does not name', () => {
      expect(run(availability, program, [ind('a', 'mon 10:00')])).toHaveLength(2);
      expect(run(availability, program, [kept('m', ind('a', 'mon 10:10'))])).toHaveLength(2);
      expect(run(availability, program, [kept('m', ind('a', 'mon 10:00', 'tx'))])).toEqual([[['m', 'tx'], undefined, 50]]);
    });
    it('frees no minute beside it', () => {
      const longer = make(({ program: { bookings }, a }) => {
        a.availability.busy = [
          { start: iso('mon 10:00'), end: iso('mon 10:51') },
          { start: iso('mon 10:20'), end: iso('mon 10:30') },
        ];
        bookings!.push(booked('m', 'movable', ind('a', 'mon 10:00')));
      });
      expect(run(availability, longer, [kept('m', ind('a', 'mon 10:00'))])).toEqual([]);
      expect(run(availability, longer, [kept('m', ind('a', 'mon 10:01'))])).toHaveLength(1);
    });
  });

  it('is not asked of facts', () => {
    const program = make(({ program: { bookings }, a }) => {
      a.availability.weekly = [];
      bookings!.push(booked('d', 'delivered', ind('a', 'mon 10:00')), booked('l', 'locked', ind('a', 'tue 10:00')));
    });
    expect(run(availability, program, [kept('d', ind('a', 'mon 10:00')), kept('l', ind('a', 'tue 10:00'))])).toEqual([
      [['l', 'a'], undefined, 50],
    ]);
  });

  it('knows availability up to both ends of the horizon in zones far from its own', () => {
    const program = make(({ a, b }) => {
      a.locations = [{ zone: 'Pacific/Kiritimati', state: 'NY' }]; // UTC+14
      b.locations = [{ zone: 'Pacific/Pago_Pago', state: 'NY' }]; // UTC-11
      a.availability.weekly = [{ start: '00:00', end: '23:00' }];
      b.availability.weekly = [{ start: '01:00', end: '24:00' }];
    });
    for (const person of ['a', 'b']) {
      expect(run(availability, program, [ind(person, 'mon 00:00'), ind(person, 'sun 23:10')])).toEqual([]);
    }
    expect(when('mon 00:00') % 60).toBe(0);
  });
});
