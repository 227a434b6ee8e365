import { describe, expect, it } from 'vitest';
import { weeklyMaximum } from '../../../../src/verify/rules/weekly-maximum.ts';
import { booked, givePolicy, ind, kept, make, meeting, PHOENIX, run, unmetOf, violationsOf } from '../../../support/verify-fixtures.ts';

describe('weekly-maximum', () => {
  it('allows the maximum and no minute more', () => {
    const at = (max: number) => make((parts) => givePolicy(parts, { weeklyMinutes: { min: 0, max } }));
    const sessions = [ind('a', 'mon 10:00'), meeting('tue 18:00', ['a'])];
    expect(run(weeklyMaximum, at(140), sessions)).toEqual([]);
    expect(run(weeklyMaximum, at(139), sessions)).toEqual([[['a'], 1, 1]]);
  });

  it('is not lowered by partial weeks', () => {
    const program = make((parts) => {
      parts.a.stay = { from: '2026-10-11' };
      givePolicy(parts, { weeklyMinutes: { min: 0, max: 90 }, partialWeeks: 'prorate' });
    });
    expect(run(weeklyMaximum, program, [ind('a', 'sun 10:00')])).toEqual([]);
  });

  it('sums over blocks, and has no bound where a week of the block has none', () => {
    const change = (phaseMax?: number) =>
      make((parts) => {
        parts.program.horizon.weeks = 2;
        const weeklyMinutes = { min: 0, ...(phaseMax !== undefined && { max: phaseMax }) };
        givePolicy(parts, { weeklyMinutes: { min: 0, max: 90 }, averageWeeks: 2, phases: [{ fromWeek: 2, weeklyMinutes }] });
      });
    const sessions = [ind('a', 'mon 10:00'), ind('a', 'tue 10:00'), ind('a', 'wed 10:00')]; // 150 in week 1
    expect(run(weeklyMaximum, change(60), sessions)).toEqual([]);
    expect(run(weeklyMaximum, change(59), sessions)).toEqual([[['a'], 2, 1]]);
    expect(run(weeklyMaximum, change(), sessions)).toEqual([]);
  });

  it('holds at the edge of the horizon, in a week that lies before it for the partner', () => {
    const program = make((parts) => {
      parts.a.locations = [{ zone: PHOENIX, state: 'NY' }];
      parts.a.stay = { from: '2026-09-28' };
      givePolicy(parts, { weeklyMinutes: { min: 0, max: 90 } });
      parts.program.bookings!.push(booked('h', 'delivered', ind('a', 'wed-1 10:00')));
    });
    // Monday 02:00 in New York is Sunday in Phoenix, where the booking of Wednesday stands in the same week.
    expect(run(weeklyMaximum, program, [ind('a', 'mon 02:00')])).toEqual([[['a'], 0, 10]]);
    expect(run(weeklyMaximum, program, [ind('a', 'mon 03:00')])).toEqual([]);
  });

  it('is excused where facts alone exceed it by as much', () => {
    const program = make((parts) => {
      givePolicy(parts, { weeklyMinutes: { min: 0, max: 40 } });
      parts.program.bookings!.push(booked('d', 'delivered', ind('a', 'mon 10:00')));
    });
    const fact = kept('d', ind('a', 'mon 10:00'));
    expect(violationsOf(program, [fact])).toEqual([]);
    expect(unmetOf(program, [fact])).toEqual([{ rule: 'weekly-maximum', entities: ['a'], week: 1, required: 40, planned: 50 }]);
    expect(violationsOf(program, [fact, ind('a', 'tue 10:00')]).map(({ amount }) => amount)).toEqual([60]);
  });
});
