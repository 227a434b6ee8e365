import { describe, expect, it } from 'vitest';
import type { ParsedPartner } from '../../../../src/domain/person.ts';
import type { ParsedPolicy } from '../../../../src/domain/policy.ts';
import type { ParsedProgram } from '../../../../src/domain/program.ts';
import { fewDays as fewDaysSteps } from '../../../../src/verify/rules/few-days.ts';
import { bookingOf, contextOf, coupleOf, partnerOf, policyOf, programOf, visit, whole } from '../../../support/soft-fixtures.ts';

const fewDays = whole(fewDaysSteps);

type Over = Partial<Omit<ParsedProgram, 'horizon'>> & { horizon?: object };

function programWith(policy: Partial<ParsedPolicy>, a: Partial<ParsedPartner> = {}, over: Over = {}): ParsedProgram {
  const couple = coupleOf(partnerOf('a', { policy: 'policy', ...a }), partnerOf('b'));
  return programOf({ policies: [policyOf(policy)], couples: [couple], ...over });
}

const days = (min?: number) => ({ serviceDays: { ...(min !== undefined && { min }), minutes: 60, lesser: 'allowed' as const } });
const on = (date: string, who = ['a'], service = 'ind') => visit(service, `${date}T10:00-04:00`, who);
const ALL_WEEK = ['2026-10-05', '2026-10-06', '2026-10-07', '2026-10-08', '2026-10-09'];

describe('few-days', () => {
  it('counts dates with sessions above the least number of service days', () => {
    const sessions = ALL_WEEK.map((date) => on(date));
    expect(fewDays(contextOf(programWith(days(5)), sessions))).toBe(0);
    expect(fewDays(contextOf(programWith(days(3)), sessions))).toBe(2);
    expect(fewDays(contextOf(programWith(days(6)), sessions))).toBe(0);
  });

  it('takes 1 where the rules name none, and where there is no policy', () => {
    const sessions = ALL_WEEK.map((date) => on(date));
    expect(fewDays(contextOf(programWith(days()), sessions))).toBe(4);
    expect(fewDays(contextOf(programWith({}), sessions))).toBe(4);
    expect(fewDays(contextOf(programWith({}), [on('2026-10-05')]))).toBe(0);
    expect(fewDays(contextOf(programWith({}), []))).toBe(0);
    const ofB = ALL_WEEK.map((date) => on(date, ['b']));
    expect(fewDays(contextOf(programWith(days(5)), ofB))).toBe(4);
  });

  it('counts a date once, also below the minutes of a service day, and joint sessions for both', () => {
    const sessions = [on('2026-10-05'), visit('check', '2026-10-05T15:00-04:00', ['a']), on('2026-10-06', ['a'], 'check')];
    const joint = [on('2026-10-07', ['a', 'b'], 'joint'), on('2026-10-08', ['a', 'b'], 'joint')];
    // a: 5th, 6th, 7th, 8th: 4 - 2 = 2. b: 7th, 8th: 2 - 1 = 1.
    expect(fewDays(contextOf(programWith(days(2)), [...sessions, ...joint]))).toBe(3);
  });

  it('looks at each week, with the phase in force in that week of care', () => {
    const policy = { ...days(4), phases: [{ fromWeek: 2, toWeek: 2, ...days(2) }] };
    // Monday to Thursday of three weeks.
    const sessions = ['05', '06', '07', '08', '12', '13', '14', '15', '19', '20', '21', '22'].map((day) => on(`2026-10-${day}`));
    // Weeks 1 and 3: 4 - 4; week 2: 4 - 2.
    expect(fewDays(contextOf(programWith(policy, {}, { horizon: { weeks: 3 } }), sessions))).toBe(2);
    // The stay began two weeks before: weeks of care 3, 4, 5 have no phase.
    expect(fewDays(contextOf(programWith(policy, { stay: { from: '2026-09-21' } }, { horizon: { weeks: 3 } }), sessions))).toBe(0);
  });

  it('falls back to 1 in a phase whose service days name no least number', () => {
    const policy = { ...days(4), phases: [{ fromWeek: 1, ...days() }] };
    const sessions = ALL_WEEK.slice(0, 3).map((date) => on(date));
    expect(fewDays(contextOf(programWith(policy), sessions))).toBe(2);
  });

  it('does not prorate in a partial week', () => {
    // The stay begins on Thursday; three dates, none above 3.
    const sessions = ['2026-10-08', '2026-10-09', '2026-10-10'].map((date) => on(date));
    expect(fewDays(contextOf(programWith({ ...days(3), partialWeeks: 'prorate' }, { stay: { from: '2026-10-08' } }), sessions))).toBe(0);
  });

  it('counts the dates of bookings in a week that the start of the horizon cuts', () => {
    // Weeks from Thursday: 2026-10-01 to 10-07 is week 1; the horizon starts on its Monday.
    const bookings = [
      bookingOf('h0', 'ind', '2026-09-30T10:00-04:00', ['a']),
      bookingOf('h1', 'ind', '2026-10-01T10:00-04:00', ['a']),
      bookingOf('h2', 'ind', '2026-10-02T10:00-04:00', ['a']),
      bookingOf('h3', 'ind', '2026-10-03T10:00-04:00', ['a'], { state: 'missed' }),
    ];
    const program = programWith(days(2), { stay: { from: '2026-09-21' } }, { bookings, horizon: { weekStart: 'thu' } });
    // 1st, 2nd and 5th: 3 - 2. The missed one and the one of the week before do not count.
    expect(fewDays(contextOf(program, [on('2026-10-05')]))).toBe(1);
  });

  it('takes the week from the partner local date', () => {
    // Monday 2026-10-12 00:30 in New York is Sunday in Phoenix, in week 1.
    const phoenix = { locations: [{ zone: 'America/Phoenix', state: 'AZ' }] };
    const sessions = [on('2026-10-05'), visit('ind', '2026-10-12T00:30-04:00', ['a'])];
    expect(fewDays(contextOf(programWith({}, phoenix, { horizon: { weeks: 2 } }), sessions))).toBe(1);
    expect(fewDays(contextOf(programWith({}, {}, { horizon: { weeks: 2 } }), sessions))).toBe(0);
  });
});
