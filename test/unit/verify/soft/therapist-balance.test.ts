import { describe, expect, it } from 'vitest';
import type { Location, ParsedAvailability, ParsedTherapist } from '../../../../src/domain/person.ts';
import type { ParsedProgram } from '../../../../src/domain/program.ts';
import { therapistBalance as therapistBalanceSteps } from '../../../../src/verify/rules/therapist-balance.ts';
import { bookingOf, contextOf, NEW_YORK, programOf, therapistOf, TOKYO, visit, whole } from '../../../support/soft-fixtures.ts';

const therapistBalance = whole(therapistBalanceSteps);

type Over = Partial<Omit<ParsedProgram, 'horizon'>> & { horizon?: object };

/** Available 09:00 to `end` on Mondays: 17:20 makes 500 minutes. */
function mondays(end = '17:20', over: Partial<ParsedAvailability> = {}): ParsedAvailability {
  return { weekly: [{ days: ['mon'], start: '09:00', end }], exceptions: [], busy: [], ...over };
}

const programWith = (therapists: ParsedTherapist[], over: Over = {}) => programOf({ therapists, ...over });
const t1 = (availability: ParsedAvailability, locations: Location[] = NEW_YORK) => therapistOf('t1', { availability, locations });
const ind = (start: string, over: { with?: string[]; booking?: string } = {}) => visit('ind', start, ['a'], over);
const monday = (count: number) => Array.from({ length: count }, (_, n) => ind(`2026-10-05T${String(9 + n).padStart(2, '0')}:00-04:00`));

describe('therapist-balance', () => {
  it.each([
    [0, 0, '0 of 500'],
    [1, 1, '10 x 50 / 500 = 1'],
    [3, 9, '10 x 150 / 500 = 3'],
    [8, 64, '10 x 400 / 500 = 8'],
  ])('charges %i sessions of 50 in 500 minutes %i units: %s', (count, expected) => {
    expect(therapistBalance(contextOf(programWith([t1(mondays())]), monday(count)))).toBe(expected);
  });

  it('rounds tenths down before it squares', () => {
    // 10 x 100 / 510 = 1.96; 10 x 100 / 500 = 2.
    expect(therapistBalance(contextOf(programWith([t1(mondays('17:30'))]), monday(2)))).toBe(1);
    expect(therapistBalance(contextOf(programWith([t1(mondays())]), monday(2)))).toBe(4);
    // 10 x 50 / 510 is below 1.
    expect(therapistBalance(contextOf(programWith([t1(mondays('17:30'))]), monday(1)))).toBe(0);
  });

  it('makes two half-full therapists cheaper than a full and an empty one', () => {
    const two = [t1(mondays()), therapistOf('t2', { availability: mondays() })];
    const second = { with: ['t2'] };
    const shared = [ind('2026-10-05T09:00-04:00'), ind('2026-10-05T10:00-04:00', second), ind('2026-10-05T11:00-04:00')];
    // 2 x 2 + 1 x 1, against 3 x 3.
    expect(therapistBalance(contextOf(programWith(two), shared))).toBe(5);
    expect(therapistBalance(contextOf(programWith(two), monday(3)))).toBe(9);
  });

  it('takes busy times from what is available, and costs nothing where nothing is left', () => {
    const busy = [{ start: '2026-10-05T13:10-04:00', end: '2026-10-05T20:00-04:00' }];
    // 09:00-13:10 is 250: 10 x 50 / 250 = 2.
    expect(therapistBalance(contextOf(programWith([t1(mondays('17:20', { busy }))]), monday(1)))).toBe(4);
    const away = mondays('17:20', { exceptions: [{ date: '2026-10-05', windows: [] }] });
    expect(therapistBalance(contextOf(programWith([t1(away)]), monday(1)))).toBe(0);
  });

  it('counts clock minutes without buffers, of leaders too, but no missed sessions', () => {
    const bookings = [
      bookingOf('missed', 'ind', '2026-10-05T12:00-04:00', ['a'], { state: 'missed' }),
      bookingOf('delivered', 'check', '2026-10-05T15:00-04:00', ['a']),
    ];
    const facts = bookings.map((each) => visit(each.service, each.start, ['a'], { booking: each.id }));
    const sessions = [...facts, ind('2026-10-05T09:00-04:00'), visit('grp', '2026-10-05T10:00-04:00', ['a', 'b'])];
    // 20 + 50 + 60 = 130: 2.6 floored 2; with the missed one 180: 3.6.
    expect(therapistBalance(contextOf(programWith([t1(mondays())], { bookings }), sessions))).toBe(4);
  });

  it('takes each week by itself', () => {
    const program = programWith([t1(mondays())], { horizon: { weeks: 2 } });
    const second = ['2026-10-12T09:00-04:00', '2026-10-12T10:00-04:00'].map((start) => ind(start));
    // Week 1: 1 x 1; week 2: 2 x 2.
    expect(therapistBalance(contextOf(program, [...monday(1), ...second]))).toBe(5);
  });

  it('counts availability inside the horizon alone, in a partial week too', () => {
    // Weeks from Tuesday, dates 2026-10-05 to 10-11: Monday is alone in week 1, with its 500 minutes; the week's other dates are before the horizon.
    const daily: ParsedAvailability = { weekly: [{ start: '09:00', end: '17:20' }], exceptions: [], busy: [] };
    expect(therapistBalance(contextOf(programWith([t1(daily)], { horizon: { weekStart: 'tue' } }), monday(1)))).toBe(1);
    // A full week from Monday has 3500: 10 x 350 / 3500 = 1.
    const seven = Array.from({ length: 7 }, (_, n) => ind(`2026-10-05T${String(9 + n).padStart(2, '0')}:00-04:00`));
    expect(therapistBalance(contextOf(programWith([t1(daily)]), seven))).toBe(1);
    expect(therapistBalance(contextOf(programWith([t1(daily)]), seven.slice(1)))).toBe(0);
  });

  it('counts elapsed minutes where the clocks change in a window', () => {
    // 2026-11-01, 00:00-08:00 in New York lasts 9 hours, 540: 10 x 50 / 540 is below 1; in 480 it would be 1.
    const night: ParsedAvailability = { weekly: [{ days: ['sun'], start: '00:00', end: '08:00' }], exceptions: [], busy: [] };
    const session = [visit('ind', '2026-11-01T03:00-05:00', ['a'])];
    expect(therapistBalance(contextOf(programWith([t1(night)], { horizon: { start: '2026-10-26' } }), session))).toBe(0);
    const before = [visit('ind', '2026-10-25T03:00-04:00', ['a'])];
    expect(therapistBalance(contextOf(programWith([t1(night)], { horizon: { start: '2026-10-19' } }), before))).toBe(1);
  });

  it('cuts the weeks at the midnight of the therapist, within the horizon', () => {
    // Tokyo's Monday 2026-10-12 begins on Sunday 11:00 in New York; the horizon's second Monday at 13:00 in Tokyo.
    const tokyo: ParsedAvailability = { weekly: [{ days: ['mon'], start: '00:00', end: '05:00' }], exceptions: [], busy: [] };
    const program = programWith([t1(tokyo, TOKYO)], { horizon: { weeks: 2 } });
    // Sunday 11:30 in New York lies in week 2 of the therapist: 300 available there; in week 1 (Monday 2026-10-05 until 05:00 precedes the horizon) none.
    expect(therapistBalance(contextOf(program, [ind('2026-10-11T11:30-04:00')]))).toBe(1);
    // A window over Tokyo's midnight between the weeks: 180 minutes in week 1, 300 in week 2.
    const over: ParsedAvailability = { weekly: [{ days: ['sun'], start: '21:00', end: '05:00' }], exceptions: [], busy: [] };
    const both = [ind('2026-10-11T09:00-04:00'), ind('2026-10-11T12:00-04:00')];
    // Week 1: 10 x 50 / 180 = 2.8: 4. Week 2: these 300 and the 180 before the midnight that ends it: 10 x 50 / 480 = 1.04: 1.
    expect(therapistBalance(contextOf(programWith([t1(over, TOKYO)], { horizon: { weeks: 2 } }), both))).toBe(5);
  });

  it('follows a therapist who moves to another zone', () => {
    // In New York until Monday 2026-10-12 begins in Tokyo, Sunday 11:00 in New York. Available at all hours.
    const always: ParsedAvailability = { zone: 'UTC', weekly: [{ start: '00:00', end: '24:00' }], exceptions: [], busy: [] };
    const moving: Location[] = [NEW_YORK[0]!, { from: '2026-10-12', zone: 'Asia/Tokyo', state: 'JP' }];
    const grp = (start: string) => visit('grp', start, ['a']);
    const hours = Array.from({ length: 16 }, (_, n) => grp(new Date(Date.UTC(2026, 9, 5, 4 + n)).toISOString()));
    // Week 1 is 13 hours short: 10080 - 780 = 9300 minutes; 16 hours are 960: 10 x 960 / 9300 = 1.03. In 10080 they would be 0.95.
    expect(therapistBalance(contextOf(programWith([t1(always, moving)], { horizon: { weeks: 2 } }), hours))).toBe(1);
    expect(therapistBalance(contextOf(programWith([t1(always)], { horizon: { weeks: 2 } }), hours))).toBe(0);
  });

  it('goes back a week with a therapist who moves across the date line', () => {
    // Sunday 2026-10-11 10:00Z is Monday in Kiritimati (UTC+14); at 11:00Z Pago Pago's (UTC-11) Sunday begins, of week 1 again.
    const sundays: ParsedAvailability = {
      zone: 'UTC',
      weekly: [{ days: ['sun'], start: '10:00', end: '12:00' }],
      exceptions: [],
      busy: [],
    };
    const moving: Location[] = [
      { zone: 'Pacific/Kiritimati', state: 'KI' },
      { from: '2026-10-11', zone: 'Pacific/Pago_Pago', state: 'AS' },
    ];
    // 11:00Z-12:00Z are the 60 minutes of week 1: 10 x 50 / 60 = 8.3, squared 64.
    const program = programWith([t1(sundays, moving)], { horizon: { weeks: 2 } });
    expect(therapistBalance(contextOf(program, [ind('2026-10-11T11:05Z')]))).toBe(64);
  });
});
