import { describe, expect, it } from 'vitest';
import { planShape } from '../../../../src/verify/rules/plan-shape.ts';
import { booked, ind, iso, item, joint, kept, make, meeting, PHOENIX, run, session } from '../../../support/verify-fixtures.ts';

describe('plan-shape', () => {
  it('asks that a session ends its minutes after its start', () => {
    const late = { ...ind('a', 'mon 10:00'), end: iso('mon 10:51') };
    expect(run(planShape, make(), [late])).toEqual([[[late.id], undefined, 1]]);
    expect(run(planShape, make(), [{ ...late, end: '2026-10-05T10:50:00-04:00' }])).toEqual([]);
    const { end: _, ...endless } = late;
    expect(run(planShape, make(), [endless as typeof late])).toHaveLength(1);
  });

  it('takes the horizon from midnight to midnight of its zone, also where a change of clocks makes it longer', () => {
    // New York, week of 2026-10-26: the clocks go back on Sunday, the week has 169 hours and ends at 05:00Z.
    const program = make((parts) => void (parts.program.horizon.start = '2026-10-26'));
    expect(run(planShape, program, [ind('a', '2026-10-26T04:00:00Z'), ind('b', '2026-11-02T04:10:00Z')])).toEqual([]);
    expect(run(planShape, program, [ind('a', '2026-10-26T03:59:00Z')]).length).toBeGreaterThan(0);
    expect(run(planShape, program, [ind('a', '2026-11-02T04:11:00Z')])).toHaveLength(1);
  });

  it("asks that the attendee's own date lies inside the stay", () => {
    // In Phoenix (UTC-7) Monday 02:59 of New York (UTC-4) is Sunday 23:59.
    const program = make(({ a }) => void (a.locations = [{ zone: PHOENIX, state: 'NY' }]));
    const [early, right] = [ind('a', 'mon 02:59'), ind('a', 'mon 03:00')];
    expect(run(planShape, program, [early])).toEqual([[[early.id, 'a'], undefined, 1]]);
    expect(run(planShape, program, [right])).toEqual([]);
  });

  it('asks for an item active in that week of care, of each attendee', () => {
    const program = make(({ program: { horizon }, a }) => {
      horizon.weeks = 2;
      a.stay = { from: '2026-09-30' }; // week of care 1 is the week before the horizon
      a.care = [item('grp', { fromWeek: 3 })];
    });
    const [second, third] = [meeting('tue 18:00'), meeting('tue+1 18:00')];
    expect(run(planShape, program, [second, third])).toEqual([[[second.id, 'a'], undefined, 1]]);
  });

  it("counts joint care in weeks of the horizon's dates, from the later stay", () => {
    const program = make(({ program: { horizon }, a, b, c }) => {
      horizon.weeks = 2;
      a.stay = { from: '2026-09-01' };
      b.stay = { from: '2026-10-06', to: '2026-10-13' };
      c.jointCare = [item('joint', { toWeek: 1 })];
      a.locations = [{ zone: PHOENIX, state: 'NY' }];
    });
    expect(run(planShape, program, [joint('tue 00:00'), joint('sun 23:59')])).toEqual([]);
    // Monday 00:30 in New York is week 2 of care, though it is Sunday in Phoenix. It belongs to no item of either.
    expect(run(planShape, program, [joint('mon+1 00:30')])).toHaveLength(2);
    // b has not come yet.
    expect(run(planShape, program, [joint('mon 12:00')])).toEqual([[[joint('mon 12:00').id, 'b'], undefined, 1]]);
  });

  describe('notBefore', () => {
    const program = make(({ program: { horizon, bookings } }) => {
      horizon.notBefore = iso('wed 00:00');
      bookings!.push(booked('m', 'movable', ind('a', 'mon 10:00')), booked('g1', 'locked', meeting('tue 18:00', ['a'])));
    });
    it('lets bookings stand where they are', () => {
      expect(run(planShape, program, [kept('m', ind('a', 'mon 10:00')), kept('g1', meeting('tue 18:00', ['a']))])).toEqual([]);
    });
    it('lets nothing move to a time before it', () => {
      expect(run(planShape, program, [kept('m', ind('a', 'tue 10:00'))])).toEqual([[['m'], undefined, 1]]);
      expect(run(planShape, program, [kept('m', ind('a', 'wed 00:00'))])).toEqual([]);
    });
    it('lets a locked meeting gain nobody, and a session no other therapist', () => {
      expect(run(planShape, program, [kept('g1', meeting('tue 18:00', ['a', 'b']))])).toEqual([[['g1'], undefined, 1]]);
      expect(run(planShape, program, [kept('m', ind('a', 'mon 10:00', 'tx'))])).toEqual([[['m'], undefined, 1]]);
    });
    it('is rounded up to the minute', () => {
      const seconds = make((parts) => void (parts.program.horizon.notBefore = '2026-10-05T14:00:30Z'));
      expect(run(planShape, seconds, [ind('a', '2026-10-05T14:00:00Z')])).toHaveLength(1);
      expect(run(planShape, seconds, [ind('a', '2026-10-05T14:01:00Z')])).toEqual([]);
    });
  });

  it('asks that the place of a booking is taken by its own service and attendees', () => {
    const program = make(({ program: { bookings } }) => {
      bookings!.push(booked('m', 'movable', ind('a', 'mon 10:00')), booked('g1', 'movable', meeting('tue 18:00', ['a'])));
    });
    expect(run(planShape, program, [kept('m', ind('b', 'mon 10:00'))])).toEqual([[['m'], undefined, 1]]);
    expect(run(planShape, program, [kept('m', session('check', 'mon 10:00', ['ta'], ['a']))])).toEqual([[['m'], undefined, 1]]);
    expect(run(planShape, program, [kept('m', ind('a', 'fri 10:00', 'tx')), kept('g1', meeting('thu 18:00', ['b']))])).toEqual([]);
  });

  it('does not take bookings from before the horizon into the plan', () => {
    const program = make(({ program: { bookings }, a }) => {
      a.stay = { from: '2026-09-01' };
      bookings!.push(booked('h', 'delivered', ind('a', 'mon-1 10:00')));
    });
    expect(run(planShape, program, [kept('h', ind('a', 'mon-1 10:00'))])).toEqual([[['h'], undefined, 1]]);
  });

  it('asks facts for no care item, stay or earliest time', () => {
    const program = make(({ program: { horizon, bookings }, a }) => {
      horizon.notBefore = iso('fri 00:00');
      a.stay = { from: '2026-10-07' };
      a.care = [];
      bookings!.push(booked('d', 'delivered', ind('a', 'mon 10:00')), booked('x', 'missed', ind('a', 'wed 10:00')));
    });
    expect(run(planShape, program, [kept('d', ind('a', 'mon 10:00')), kept('x', ind('a', 'wed 10:00'))])).toEqual([]);
    expect(run(planShape, program, [ind('a', 'fri 10:00')])).toHaveLength(1);
  });

  it('takes bookings from the first minute of the horizon on', () => {
    const program = make(({ program: { bookings } }) => void bookings!.push(booked('m', 'locked', ind('a', 'mon 00:00'))));
    expect(run(planShape, program, [kept('m', ind('a', 'mon 00:00'))])).toEqual([]);
  });

  it('knows no item in a week in which the couple is not in treatment', () => {
    const until = (to: string) =>
      make(({ program: { horizon }, a, b }) => {
        horizon.weeks = 2;
        for (const partner of [a, b]) {
          partner.locations = [{ zone: PHOENIX, state: 'NY' }];
          partner.stay = { from: '2026-10-05', to };
        }
      });
    // Monday 01:00 in New York is Sunday for both: the last date of the first stay, but week 2 of the couple's.
    expect(run(planShape, until('2026-10-11'), [joint('mon+1 01:00')])).toHaveLength(2);
    expect(run(planShape, until('2026-10-12'), [joint('mon+1 01:00')])).toEqual([]);
  });
});
