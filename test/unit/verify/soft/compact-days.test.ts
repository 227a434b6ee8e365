import { describe, expect, it } from 'vitest';
import type { Session } from '../../../../src/domain/plan.ts';
import { compactDays as compactDaysSteps } from '../../../../src/verify/rules/compact-days.ts';
import { bookingOf, contextOf, coupleOf, partnerOf, PHOENIX, programOf, visit, whole } from '../../../support/soft-fixtures.ts';

const compactDays = whole(compactDaysSteps);

const program = programOf({ couples: [coupleOf(partnerOf('a'), partnerOf('b', { locations: PHOENIX }))] });
const units = (sessions: Session[]) => compactDays(contextOf(program, sessions));
const ind = (start: string, who = 'a') => visit('ind', `2026-10-05T${start}-04:00`, [who]);

describe('compact-days', () => {
  it.each([
    ['11:00', 0, '110 - 100 - 10'],
    ['10:50', 0, 'back to back: 100 - 100 - 10 is less than 0'],
    ['11:01', 1, '111 - 100 - 10 = 1'],
    ['11:15', 1, '125 - 100 - 10 = 15'],
    ['11:16', 2, '126 - 100 - 10 = 16'],
    ['16:00', 20, '410 - 100 - 10 = 300'],
  ])('charges a second session at %s %i units: %s', (start, expected) => {
    expect(units([ind('10:00'), ind(start)])).toBe(expected);
  });

  it('costs nothing for a date with one session or none', () => {
    expect(units([])).toBe(0);
    expect(units([ind('10:00'), visit('ind', '2026-10-06T18:00-04:00', ['a'])])).toBe(0);
  });

  it('allows a pause between each two of several sessions', () => {
    // 10:00-10:50, 11:00-11:50, 13:00-14:00 (group): 240 - 160 - 20 = 60.
    expect(units([ind('10:00'), ind('11:00'), visit('grp', '2026-10-05T13:00-04:00', ['a'])])).toBe(4);
  });

  it('counts each partner and date apart, joint and group sessions for both', () => {
    const joint = visit('joint', '2026-10-05T12:00-04:00', ['a', 'b']);
    // a: 10:00-12:50: 170 - 100 - 10 = 60 (4). b: 12:00-14:50 in New York: 170 - 100 - 10 = 60 (4).
    expect(units([ind('10:00'), joint, ind('14:00', 'b')])).toBe(8);
  });

  it('takes the local date of the start, also of a session that runs past midnight', () => {
    // New York's midnight lies between 22:00 and 01:00: two dates for a. In Phoenix it is 19:00 and 22:00 of one date: 230 - 100 - 10 = 120.
    const late = visit('ind', '2026-10-06T01:00-04:00', ['a']);
    expect(units([ind('22:00'), late])).toBe(0);
    expect(units([ind('22:00', 'b'), visit('ind', '2026-10-06T01:00-04:00', ['b'])])).toBe(8);
    // 23:40-00:30 belongs to Monday: 22:00-00:30: 150 - 100 - 10 = 40 (3).
    expect(units([ind('22:00'), ind('23:40')])).toBe(3);
  });

  it('counts elapsed minutes on a date on which the clocks change', () => {
    // 2026-11-01: 00:30 EDT is 04:30Z, 03:00 EST is 08:00Z: 260 - 100 - 10 = 150, though the clock shows 90 less.
    const november = programOf({ horizon: { start: '2026-10-26' } });
    const sessions = [visit('ind', '2026-11-01T00:30-04:00', ['a']), visit('ind', '2026-11-01T03:00-05:00', ['a'])];
    expect(compactDays(contextOf(november, sessions))).toBe(10);
  });

  it('leaves missed sessions out', () => {
    const bookings = [bookingOf('missed', 'ind', '2026-10-05T08:00-04:00', ['a'], { state: 'missed' })];
    const sessions = [visit('ind', '2026-10-05T08:00-04:00', ['a'], { booking: 'missed' }), ind('11:00')];
    expect(compactDays(contextOf({ ...program, bookings }, sessions))).toBe(0);
    // Delivered, it counts: 08:00-11:50: 230 - 100 - 10 = 120.
    const delivered = bookings.map((each) => ({ ...each, state: 'delivered' as const }));
    expect(compactDays(contextOf({ ...program, bookings: delivered }, sessions))).toBe(8);
  });
});
