import { describe, expect, it } from 'vitest';
import type { ParsedProgram } from '../../../../src/domain/program.ts';
import { jointSpacing as jointSpacingSteps } from '../../../../src/verify/rules/joint-spacing.ts';
import { bookingOf, contextOf, coupleOf, partnerOf, PHOENIX, programOf, visit, whole } from '../../../support/soft-fixtures.ts';

const jointSpacing = whole(jointSpacingSteps);

const STAY = { stay: { from: '2026-09-01', to: '2026-12-31' } };

function programWith(over: Partial<ParsedProgram> = {}): ParsedProgram {
  const couple = coupleOf(partnerOf('a', { ...STAY, locations: PHOENIX }), partnerOf('b', { ...STAY, locations: PHOENIX }));
  return { ...programOf({ couples: [couple], horizon: { weeks: 5 } }), ...over };
}

const on = (date: string, service = 'joint', time = '10:00') => visit(service, `${date}T${time}-04:00`, ['a', 'b']);
const units = (dates: string[]) =>
  jointSpacing(
    contextOf(
      programWith(),
      dates.map((date) => on(date)),
    ),
  );

describe('joint-spacing', () => {
  it.each([
    ['2026-10-06', 4, '5 - 1'],
    ['2026-10-09', 1, '5 - 4'],
    ['2026-10-10', 0, '5 dates apart'],
    ['2026-10-12', 0, 'a week apart'],
    ['2026-10-14', 0, '9 dates apart'],
    ['2026-10-15', 1, '10 - 9'],
    ['2026-10-26', 12, '21 - 9'],
  ])('charges a session on %s after one on 2026-10-05 %i units: %s', (date, expected) => {
    expect(units(['2026-10-05', date])).toBe(expected);
  });

  it('costs nothing for one session or none', () => {
    expect(units([])).toBe(0);
    expect(units(['2026-10-20'])).toBe(0);
  });

  it('looks at each two that follow each other', () => {
    // 5th to 8th: 5 - 3 = 2; 8th to 19th: 11 - 9 = 2. The first and the last, 14 apart, do not follow each other.
    expect(units(['2026-10-05', '2026-10-08', '2026-10-19'])).toBe(4);
  });

  it('takes joint sessions of all services in one row, and two on one date as 0 apart', () => {
    const sessions = [on('2026-10-05'), on('2026-10-05', 'review', '15:00'), on('2026-10-12')];
    // 0 apart: 5; then 7 apart: 0.
    expect(jointSpacing(contextOf(programWith(), sessions))).toBe(5);
  });

  it('counts dates in the zone of the horizon', () => {
    // 23:30 on Monday and 00:30 on Saturday in New York are 5 dates apart; in Phoenix (20:30 Monday, 21:30 Friday) they would be 4.
    expect(jointSpacing(contextOf(programWith(), [on('2026-10-05', 'joint', '23:30'), on('2026-10-10', 'joint', '00:30')]))).toBe(0);
    // The other way round, 00:30 on Monday (21:30 Sunday in Phoenix) and 23:30 on Friday: 4.
    expect(jointSpacing(contextOf(programWith(), [on('2026-10-05', 'joint', '00:30'), on('2026-10-09', 'joint', '23:30')]))).toBe(1);
  });

  it('follows the last booking before the horizon, whose own gaps are not charged', () => {
    const bookings = ['2026-09-25', '2026-09-26', '2026-10-03'].map((date, index) =>
      bookingOf(`h${index}`, 'joint', `${date}T10:00-04:00`, ['a', 'b']),
    );
    expect(jointSpacing(contextOf(programWith({ bookings }), []))).toBe(0);
    // 2026-10-03 to 2026-10-05: 5 - 2.
    expect(jointSpacing(contextOf(programWith({ bookings }), [on('2026-10-05')]))).toBe(3);
  });

  it('passes over missed sessions, not over those that one partner missed', () => {
    const between = (over: object) => bookingOf('h', 'joint', '2026-10-08T10:00-04:00', ['a', 'b'], over);
    const sessions = [on('2026-10-05'), visit('joint', '2026-10-08T10:00-04:00', ['a', 'b'], { booking: 'h' }), on('2026-10-12')];
    // Missed: 5th to 12th, 0. Missed by one: 5 - 3 and 5 - 4.
    expect(jointSpacing(contextOf(programWith({ bookings: [between({ state: 'missed' })] }), sessions))).toBe(0);
    expect(jointSpacing(contextOf(programWith({ bookings: [between({ missedBy: ['b'] })] }), sessions))).toBe(3);
  });

  it('counts couples apart', () => {
    const second = coupleOf(partnerOf('d', STAY), partnerOf('e', STAY), { id: 'c2' });
    const program = programWith({ couples: [...programWith().couples, second] });
    const other = visit('joint', '2026-10-06T10:00-04:00', ['d', 'e'], { couple: 'c2' });
    expect(jointSpacing(contextOf(program, [on('2026-10-05'), other]))).toBe(0);
  });
});
