import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../../src/domain/policy.ts';
import { weeklyMinimum } from '../../../../src/verify/rules/weekly-minimum.ts';
import {
  booked,
  givePolicy,
  ind,
  iso,
  joint,
  kept,
  make,
  meeting,
  PHOENIX,
  run,
  session,
  unmetOf,
  violationsOf,
  type Parts,
} from '../../../support/verify-fixtures.ts';

/** Gives partner `a` alone a policy. */
function policyOfA(parts: Parts, rules: Partial<Policy>): void {
  givePolicy(parts, rules);
  delete parts.b.policy;
}

describe('weekly-minimum', () => {
  it('sums credited minutes of all kinds of session', () => {
    const program = make((parts) => {
      parts.ind.creditMinutes = 60;
      givePolicy(parts, { weeklyMinutes: { min: 200 } });
    });
    // a: 60 + 50 + 90 = 200; b: 50 + 90 = 140; a check credits nothing.
    const sessions = [ind('a', 'mon 10:00'), joint('wed 10:00'), meeting('tue 18:00'), session('check', 'fri 10:00', ['tb'], ['b'])];
    expect(run(weeklyMinimum, program, sessions)).toEqual([[['b'], 1, 60]]);
  });

  it('asks nothing of those without a policy', () => {
    expect(
      run(
        weeklyMinimum,
        make((parts) => policyOfA(parts, { weeklyMinutes: { min: 1 } })),
        [],
      ),
    ).toEqual([[['a'], 1, 1]]);
  });

  it("takes the partner's own date and week", () => {
    // Monday 02:30 in New York is Sunday 23:30 in Phoenix: the week before.
    const program = make((parts) => {
      parts.program.horizon.weeks = 2;
      parts.a.locations = [{ zone: PHOENIX, state: 'NY' }];
      policyOfA(parts, { weeklyMinutes: { min: 50 } });
    });
    expect(run(weeklyMinimum, program, [ind('a', 'mon+1 02:30')])).toEqual([[['a'], 2, 50]]);
    expect(run(weeklyMinimum, program, [ind('a', 'mon+1 02:30'), ind('a', 'mon+1 03:00')])).toEqual([]);
  });

  describe('a partial week', () => {
    // Weeks start on Monday, the horizon on Thursday: week 1 has 4 dates in the horizon, week 2 three.
    const partial = (partialWeeks: 'exempt' | 'prorate' | 'enforce', min = 100) =>
      make((parts) => {
        Object.assign(parts.program.horizon, { start: '2026-10-08', weekStart: 'mon' });
        policyOfA(parts, { weeklyMinutes: { min }, partialWeeks });
      });
    it('is exempt', () => {
      expect(run(weeklyMinimum, partial('exempt'), [])).toEqual([]);
    });
    it('is prorated by its dates, rounded down', () => {
      // floor(100 * 4 / 7) = 57, floor(100 * 3 / 7) = 42
      expect(run(weeklyMinimum, partial('prorate'), [])).toEqual([
        [['a'], 1, 57],
        [['a'], 2, 42],
      ]);
    });
    it('is enforced', () => {
      expect(run(weeklyMinimum, partial('enforce'), [ind('a', 'fri 10:00')])).toEqual([
        [['a'], 1, 50],
        [['a'], 2, 100],
      ]);
    });
    it('is partial for the stay too, and full with closures', () => {
      const stay = (from: string, to: string) =>
        make((parts) => {
          parts.a.stay = { from, to };
          parts.program.horizon.closures = [{ from: '2026-10-06', to: '2026-10-06' }];
          policyOfA(parts, { weeklyMinutes: { min: 70 }, partialWeeks: 'prorate' });
        });
      expect(run(weeklyMinimum, stay('2026-10-07', '2026-10-10'), [])).toEqual([[['a'], 1, 40]]); // 4 of 7 dates
      expect(run(weeklyMinimum, stay('2026-10-05', '2026-10-11'), [])).toEqual([[['a'], 1, 70]]);
      expect(run(weeklyMinimum, stay('2026-09-01', '2026-10-04'), [])).toEqual([]);
      expect(run(weeklyMinimum, stay('2026-10-12', '2026-10-20'), [])).toEqual([]);
    });
    it('counts bookings before the horizon', () => {
      const program = make((parts) => {
        Object.assign(parts.program.horizon, { start: '2026-10-08', weekStart: 'mon' });
        parts.a.stay = { from: '2026-10-05' };
        policyOfA(parts, { weeklyMinutes: { min: 100 }, partialWeeks: 'enforce' });
        parts.program.bookings!.push(booked('h', 'delivered', ind('a', 'mon 10:00')), booked('x', 'missed', ind('a', 'tue 10:00')));
      });
      expect(run(weeklyMinimum, program, [ind('a', 'fri 10:00'), ind('a', 'mon+1 10:00'), ind('a', 'tue+1 10:00')])).toEqual([]);
      expect(run(weeklyMinimum, program, [ind('a', 'mon+1 10:00'), ind('a', 'tue+1 10:00')])).toEqual([[['a'], 1, 50]]);
    });
  });

  describe('averageWeeks', () => {
    const fortnight = (stayFrom: string, rules: Partial<Policy> = {}) =>
      make((parts) => {
        parts.program.horizon.weeks = 2;
        parts.a.stay = { from: stayFrom };
        policyOfA(parts, { weeklyMinutes: { min: 50 }, averageWeeks: 2, ...rules });
      });
    it('sums over blocks from the first week of care', () => {
      const program = fortnight('2026-10-05');
      expect(run(weeklyMinimum, program, [ind('a', 'mon+1 10:00'), ind('a', 'tue+1 10:00')])).toEqual([]);
      expect(run(weeklyMinimum, program, [ind('a', 'mon 10:00')])).toEqual([[['a'], 2, 50]]);
    });
    it('cuts a block at the end of the horizon, and takes the weeks before it with their bookings', () => {
      // Care begins a week before: blocks are weeks 0 and 1, then week 2 alone.
      const program = fortnight('2026-09-28');
      expect(run(weeklyMinimum, program, [])).toEqual([
        [['a'], 1, 100],
        [['a'], 2, 50],
      ]);
      const booking = booked('h', 'delivered', ind('a', 'wed-1 10:00'));
      expect(run(weeklyMinimum, { ...program, bookings: [{ ...booking, missedBy: [] }] }, [])).toEqual([
        [['a'], 1, 50],
        [['a'], 2, 50],
      ]);
    });
    it('sums the bounds that phases give each week, each prorated by itself', () => {
      const program = fortnight('2026-10-09', {
        partialWeeks: 'prorate',
        phases: [{ fromWeek: 2, weeklyMinutes: { min: 20 } }],
      });
      // Friday to Sunday: floor(50 * 3 / 7) = 21, and 20 of the second week.
      expect(run(weeklyMinimum, program, [])).toEqual([[['a'], 2, 41]]);
    });
    it('ends with the stay', () => {
      const program = make((parts) => {
        parts.program.horizon.weeks = 2;
        parts.a.stay = { to: '2026-10-11' };
        policyOfA(parts, { weeklyMinutes: { min: 50 }, averageWeeks: 2 });
      });
      expect(run(weeklyMinimum, program, [])).toEqual([[['a'], 1, 50]]);
    });
  });

  it('takes the phase of the week of care', () => {
    const program = make((parts) => {
      parts.program.horizon.weeks = 3;
      policyOfA(parts, { weeklyMinutes: { min: 10 }, phases: [{ fromWeek: 2, toWeek: 2, weeklyMinutes: { min: 40 } }] });
    });
    expect(run(weeklyMinimum, program, [])).toEqual([
      [['a'], 1, 10],
      [['a'], 2, 40],
      [['a'], 3, 10],
    ]);
  });

  it('credits nothing for sessions missed, or missed by the partner', () => {
    const program = make((parts) => {
      givePolicy(parts, { weeklyMinutes: { min: 50 } });
      parts.program.bookings!.push(booked('j', 'delivered', joint('mon 10:00'), ['a']), booked('x', 'missed', ind('a', 'tue 10:00')));
    });
    const sessions = [kept('j', joint('mon 10:00')), kept('x', ind('a', 'tue 10:00'))];
    expect(run(weeklyMinimum, program, sessions)).toEqual([[['a'], 1, 50]]);
  });

  it('is no violation for weeks wholly before notBefore, but unmet', () => {
    const at = (notBefore: string) =>
      make((parts) => {
        parts.program.horizon.weeks = 2;
        parts.program.horizon.notBefore = notBefore;
        policyOfA(parts, { weeklyMinutes: { min: 50 } });
      });
    const past = at(iso('mon+1 00:00'));
    expect(violationsOf(past, [ind('a', 'tue+1 10:00')])).toEqual([]);
    expect(unmetOf(past, [ind('a', 'tue+1 10:00')])).toEqual([
      { rule: 'weekly-minimum', entities: ['a'], week: 1, required: 50, planned: 0 },
    ]);
    expect(violationsOf(at(iso('sun 23:59')), [ind('a', 'tue+1 10:00')])).toHaveLength(1);
  });

  it('is unmet and a violation otherwise, also where facts alone fall short by more', () => {
    const program = make((parts) => {
      policyOfA(parts, { weeklyMinutes: { min: 150 } });
      parts.program.bookings!.push(booked('d', 'delivered', ind('a', 'mon 10:00')));
    });
    const sessions = [kept('d', ind('a', 'mon 10:00')), ind('a', 'tue 10:00'), meeting('tue 18:00', ['b'])];
    expect(violationsOf(program, sessions).map(({ rule, amount }) => [rule, amount])).toEqual([['weekly-minimum', 50]]);
    expect(unmetOf(program, sessions)).toEqual([{ rule: 'weekly-minimum', entities: ['a'], week: 1, required: 150, planned: 100 }]);
  });

  it('asks for a week that the horizon cuts by its dates, though the stay began before', () => {
    const program = make((parts) => {
      Object.assign(parts.program.horizon, { start: '2026-10-08', weekStart: 'mon' });
      parts.a.stay = { from: '2026-09-28' };
      policyOfA(parts, { weeklyMinutes: { min: 100 }, partialWeeks: 'prorate' });
    });
    // floor(100 * 4 / 7) and floor(100 * 3 / 7)
    expect(run(weeklyMinimum, program, []).map(([, , amount]) => amount)).toEqual([57, 42]);
  });

  it('asks for a stay of one date', () => {
    const program = make((parts) => {
      parts.a.stay = { from: '2026-10-07', to: '2026-10-07' };
      policyOfA(parts, { weeklyMinutes: { min: 70 }, partialWeeks: 'prorate' });
    });
    expect(run(weeklyMinimum, program, [])).toEqual([[['a'], 1, 10]]);
  });

  it('asks for no week before the horizon, though a session of the plan lies in it for the partner', () => {
    const program = make((parts) => {
      parts.a.stay = { from: '2026-09-28' };
      parts.a.locations = [{ zone: PHOENIX, state: 'NY' }];
      policyOfA(parts, { weeklyMinutes: { min: 60 } });
    });
    // Monday 02:00 in New York is Sunday in Phoenix, in week 0.
    expect(run(weeklyMinimum, program, [ind('a', 'mon 02:00'), ind('a', 'tue 10:00')])).toEqual([[['a'], 1, 10]]);
  });

  it('takes a week of a block before the horizon as full, or as partial where the stay begins in it', () => {
    const since = (from: string) =>
      make((parts) => {
        parts.a.stay = { from };
        policyOfA(parts, { weeklyMinutes: { min: 70 }, averageWeeks: 2, partialWeeks: 'prorate' });
      });
    expect(run(weeklyMinimum, since('2026-09-28'), [])).toEqual([[['a'], 1, 140]]);
    expect(run(weeklyMinimum, since('2026-10-01'), [])).toEqual([[['a'], 1, 110]]); // 4 of 7 dates: 40, and 70
  });
});
