import { describe, expect, it } from 'vitest';
import { groupMeeting } from '../../../../src/verify/rules/group-meeting.ts';
import { booked, kept, make, meeting, PHOENIX, run, type Parts } from '../../../support/verify-fixtures.ts';

const changed = (change: (parts: Parts) => void) => make(change);
const windows = (count: number, over: Partial<Parts['g']> = {}) =>
  make(({ program, g }) => {
    program.horizon.weeks = 2;
    Object.assign(g, { meetings: { count, windows: [{ start: '17:00', end: '20:00' }] } }, over);
  });

describe('group-meeting', () => {
  it('stands at one of the times, on the weekday and clock of its own zone', () => {
    const program = changed(({ g }) => void (g.zone = PHOENIX)); // 18:00 there is 21:00 in New York
    expect(run(groupMeeting, program, [meeting('tue 21:00'), meeting('thu 21:00')])).toEqual([]);
    expect(run(groupMeeting, program, [meeting('tue 18:00')])).toHaveLength(1);
    expect(run(groupMeeting, program, [meeting('wed 21:00')])).toHaveLength(1);
  });

  it('replaces the times of the date of an exception', () => {
    const program = changed(({ g }) => {
      g.exceptions = [
        { date: '2026-10-06', at: [] },
        { date: '2026-10-07', at: ['09:00', '12:00'] },
      ];
    });
    expect(run(groupMeeting, program, [meeting('wed 09:00'), meeting('wed 12:00'), meeting('thu 18:00')])).toEqual([]);
    expect(run(groupMeeting, program, [meeting('tue 18:00')])).toHaveLength(1);
    expect(run(groupMeeting, program, [meeting('wed 18:00')])).toHaveLength(1);
  });

  it('moves a time that the clocks skip, and takes the earlier of one that comes twice', () => {
    const at = [{ day: 'sun' as const, start: '02:30' }];
    const spring = changed(({ program, g }) => {
      program.horizon.start = '2027-03-08';
      g.meetings = { at };
    });
    // 2027-03-14: 02:30 does not exist and is 03:30 EDT = 07:30Z.
    expect(run(groupMeeting, spring, [meeting('2027-03-14T07:30:00Z')])).toEqual([]);
    expect(run(groupMeeting, spring, [meeting('2027-03-14T06:30:00Z')])).toHaveLength(1);
    const autumn = changed(({ program, g }) => {
      program.horizon.start = '2026-10-26';
      g.meetings = { at: [{ day: 'sun', start: '01:30' }] };
    });
    // 2026-11-01: 01:30 is 05:30Z (EDT) and 06:30Z (EST).
    expect(run(groupMeeting, autumn, [meeting('2026-11-01T05:30:00Z')])).toEqual([]);
    expect(run(groupMeeting, autumn, [meeting('2026-11-01T06:30:00Z')])).toHaveLength(1);
  });

  it('lies between its dates, both included', () => {
    const program = changed(({ g }) => {
      g.from = '2026-10-06';
      g.to = '2026-10-08';
    });
    expect(run(groupMeeting, program, [meeting('tue 18:00'), meeting('thu 18:00')])).toEqual([]);
    const late = changed(({ g }) => void (g.from = '2026-10-07'));
    expect(run(groupMeeting, late, [meeting('tue 18:00')])).toHaveLength(1);
    const early = changed(({ g }) => void (g.to = '2026-10-07'));
    expect(run(groupMeeting, early, [meeting('thu 18:00')])).toHaveLength(1);
  });

  describe('with windows', () => {
    it('lies inside one stretch of them, adjoining ones joined', () => {
      expect(run(groupMeeting, windows(3), [meeting('mon 17:00'), meeting('tue 18:30')])).toEqual([]);
      expect(run(groupMeeting, windows(3), [meeting('mon 16:59')])).toHaveLength(1);
      expect(run(groupMeeting, windows(3), [meeting('mon 18:31')])).toHaveLength(1);
      const split = windows(3, {
        meetings: {
          count: 3,
          windows: [
            { start: '17:00', end: '18:00' },
            { start: '18:00', end: '20:00' },
          ],
        },
      });
      expect(run(groupMeeting, split, [meeting('mon 17:30')])).toEqual([]);
    });

    it('meets at the listed times on the date of an exception', () => {
      const program = windows(5, { exceptions: [{ date: '2026-10-06', at: ['12:00'] }] });
      expect(run(groupMeeting, program, [meeting('tue 12:00')])).toEqual([]);
      expect(run(groupMeeting, program, [meeting('tue 17:00')])).toHaveLength(1);
      expect(run(groupMeeting, program, [meeting('mon 12:00')])).toHaveLength(1);
    });

    it('does not start on the date of an exception in a window of the date before', () => {
      const nights = { count: 5, windows: [{ start: '22:00', end: '02:00' }] };
      const program = windows(5, { meetings: nights, exceptions: [{ date: '2026-10-06', at: [] }] });
      expect(run(groupMeeting, program, [meeting('mon 23:59')])).toEqual([]);
      expect(run(groupMeeting, program, [meeting('tue 00:00')])).toHaveLength(1);
      expect(run(groupMeeting, program, [meeting('wed 00:00')])).toHaveLength(1);
    });

    it("counts meetings by the horizon's weeks and dates", () => {
      const program = windows(1, { zone: PHOENIX, meetings: { count: 1, windows: [{ start: '00:00', end: '24:00' }] } });
      // Monday 01:00 in New York is Sunday in Phoenix, but week 2 of the horizon.
      expect(run(groupMeeting, program, [meeting('sun 10:00'), meeting('mon+1 01:00')])).toEqual([]);
      expect(run(groupMeeting, program, [meeting('mon+1 01:00'), meeting('tue+1 01:00'), meeting('wed+1 01:00')])).toEqual([[['g'], 2, 2]]);
    });

    it('counts facts and locked meetings, which may stand off the times', () => {
      const program = make(({ program: { bookings }, g }) => {
        g.meetings = { count: 2, windows: [{ start: '17:00', end: '20:00' }] };
        bookings!.push(booked('d', 'missed', meeting('mon 09:00')), booked('l', 'locked', meeting('tue 09:00')));
      });
      const kepts = [kept('d', meeting('mon 09:00')), kept('l', meeting('tue 09:00'))];
      expect(run(groupMeeting, program, kepts)).toEqual([]);
      expect(run(groupMeeting, program, [...kepts, meeting('wed 17:00')])).toEqual([[['g'], 1, 1]]);
    });
  });

  it('meets one at a time', () => {
    const [first, second] = [meeting('mon 17:00', ['a']), meeting('mon 18:29', ['b'])];
    expect(run(groupMeeting, windows(3), [first, second])).toEqual([[[second.id, first.id, 'g'], undefined, 1]]);
    expect(run(groupMeeting, windows(3), [first, meeting('mon 18:30', ['b'])])).toEqual([]);
    const twice = [meeting('tue 18:00', ['a']), meeting('tue 18:00', ['b'], { therapists: ['tx'] })];
    expect(run(groupMeeting, make(), twice)).toHaveLength(1);
  });

  it('lets another group meet at the same time', () => {
    const program = changed(({ program: { groups }, g }) => void groups!.push({ ...g, id: 'h' }));
    expect(run(groupMeeting, program, [meeting('tue 18:00', ['a']), meeting('tue 18:00', ['b'], { group: 'h' })])).toEqual([]);
  });

  it('needs attendees, locked or not', () => {
    const empty = meeting('tue 18:00', []);
    expect(run(groupMeeting, make(), [empty])).toEqual([[[empty.id, 'g'], undefined, 1]]);
  });

  it('asks a movable meeting for the times of the group', () => {
    const program = changed(({ program: { bookings } }) => void bookings!.push(booked('m', 'movable', meeting('mon 09:00'))));
    expect(run(groupMeeting, program, [kept('m', meeting('mon 09:00'))])).toHaveLength(1);
    expect(run(groupMeeting, program, [kept('m', meeting('thu 18:00'))])).toEqual([]);
  });

  it('may be moved past midnight by a change of clocks', () => {
    // Nuuk's clocks go from 23:00 to 24:00 on Saturday 2027-03-27: 23:30 is 00:30 on Sunday, 01:30Z.
    const program = changed(({ program, g }) => {
      program.horizon.start = '2027-03-22';
      g.zone = 'America/Nuuk';
      g.meetings = { at: [{ day: 'sat', start: '23:30' }] };
    });
    expect(run(groupMeeting, program, [meeting('2027-03-28T01:30:00Z')])).toEqual([]);
    expect(run(groupMeeting, program, [meeting('2027-03-28T02:30:00Z')])).toHaveLength(1);
  });

  it('counts meetings before the horizon in a week that it cuts', () => {
    const program = make(({ program: { horizon, bookings }, a, g }) => {
      Object.assign(horizon, { start: '2026-10-07', weekStart: 'mon' });
      a.stay = { from: '2026-10-01' };
      g.meetings = { count: 1, windows: [{ start: '17:00', end: '20:00' }] };
      bookings!.push(booked('h', 'delivered', meeting('mon 17:00', ['a'])));
    });
    expect(run(groupMeeting, program, [meeting('mon+1 17:00')])).toEqual([]);
    expect(run(groupMeeting, program, [meeting('wed 17:00')])).toEqual([[['g'], 1, 1]]);
  });
});
