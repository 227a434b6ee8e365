import { describe, expect, it } from 'vitest';
import type { ParsedProgram } from '../../../../src/domain/program.ts';
import { continuityPreferred as continuityPreferredSteps } from '../../../../src/verify/rules/continuity-preferred.ts';
import { bookingOf, careOf, contextOf, coupleOf, partnerOf, programOf, visit, whole } from '../../../support/soft-fixtures.ts';

const continuityPreferred = whole(continuityPreferredSteps);

const PREFERRED = { continuity: 'prefer' as const };
const ind = (day: number, therapist: string) => visit('ind', `2026-10-0${day}T10:00-04:00`, ['a'], { with: [therapist] });

function programWith(over: Partial<ParsedProgram> = {}): ParsedProgram {
  const care = [careOf('ind', PREFERRED), careOf('check'), careOf('grp', PREFERRED)];
  const couple = coupleOf(partnerOf('a', { care }), partnerOf('b', { care }), { jointCare: [careOf('joint', PREFERRED)] });
  return programOf({ couples: [couple], ...over });
}

describe('continuity-preferred', () => {
  it('counts sessions that are not with the most frequent therapist', () => {
    // t1 three times, t2 twice, t3 once: 6 - 3.
    const sessions = [ind(5, 't1'), ind(6, 't2'), ind(7, 't1'), ind(8, 't3'), ind(9, 't1')];
    const evening = visit('ind', '2026-10-09T18:00-04:00', ['a'], { with: ['t2'] });
    expect(continuityPreferred(contextOf(programWith(), [...sessions, evening]))).toBe(3);
    // Whoever comes first: t3 once, then t2 twice: 3 - 2.
    expect(continuityPreferred(contextOf(programWith(), [ind(5, 't3'), ind(6, 't2'), ind(7, 't2')]))).toBe(1);
  });

  it('costs nothing with one therapist, and one unit where two share two sessions', () => {
    expect(continuityPreferred(contextOf(programWith(), []))).toBe(0);
    expect(continuityPreferred(contextOf(programWith(), [ind(5, 't1'), ind(6, 't1')]))).toBe(0);
    expect(continuityPreferred(contextOf(programWith(), [ind(5, 't1'), ind(6, 't2')]))).toBe(1);
  });

  it('asks nothing of services without the preference', () => {
    const check = (day: number, therapist: string) => visit('check', `2026-10-0${day}T12:00-04:00`, ['a'], { with: [therapist] });
    expect(continuityPreferred(contextOf(programWith(), [check(5, 't1'), check(6, 't2')]))).toBe(0);
  });

  it('counts each partner, each service and the couple apart', () => {
    const sessions = [
      ind(5, 't1'),
      visit('ind', '2026-10-05T10:00-04:00', ['b'], { with: ['t2'] }),
      visit('check', '2026-10-06T10:00-04:00', ['a'], { with: ['t3'] }),
      visit('joint', '2026-10-07T10:00-04:00', ['a', 'b'], { with: ['t3'] }),
      visit('joint', '2026-10-08T10:00-04:00', ['a', 'b'], { with: ['t2'] }),
    ];
    // a's and b's individual sessions are one each; two joint sessions with two therapists: 2 - 1, once for the couple.
    expect(continuityPreferred(contextOf(programWith(), sessions))).toBe(1);
  });

  it('looks at the group, not at the leader, of group care', () => {
    const grp = (day: number, group: string, therapist: string) =>
      visit('grp', `2026-10-0${day}T10:00-04:00`, ['a'], { group, with: [therapist] });
    expect(continuityPreferred(contextOf(programWith(), [grp(5, 'g1', 't1'), grp(6, 'g1', 't2')]))).toBe(0);
    // g1 twice, g2 once: 3 - 2.
    expect(continuityPreferred(contextOf(programWith(), [grp(5, 'g1', 't1'), grp(6, 'g1', 't1'), grp(7, 'g2', 't1')]))).toBe(1);
  });

  it('counts delivered sessions; neither missed ones nor those before the horizon', () => {
    const bookings = [
      bookingOf('before', 'ind', '2026-10-01T10:00-04:00', ['a'], { with: ['t2'] }),
      bookingOf('delivered', 'ind', '2026-10-05T10:00-04:00', ['a'], { with: ['t3'] }),
      bookingOf('missed', 'ind', '2026-10-06T10:00-04:00', ['a'], { with: ['t2'], state: 'missed' }),
    ];
    const facts = bookings.slice(1).map((each) => visit('ind', each.start, ['a'], { with: each.therapists, booking: each.id }));
    // t3 once, t1 once: 2 - 1. With the missed one it would be 3 - 1, with the one before too 4 - 2.
    expect(continuityPreferred(contextOf(programWith({ bookings }), [...facts, ind(7, 't1')]))).toBe(1);
  });

  it('counts a joint session that one partner missed', () => {
    const bookings = [bookingOf('half', 'joint', '2026-10-05T10:00-04:00', ['a', 'b'], { with: ['t1'], missedBy: ['a'] })];
    const sessions = [
      visit('joint', '2026-10-05T10:00-04:00', ['a', 'b'], { with: ['t1'], booking: 'half' }),
      visit('joint', '2026-10-08T10:00-04:00', ['a', 'b'], { with: ['t2'] }),
    ];
    expect(continuityPreferred(contextOf(programWith({ bookings }), sessions))).toBe(1);
  });
});
