import { describe, expect, it } from 'vitest';
import type { ParsedPartner } from '../../../../src/domain/person.ts';
import type { ParsedPolicy } from '../../../../src/domain/policy.ts';
import type { ParsedProgram } from '../../../../src/domain/program.ts';
import { excessMinutes as excessMinutesSteps } from '../../../../src/verify/rules/excess-minutes.ts';
import { bookingOf, contextOf, coupleOf, partnerOf, policyOf, programOf, TOKYO, visit, whole } from '../../../support/soft-fixtures.ts';

const excessMinutes = whole(excessMinutesSteps);

type Over = Partial<Omit<ParsedProgram, 'horizon'>> & { horizon?: object };

function programWith(policy: Partial<ParsedPolicy>, a: Partial<ParsedPartner> = {}, over: Over = {}): ParsedProgram {
  const couple = coupleOf(partnerOf('a', { policy: 'policy', ...a }), partnerOf('b'));
  return programOf({ policies: [policyOf(policy)], couples: [couple], ...over });
}

/** One individual session (50 credited minutes) on each date. */
const ind = (...dates: string[]) => dates.map((date) => visit('ind', `${date}T10:00-04:00`, ['a']));
const least = (min: number) => ({ weeklyMinutes: { min } });
const TWO = ind('2026-10-05', '2026-10-06');

describe('excess-minutes', () => {
  it.each([
    [100, 0, '100 - 100'],
    [120, 0, 'below the minimum'],
    [99, 1, '1 / 15 rounded up'],
    [85, 1, 'exactly 15'],
    [84, 2, '16 / 15 rounded up'],
    [0, 7, '100 / 15 = 6.67'],
  ])('charges 100 credited minutes above a minimum of %i with %i units: %s', (min, expected) => {
    expect(excessMinutes(contextOf(programWith(least(min)), TWO))).toBe(expected);
  });

  it('counts credited minutes, of joint and group sessions too', () => {
    const sessions = [
      visit('check', '2026-10-05T09:00-04:00', ['a']),
      visit('joint', '2026-10-06T10:00-04:00', ['a', 'b']),
      visit('grp', '2026-10-07T10:00-04:00', ['a', 'b']),
    ];
    // 0 + 50 + 60 = 110; 110 - 80 = 30. b has no policy.
    expect(excessMinutes(contextOf(programWith(least(80)), sessions))).toBe(2);
  });

  it('asks nothing of partners without a policy', () => {
    const sessions = TWO.map((each) => ({ ...each, attendees: ['b'] }));
    expect(excessMinutes(contextOf(programWith(least(0)), sessions))).toBe(0);
  });

  it('rounds each week by itself, with the phase in force', () => {
    const policy = { ...least(40), phases: [{ fromWeek: 2, ...least(20) }] };
    // Week 1: 50 - 40 = 10 (1). Week 2: 50 - 20 = 30 (2).
    const sessions = ind('2026-10-05', '2026-10-12');
    expect(excessMinutes(contextOf(programWith(policy, {}, { horizon: { weeks: 2 } }), sessions))).toBe(3);
  });

  it('looks at single weeks also where hours are averaged over more', () => {
    // 100 and 0 against 50 a week: the block is met exactly, week 1 is 50 above.
    const program = programWith({ ...least(50), averageWeeks: 2 }, {}, { horizon: { weeks: 2 } });
    expect(excessMinutes(contextOf(program, TWO))).toBe(4);
  });

  it('leaves out weeks that the stay or the horizon cuts', () => {
    expect(excessMinutes(contextOf(programWith(least(0), { stay: { from: '2026-10-05', to: '2026-10-11' } }), TWO))).toBe(7);
    expect(excessMinutes(contextOf(programWith(least(0), { stay: { from: '2026-10-05', to: '2026-10-10' } }), TWO))).toBe(0);
    expect(excessMinutes(contextOf(programWith(least(0), { stay: { from: '2026-10-06' } }), TWO.slice(1)))).toBe(0);
    // Weeks from Wednesday: the horizon's dates lie in two partial weeks.
    expect(excessMinutes(contextOf(programWith(least(0), {}, { horizon: { weekStart: 'wed' } }), TWO))).toBe(0);
    // Over two weeks of dates, the middle one (2026-10-07 to 10-13) is full: 50 - 0.
    const middle = ind('2026-10-05', '2026-10-08', '2026-10-14');
    expect(excessMinutes(contextOf(programWith(least(0), {}, { horizon: { weekStart: 'wed', weeks: 2 } }), middle))).toBe(4);
  });

  it('takes a week with a closure as full', () => {
    const closures = [{ from: '2026-10-08', to: '2026-10-11' }];
    expect(excessMinutes(contextOf(programWith(least(70), {}, { horizon: { closures } }), TWO))).toBe(2);
  });

  it('credits nothing for missed sessions', () => {
    const bookings = [
      bookingOf('missed', 'ind', '2026-10-05T10:00-04:00', ['a'], { state: 'missed' }),
      bookingOf('half', 'joint', '2026-10-06T10:00-04:00', ['a', 'b'], { missedBy: ['a'] }),
      bookingOf('delivered', 'ind', '2026-10-07T10:00-04:00', ['a']),
    ];
    const sessions = bookings.map((each) => visit(each.service, each.start, each.attendees, { booking: each.id }));
    expect(excessMinutes(contextOf(programWith(least(20), {}, { bookings }), sessions))).toBe(2);
  });

  it('takes the week from the partner local date', () => {
    // Sunday 2026-10-11 11:30 in New York is Monday 00:30 in Tokyo, after the one week of the horizon.
    const late = visit('ind', '2026-10-11T11:30-04:00', ['a']);
    const stay = { stay: { from: '2026-09-28', to: '2026-12-31' } };
    expect(excessMinutes(contextOf(programWith(least(0), stay), [late]))).toBe(4);
    expect(excessMinutes(contextOf(programWith(least(0), { ...stay, locations: TOKYO }), [late]))).toBe(0);
  });

  it('counts a booking before the horizon that lies in a full week of a partner whose clock is ahead', () => {
    // Sunday 2026-10-04 20:00 in New York, before the horizon, is Monday 09:00 in Tokyo: 50 + 50 - 70 = 30.
    const bookings = [bookingOf('h', 'ind', '2026-10-04T20:00-04:00', ['a'])];
    const program = programWith(least(70), { stay: { from: '2026-09-28' }, locations: TOKYO }, { bookings });
    expect(excessMinutes(contextOf(program, ind('2026-10-06')))).toBe(2);
  });
});
