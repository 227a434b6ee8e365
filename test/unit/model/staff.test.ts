import { describe, expect, test } from 'vitest';
import { mayPractise, staffOf } from '../../../src/model/staff.ts';
import { bookingEntries } from '../../../src/model/entries.ts';
import { frameOf } from '../../../src/model/frame.ts';
import { bare, compiled, finish, only, rel } from '../../support/model-fixtures.ts';
import { booked, ind, iso, make, meeting } from '../../support/verify-fixtures.ts';

describe('the right to practise', () => {
  const program = make(({ ta }) => {
    ta.authorities = [{ state: 'NY', from: '2026-10-06', to: '2026-10-07' }, { state: 'NY', from: '2026-10-09' }, { state: '__proto__' }];
  });
  const frame = frameOf(program);
  const [ta] = finish(staffOf(frame, program, finish(bookingEntries(frame, program))));

  test('holds on the dates of any of its grants, both ends included', () => {
    expect([0, 1, 2, 3, 4, 100].map((day) => mayPractise(ta!, 'NY', day))).toEqual([false, true, true, false, true, true]);
  });

  test('is for the state named, whatever it is called', () => {
    expect(mayPractise(ta!, '__proto__', 0)).toBe(true);
    expect(mayPractise(ta!, 'constructor', 0)).toBe(false);
  });
});

describe('a therapist in numbers', () => {
  test('has the limits that are given, and none otherwise', () => {
    const { problem } = compiled(({ ta, tb }) => {
      ta.limits = { dailyMinutes: 300, weeklyMinutes: 900, caseload: 8, run: { minutes: 120, breakMinutes: 15 } };
      tb.limits = {};
    });
    const [ta, tb] = problem.therapists;
    expect(ta).toMatchObject({ dailyMinutes: 300, weeklyMinutes: 900, caseload: 8, runMinutes: 120, runBreak: 15 });
    expect(tb).toMatchObject({ dailyMinutes: Infinity, weeklyMinutes: Infinity, caseload: Infinity, runMinutes: Infinity });
  });

  test('has the caseload that delivered sessions have made, if it is more than the limit', () => {
    const caseload = (limit: number, state: 'delivered' | 'locked') =>
      compiled(({ program, ta }) => {
        ta.limits = { caseload: limit };
        program.bookings = [booked('b1', state, ind('a', 'mon 10:00', 'ta')), booked('b2', state, ind('b', 'mon 12:00', 'ta'))];
      }).problem.therapists[0]!.caseload;
    expect([caseload(1, 'delivered'), caseload(1, 'locked'), caseload(3, 'delivered')]).toEqual([2, 1, 3]);
  });

  test('is available in the minutes inside horizon and week that nothing else fills', () => {
    const { problem } = compiled(({ program, ta }) => {
      // Weeks start on Thursdays: Monday to Wednesday, and Thursday to Sunday.
      program.horizon.weekStart = 'thu';
      ta.availability = {
        ...only('mon 09:00-12:00', 'wed 23:00-02:00', 'sun 20:00-03:00'),
        busy: [{ start: iso('mon 09:00'), end: iso('mon 09:30') }],
      };
    });
    // Week 1: 150 on Monday, 60 on Wednesday, and 180 after midnight of the Sunday before. Week 2: 120 on Thursday, 240 on Sunday.
    expect([...problem.therapists[0]!.availableMinutes]).toEqual([0, 150 + 60 + 180, 120 + 240]);
  });

  test.each([
    // Two dates before the first week, which starts on Monday or, with the horizon inside it, on Thursday.
    ['mon', ['sat-1', 'sun-1']],
    ['thu', ['tue-1', 'sat-1', 'sun-1']],
  ] as const)('keeps what was led shortly before the horizon and in its first week, which starts on %s', (weekStart, kept) => {
    const { problem } = compiled((parts) => {
      bare(parts);
      parts.program.horizon.weekStart = weekStart;
      parts.a.stay = { from: '2026-09-28' };
      parts.program.bookings = [
        booked('b1', 'delivered', ind('a', 'mon-1 10:00')),
        booked('b2', 'missed', ind('a', 'tue-1 10:00')),
        booked('b3', 'delivered', ind('a', 'sat-1 10:00')),
        booked('b4', 'missed', ind('a', 'sun-1 10:00')),
        booked('b5', 'locked', ind('a', 'tue 10:00')),
      ];
      parts.a.care = [{ service: 'ind', sessions: { min: 0, max: 5 } }];
    });
    // Start, end, buffer; what is inside the horizon stands elsewhere.
    const past = kept.flatMap((day) => [rel(`${day} 10:00`), rel(`${day} 10:50`), 10]);
    expect([...problem.therapists[0]!.past]).toEqual(past);
    expect([...problem.therapists[1]!.past]).toEqual([]);
  });

  test('has the dates of the first week, those before the horizon too', () => {
    const { problem } = compiled(({ program }) => (program.horizon.weekStart = 'thu'));
    // Thursday is date -4; New York changes no clock.
    const { first, starts } = problem.therapists[0]!.days;
    expect([first, starts[0], starts[-first]]).toEqual([-6, -6 * 1440, 0]);
  });

  test('has no contact in sessions that were missed, alone or in a group', () => {
    const { problem } = compiled(({ program, a }) => {
      program.horizon = { ...program.horizon, weeks: 2, notBefore: iso('fri+1 00:00') };
      a.stay = { from: '2026-09-28' };
      const two = [booked('b1', 'missed', ind('a', 'mon 10:00')), booked('b2', 'delivered', ind('a', 'tue 10:00'))];
      const others = [booked('b3', 'missed', ind('a', 'wed+1 10:00')), booked('b4', 'missed', ind('a', 'sun-1 10:00'))];
      program.bookings = [...two, ...others, booked('b5', 'missed', meeting('thu 18:00', ['a']))];
    });
    const [ta, , , tg] = problem.therapists;
    // Weeks 0 to 3. Before the horizon nothing is counted anyway.
    expect([...ta!.missedMinutes]).toEqual([0, 50, 50, 0]);
    expect([...tg!.missedMinutes]).toEqual([0, 90, 0, 0]);
  });

  test('leaders of meetings before the horizon led them too', () => {
    const { problem } = compiled(({ program, a }) => {
      a.stay = { from: '2026-09-28' };
      program.bookings = [booked('b1', 'delivered', meeting('sun-1 18:00', ['a']))];
    });
    expect([...problem.therapists[3]!.past]).toEqual([rel('sun-1 18:00'), rel('sun-1 19:30'), 0]);
  });
});
