import { describe, expect, it } from 'vitest';
import type { CareItem } from '../../../../src/domain/care.ts';
import { careSpacing } from '../../../../src/verify/rules/care-spacing.ts';
import { booked, ind, item, joint, kept, make, meeting, PHOENIX, run, violationsOf, type Parts } from '../../../support/verify-fixtures.ts';

const spaced = (over: Partial<CareItem>, change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    parts.program.horizon.weeks = 2;
    parts.a.care[0] = item('ind', over);
    change(parts);
  });

describe('care-spacing', () => {
  it('asks for free dates between two dates with sessions, over weeks too', () => {
    const program = spaced({ minFreeDays: 2 });
    expect(run(careSpacing, program, [ind('a', 'sat 10:00'), ind('a', 'tue+1 10:00')])).toEqual([]);
    expect(run(careSpacing, program, [ind('a', 'sat 10:00'), ind('a', 'mon+1 10:00')])).toEqual([[['a', 'ind'], 2, 1]]);
    expect(run(careSpacing, program, [ind('a', 'mon 10:00'), ind('a', 'tue 10:00')])).toEqual([[['a', 'ind'], 1, 2]]);
  });

  it('allows two on one date as far as maxPerDay does', () => {
    const program = spaced({ minFreeDays: 2, maxPerDay: 2 });
    expect(run(careSpacing, program, [ind('a', 'mon 10:00'), ind('a', 'mon 12:00')])).toEqual([]);
    expect(run(careSpacing, program, [ind('a', 'mon 10:00'), ind('a', 'mon 12:00'), ind('a', 'mon 14:00')])).toEqual([
      [['a', 'ind'], 1, 1],
    ]);
  });

  it('allows one a date by default, of groups any number', () => {
    const program = make(({ a, c, g }) => {
      a.care = a.care.map(({ maxPerDay: _, ...rest }) => rest);
      c.jointCare = c.jointCare!.map(({ maxPerDay: _, ...rest }) => rest);
      g.meetings = { count: 7, windows: [{ start: '00:00', end: '24:00' }] };
    });
    expect(run(careSpacing, program, [meeting('tue 08:00', ['a']), meeting('tue 10:00', ['a']), meeting('tue 12:00', ['a'])])).toEqual([]);
    expect(run(careSpacing, program, [ind('a', 'tue 08:00'), joint('tue 10:00')])).toEqual([]);
    expect(run(careSpacing, program, [joint('tue 08:00'), joint('tue 10:00')])).toEqual([[['c', 'joint'], 1, 1]]);
  });

  it("takes the owner's dates, a couple's in the zone of the horizon", () => {
    const there = ({ a, b, c }: Parts) => {
      a.locations = [{ zone: PHOENIX, state: 'NY' }];
      b.locations = a.locations;
      c.jointCare = [item('joint', { maxPerDay: 1 })];
    };
    const program = spaced({ maxPerDay: 1 }, there);
    // Tuesday 02:00 and 04:00 in New York: Monday and Tuesday in Phoenix.
    expect(run(careSpacing, program, [ind('a', 'tue 02:00'), ind('a', 'tue 04:00')])).toEqual([]);
    expect(run(careSpacing, program, [joint('tue 02:00'), joint('tue 04:00')])).toEqual([[['c', 'joint'], 1, 1]]);
  });

  it('counts bookings before the horizon, and no missed ones', () => {
    const program = spaced({ minFreeDays: 2 }, (parts) => {
      parts.a.stay = { from: '2026-09-28' };
      parts.program.bookings!.push(booked('h', 'delivered', ind('a', 'sat-1 10:00')), booked('x', 'missed', ind('a', 'wed 10:00')));
    });
    const missed = kept('x', ind('a', 'wed 10:00'));
    expect(run(careSpacing, program, [missed, ind('a', 'tue 10:00')])).toEqual([]);
    expect(run(careSpacing, program, [missed, ind('a', 'mon 10:00')])).toEqual([[['a', 'ind'], 1, 1]]);
  });

  it('holds for each item by itself', () => {
    const program = spaced({}, ({ a }) => {
      a.care = [item('ind', { minFreeDays: 3, toWeek: 1 }), item('ind', { minFreeDays: 3, fromWeek: 2 })];
    });
    expect(run(careSpacing, program, [ind('a', 'sun 10:00'), ind('a', 'mon+1 10:00')])).toEqual([]);
  });

  it('excuses facts that lie too close, and no session beside them', () => {
    const program = spaced({ minFreeDays: 2 }, (parts) => {
      parts.program.bookings!.push(booked('d1', 'delivered', ind('a', 'mon 10:00')), booked('d2', 'delivered', ind('a', 'wed 10:00')));
    });
    const facts = [kept('d1', ind('a', 'mon 10:00')), kept('d2', ind('a', 'wed 10:00'))];
    expect(violationsOf(program, facts)).toEqual([]);
    expect(violationsOf(program, [...facts, ind('a', 'tue 10:00')])).toHaveLength(2);
    expect(violationsOf(program, [...facts, ind('a', 'sat 10:00')])).toEqual([]);
  });

  it('looks at a date that the horizon cuts, but at none wholly before it', () => {
    const program = spaced({ maxPerDay: 1, minFreeDays: 1 }, (parts) => {
      parts.a.stay = { from: '2026-09-28' };
      parts.a.locations = [{ zone: PHOENIX, state: 'NY' }];
      for (const [id, start] of [
        ['h1', 'thu-1 10:00'],
        ['h2', 'thu-1 12:00'],
        ['h3', 'fri-1 10:00'],
        ['h4', 'sun-1 12:00'],
      ] as const) {
        parts.program.bookings!.push(booked(id, 'delivered', ind('a', start)));
      }
    });
    // The horizon begins at Monday 00:00 in New York, which is Sunday 21:00 in Phoenix.
    expect(run(careSpacing, program, [])).toEqual([]);
    expect(run(careSpacing, program, [ind('a', 'mon 02:59')])).toEqual([[['a', 'ind'], 0, 1]]);
    expect(run(careSpacing, program, [ind('a', 'tue 03:00')])).toEqual([]);
  });
});
