import { describe, expect, it } from 'vitest';
import type { ParsedCouple } from '../../../../src/domain/couple.ts';
import type { ParsedProgram } from '../../../../src/domain/program.ts';
import type { Session } from '../../../../src/domain/plan.ts';
import { together as togetherSteps } from '../../../../src/verify/rules/together.ts';
import { bookingOf, contextOf, coupleOf, partnerOf, PHOENIX, programOf, visit, whole } from '../../../support/soft-fixtures.ts';

const together = whole(togetherSteps);

function programWith(wish: ParsedCouple['together'], over: Partial<ParsedProgram> = {}): ParsedProgram {
  const couple = coupleOf(partnerOf('a'), partnerOf('b', { locations: PHOENIX }), wish === undefined ? {} : { together: wish });
  return programOf({ couples: [couple], ...over });
}

const units = (wish: ParsedCouple['together'], sessions: Session[]) => together(contextOf(programWith(wish), sessions));
const ind = (who: string, start: string) => visit('ind', `2026-10-05T${start}-04:00`, [who]);
const grp = (who: string[], start: string) => visit('grp', `2026-10-05T${start}-04:00`, who);
const joint = (start: string) => visit('joint', `2026-10-05T${start}-04:00`, ['a', 'b']);

describe('together: simultaneous', () => {
  it('costs nothing where both have their individual sessions at once', () => {
    expect(units('simultaneous', [ind('a', '10:00'), ind('b', '10:00')])).toBe(0);
  });

  it('counts the minutes of either partner alone, summed before they are rounded', () => {
    // a 10:00-10:50, b 10:05-10:55: a alone 5, b alone 5: 10 / 15 rounded up, not 1 + 1.
    expect(units('simultaneous', [ind('a', '10:00'), ind('b', '10:05')])).toBe(1);
    // 8 + 8 = 16 / 15 rounded up.
    expect(units('simultaneous', [ind('a', '10:00'), ind('b', '10:08')])).toBe(2);
    // b 10:15-11:05: 15 + 15 = 30.
    expect(units('simultaneous', [ind('a', '10:00'), ind('b', '10:15')])).toBe(2);
    // Back to back: 50 + 50 = 100 / 15 = 6.67.
    expect(units('simultaneous', [ind('a', '10:00'), ind('b', '10:50')])).toBe(7);
  });

  it('takes any session of the other, and counts individual ones alone', () => {
    // a's individual session lies inside b's group, which itself costs nothing.
    expect(units('simultaneous', [ind('a', '10:05'), grp(['b'], '10:00')])).toBe(0);
    expect(units('simultaneous', [grp(['b'], '10:00'), joint('12:00')])).toBe(0);
    // a 10:00-10:50, b in a check 10:00-10:20: a alone 30.
    expect(units('simultaneous', [ind('a', '10:00'), visit('check', '2026-10-05T10:00-04:00', ['b'])])).toBe(2);
  });

  it('rounds each date by itself', () => {
    // Monday 50 / 15 = 4 (3.33), Tuesday 50 / 15 = 4; together 100 / 15 would be 7.
    expect(units('simultaneous', [ind('a', '10:00'), visit('ind', '2026-10-06T10:00-04:00', ['b'])])).toBe(8);
  });

  it('splits a session at midnight of the horizon zone', () => {
    // 23:45-00:35 in New York: 15 on Monday (1), 35 on Tuesday (3, 2.33); 50 on one date would be 4 as well.
    expect(units('simultaneous', [ind('a', '23:45')])).toBe(4);
    // 23:44-00:34: 16 (2) and 34 (3).
    expect(units('simultaneous', [ind('a', '23:44')])).toBe(5);
    // Midnight in Phoenix is no midnight of the horizon: 02:44-03:34 in New York, 50 (4).
    expect(units('simultaneous', [visit('ind', '2026-10-06T02:44-04:00', ['b'])])).toBe(4);
  });

  it('leaves missed and absent sessions out on both sides', () => {
    const bookings = [
      bookingOf('missed', 'ind', '2026-10-05T10:00-04:00', ['b'], { state: 'missed' }),
      bookingOf('half', 'grp', '2026-10-05T12:00-04:00', ['a', 'b'], { missedBy: ['b'] }),
    ];
    const facts = bookings.map((each) => visit(each.service, each.start, each.attendees, { booking: each.id }));
    // a's 10:00 has only the missed one beside it: 50 (4). b's 12:05-12:55 lies beside a's group. The missed one itself: 0.
    const sessions = [...facts, ind('a', '10:00'), ind('b', '13:05')];
    // b's 13:05-13:55 is alone: with 50 + 50 = 100 on the date: 7.
    expect(together(contextOf(programWith('simultaneous', { bookings }), sessions))).toBe(7);
  });
});

describe('together: staggered', () => {
  it('counts the minutes in which both are in separate sessions', () => {
    expect(units('staggered', [ind('a', '10:00'), ind('b', '10:50')])).toBe(0);
    // 10:00-10:50 and 10:49-11:39 share one minute.
    expect(units('staggered', [ind('a', '10:00'), ind('b', '10:49')])).toBe(1);
    // 10:35-10:50: exactly 15; 10:34-10:50: 16.
    expect(units('staggered', [ind('a', '10:00'), ind('b', '10:35')])).toBe(1);
    expect(units('staggered', [ind('a', '10:00'), ind('b', '10:34')])).toBe(2);
  });

  it('counts groups against each other and against individual sessions, not the same session', () => {
    expect(units('staggered', [grp(['a', 'b'], '10:00'), joint('12:00')])).toBe(0);
    // Two meetings of 60 minutes at once: 4.
    const other = visit('grp', '2026-10-05T10:00-04:00', ['b'], { group: 'g2', with: ['t2'] });
    expect(units('staggered', [grp(['a'], '10:00'), other])).toBe(4);
    // a in the group 10:00-11:00, b in individual 10:30-11:20: 30.
    expect(units('staggered', [grp(['a'], '10:00'), ind('b', '10:30')])).toBe(2);
  });

  it('sums over a date and splits at its midnight', () => {
    // 8 minutes in the morning and 8 in the evening: 16 / 15 rounded up.
    const day = [ind('a', '10:00'), ind('b', '10:42'), ind('a', '18:00'), ind('b', '18:42')];
    expect(units('staggered', day)).toBe(2);
    // 23:30-00:20 and 23:40-00:30 share 23:40-00:20: 20 on Monday (2), 20 on Tuesday (2); 40 on one date would be 3.
    expect(units('staggered', [ind('a', '23:30'), ind('b', '23:40')])).toBe(4);
  });
});

describe('together: none', () => {
  it('asks nothing of couples without the wish, nor of clients', () => {
    const sessions = [ind('a', '10:00'), ind('b', '10:30'), ind('d', '10:00')];
    expect(together(contextOf(programWith(undefined, { clients: [partnerOf('d')] }), sessions))).toBe(0);
  });
});
