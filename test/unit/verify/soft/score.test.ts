import { describe, expect, it } from 'vitest';
import { SOFT_RULES } from '../../../../src/domain/weights.ts';
import { scoreOf as scoreOfSteps } from '../../../../src/verify/score.ts';
import { bookingOf, contextOf, coupleOf, partnerOf, programOf, therapistOf, visit, whole } from '../../../support/soft-fixtures.ts';

const scoreOf = whole(scoreOfSteps);

describe('scoreOf', () => {
  const a = partnerOf('a', { prefers: { attributes: ['emdr'], times: [{ start: '09:00', end: '12:00' }] } });
  const bookings = [bookingOf('m', 'ind', '2026-10-09T10:00-04:00', ['b'], { state: 'movable' })];
  const program = programOf({
    therapists: [therapistOf('t1'), therapistOf('t2', { attributes: ['emdr'] })],
    couples: [coupleOf(a, partnerOf('b'), { together: 'staggered' })],
    bookings,
  });
  const sessions = [
    visit('ind', '2026-10-05T08:45-04:00', ['a']),
    visit('ind', '2026-10-05T08:45-04:00', ['b'], { with: ['t2'] }),
    visit('joint', '2026-10-06T10:00-04:00', ['a', 'b'], { with: ['t2'] }),
    visit('joint', '2026-10-09T10:00-04:00', ['a', 'b'], { with: ['t2'] }),
  ];

  it('weighs the units of each rule', () => {
    expect(scoreOf(contextOf(program, sessions))).toEqual({
      // 1 + 10 + 4 + 16 + 4 + 60
      total: 95,
      byRule: {
        // 15 before 09:00: 1 x 1.
        'preferred-times': 1,
        // t1 lacks emdr in ind, t2 has it in joint: 1 x 10.
        'preferred-attributes': 10,
        'continuity-preferred': 0,
        'same-slot': 0,
        // 50 minutes at once: 4 x 1.
        together: 4,
        'compact-days': 0,
        // 5th, 6th and 9th for both: (2 + 2) x 4.
        'few-days': 16,
        // 3 apart: 2 x 2.
        'joint-spacing': 4,
        'excess-minutes': 0,
        'therapist-balance': 0,
        // Cancelled: 3 x 20.
        'moved-session': 60,
      },
    });
  });

  it('uses the weights of the program', () => {
    const weights = { ...program.weights, together: 7, 'moved-session': 0 };
    const { total, byRule } = scoreOf(contextOf({ ...program, weights }, sessions));
    expect(byRule.together).toBe(28);
    expect(byRule['moved-session']).toBe(0);
    // 95 - 4 + 28 - 60
    expect(total).toBe(59);
  });

  it('lists every rule in the order of the contract, for an empty plan too', () => {
    const score = scoreOf(contextOf(programOf(), []));
    expect(Object.keys(score.byRule)).toEqual([...SOFT_RULES]);
    expect(score.total).toBe(0);
  });
});
