import { describe, expect, it } from 'vitest';
import type { Window } from '../../../../src/domain/common.ts';
import type { Location } from '../../../../src/domain/person.ts';
import type { Session } from '../../../../src/domain/plan.ts';
import { preferredTimes as preferredTimesSteps } from '../../../../src/verify/rules/preferred-times.ts';
import {
  bookingOf,
  contextOf,
  coupleOf,
  NEW_YORK,
  partnerOf,
  PHOENIX,
  programOf,
  TOKYO,
  visit,
  whole,
} from '../../../support/soft-fixtures.ts';

const preferredTimes = whole(preferredTimesSteps);

/** Units where `a` prefers `times`; 2026-10-05 is a Monday. */
function units(times: Window[], sessions: Session[], locations: Location[] = NEW_YORK): number {
  const a = partnerOf('a', { locations, prefers: { attributes: [], times } });
  return preferredTimes(contextOf(programOf({ couples: [coupleOf(a, partnerOf('b'))], horizon: { weeks: 5 } }), sessions));
}

const monday = (start: string, service = 'ind') => visit(service, `2026-10-05T${start}-04:00`, service === 'joint' ? ['a', 'b'] : ['a']);
const NINE_TO_TWELVE: Window[] = [{ days: ['mon'], start: '09:00', end: '12:00' }];

describe('preferred-times', () => {
  it.each([
    ['09:00', 0, 'starts with the window'],
    ['11:10', 0, 'ends with it: 11:10 + 50 = 12:00'],
    ['11:11', 1, '1 minute after its end: 1 / 15 rounded up'],
    ['11:25', 1, '11:25 + 50 = 12:15: exactly 15'],
    ['11:26', 2, '16 / 15 rounded up'],
    ['08:45', 1, 'exactly 15 before its start'],
    ['08:44', 2, '16 before its start'],
    ['08:00', 4, 'ends before the window begins: 60 / 15'],
    ['15:10', 16, 'ends 16:00: 240 / 15'],
    ['15:11', 16, '241 / 15 rounded up is 17: at most 16'],
    ['23:00', 16, 'far off: at most 16'],
  ])('charges a session at %s %i units: %s', (start, expected) => {
    expect(units(NINE_TO_TWELVE, [monday(start)])).toBe(expected);
  });

  it('adds what sticks out before the window and after it', () => {
    // 10:00-10:50 against 10:05-10:40: 5 before + 10 after = 15.
    expect(units([{ start: '10:05', end: '10:40' }], [monday('10:00')])).toBe(1);
    // 10:00-10:50 against 10:05-10:39: 5 + 11 = 16.
    expect(units([{ start: '10:05', end: '10:39' }], [monday('10:00')])).toBe(2);
  });

  it('takes the nearest window of the day, each by itself', () => {
    const times = [
      { start: '06:00', end: '09:00' },
      { start: '14:00', end: '15:00' },
    ];
    // 12:00-12:50: 230 after 09:00 -> 16; 120 before 14:00 -> 8.
    expect(units(times, [monday('12:00')])).toBe(8);
    // 11:30-12:20 over 09:00-12:00 and 12:00-13:00, which adjoin: 20 after the first, 30 before the second.
    expect(units([...NINE_TO_TWELVE, { start: '12:00', end: '13:00' }], [monday('11:30')])).toBe(2);
  });

  it('charges 16 on a date without a window', () => {
    const tuesday = visit('ind', '2026-10-06T10:00-04:00', ['a']);
    expect(units(NINE_TO_TWELVE, [tuesday])).toBe(16);
    expect(units([], [tuesday])).toBe(16);
  });

  it('lets a window that crosses midnight serve both of its dates', () => {
    const night: Window[] = [{ days: ['mon'], start: '22:00', end: '02:00' }];
    const tuesday = (start: string) => visit('ind', `2026-10-06T${start}-04:00`, ['a']);
    expect(units(night, [monday('23:30')])).toBe(0);
    expect(units(night, [tuesday('01:10')])).toBe(0);
    // 01:25-02:15: 15 after its end.
    expect(units(night, [tuesday('01:25')])).toBe(1);
    // Tuesday has no other window, so an evening there is measured from Tuesday 02:00, and a Wednesday has none at all.
    expect(units(night, [tuesday('22:30')])).toBe(16);
    expect(units(night, [visit('ind', '2026-10-07T00:30-04:00', ['a'])])).toBe(16);
    // Monday 01:00: Sunday has no window; 22:00 is 21 hours off.
    expect(units(night, [monday('01:00')])).toBe(16);
  });

  it('does not count a window of the day before that ends at midnight', () => {
    const evening: Window[] = [{ days: ['mon'], start: '20:00', end: '24:00' }];
    // Tuesday 00:00-00:50 has no window (16), although Monday's ends 50 minutes (4) before the session does.
    expect(units(evening, [visit('ind', '2026-10-06T00:00-04:00', ['a'])])).toBe(16);
  });

  it('measures a session that runs past midnight by the windows of its start date', () => {
    const times: Window[] = [
      { days: ['mon'], start: '20:00', end: '24:00' },
      { days: ['tue'], start: '00:00', end: '03:00' },
    ];
    // 23:40-00:30: 30 after Monday's 24:00; Tuesday's window is not of that weekday.
    expect(units(times, [monday('23:40')])).toBe(2);
  });

  it('reads the windows on the attendee own clock', () => {
    // 10:00 in New York is 07:00 in Phoenix: 120 before 09:00.
    expect(units(NINE_TO_TWELVE, [monday('10:00')], PHOENIX)).toBe(8);
    // Monday 20:00 in New York is Tuesday 09:00 in Tokyo.
    expect(units([{ days: ['tue'], start: '09:00', end: '12:00' }], [monday('20:00')], TOKYO)).toBe(0);
    expect(units(NINE_TO_TWELVE, [monday('20:00')], TOKYO)).toBe(16);
  });

  it('takes the zone of the location in force at the start of the session', () => {
    // In Phoenix from its midnight of Tuesday 2026-10-06, which is 03:00 in New York.
    const trip: Location[] = [NEW_YORK[0]!, { from: '2026-10-06', zone: 'America/Phoenix', state: 'AZ' }];
    const times = [{ start: '09:00', end: '12:00' }];
    // 10:00 in New York on Monday: inside. 10:00 there on Tuesday is 07:00 in Phoenix: 120 before 09:00.
    expect(units(times, [monday('10:00'), visit('ind', '2026-10-06T10:00-04:00', ['a'])], trip)).toBe(8);
  });

  it('follows the clocks over a change of offset', () => {
    // From Sunday 2026-11-01 on New York is 5 hours behind UTC. 14:00Z: 10:00 on Monday 2026-10-26, 09:00 on Monday 2026-11-02.
    const times: Window[] = [{ days: ['mon'], start: '10:00', end: '12:00' }];
    expect(units(times, [visit('ind', '2026-10-26T14:00Z', ['a'])])).toBe(0);
    expect(units(times, [visit('ind', '2026-11-02T14:00Z', ['a'])])).toBe(4);
  });

  it('counts each attendee who prefers times, whatever the service', () => {
    const times = [{ start: '09:00', end: '12:00' }];
    const a = partnerOf('a', { prefers: { attributes: [], times } });
    const b = partnerOf('b', { locations: PHOENIX, prefers: { attributes: [], times } });
    const sessions = [visit('joint', '2026-10-05T08:00-04:00', ['a', 'b']), visit('grp', '2026-10-06T12:00-04:00', ['a', 'b'])];
    // Joint: 60 before a's 09:00 (4); 05:00 in Phoenix is 240 before b's (16). Group 12:00-13:00: 60 after a's end (4); 09:00 in Phoenix: 0.
    expect(preferredTimes(contextOf(programOf({ couples: [coupleOf(a, b)] }), sessions))).toBe(24);
  });

  it('leaves out who was absent, missed bookings and those before the horizon', () => {
    const times = NINE_TO_TWELVE;
    const a = partnerOf('a', { stay: { from: '2026-09-28' }, prefers: { attributes: [], times } });
    const b = partnerOf('b', { stay: { from: '2026-09-28' }, prefers: { attributes: [], times } });
    const bookings = [
      bookingOf('before', 'ind', '2026-09-29T10:00-04:00', ['a']),
      bookingOf('missed', 'ind', '2026-10-06T10:00-04:00', ['a'], { state: 'missed' }),
      bookingOf('half', 'joint', '2026-10-07T10:00-04:00', ['a', 'b'], { missedBy: ['b'] }),
    ];
    const sessions = bookings.slice(1).map((each) => visit(each.service, each.start, each.attendees, { booking: each.id }));
    // Only a at the joint session, on a Wednesday without windows.
    expect(preferredTimes(contextOf(programOf({ couples: [coupleOf(a, b)], bookings }), sessions))).toBe(16);
  });
});
