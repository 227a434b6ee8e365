import { describe, expect, it } from 'vitest';
import type { ParsedPartner } from '../../../../src/domain/person.ts';
import { preferredAttributes as preferredAttributesSteps } from '../../../../src/verify/rules/preferred-attributes.ts';
import { bookingOf, contextOf, coupleOf, partnerOf, programOf, therapistOf, visit, whole } from '../../../support/soft-fixtures.ts';

const preferredAttributes = whole(preferredAttributesSteps);

const THERAPISTS = [
  therapistOf('t1', { attributes: ['emdr', 'spanish'] }),
  therapistOf('t2', { attributes: ['emdr'] }),
  therapistOf('t3', { attributes: [] }),
];

function programWith(a: Partial<ParsedPartner>, b: Partial<ParsedPartner> = {}) {
  return programOf({ therapists: THERAPISTS, couples: [coupleOf(partnerOf('a', a), partnerOf('b', b))] });
}

const BOTH = { prefers: { attributes: ['emdr', 'spanish'] } };

describe('preferred-attributes', () => {
  it('counts what each therapist lacks, once a therapist', () => {
    const sessions = [
      visit('ind', '2026-10-05T10:00-04:00', ['a'], { with: ['t2'] }),
      visit('ind', '2026-10-06T10:00-04:00', ['a'], { with: ['t2'] }),
      visit('ind', '2026-10-07T10:00-04:00', ['a'], { with: ['t3'] }),
    ];
    // t2 lacks spanish (1, not 2, for two sessions); t3 lacks both (2).
    expect(preferredAttributes(contextOf(programWith(BOTH), sessions))).toBe(3);
  });

  it('costs nothing where the therapist has them all, or none are preferred', () => {
    const sessions = [
      visit('ind', '2026-10-05T10:00-04:00', ['a'], { with: ['t1'] }),
      visit('ind', '2026-10-05T10:00-04:00', ['b'], { with: ['t3'] }),
    ];
    expect(preferredAttributes(contextOf(programWith(BOTH), sessions))).toBe(0);
  });

  it('counts a therapist anew for each service and for each partner of a joint session', () => {
    const sessions = [
      visit('ind', '2026-10-05T10:00-04:00', ['a'], { with: ['t2'] }),
      visit('check', '2026-10-06T10:00-04:00', ['a'], { with: ['t2'] }),
      visit('joint', '2026-10-07T10:00-04:00', ['a', 'b'], { with: ['t2'] }),
    ];
    // a: t2 lacks spanish in ind, check and joint (3). b prefers emdr and trauma: t2 lacks trauma in joint (1).
    const program = programWith(BOTH, { prefers: { attributes: ['emdr', 'trauma'] } });
    expect(preferredAttributes(contextOf(program, sessions))).toBe(4);
  });

  it('leaves leaders of groups out', () => {
    const sessions = [visit('grp', '2026-10-05T10:00-04:00', ['a'], { with: ['t3'] })];
    expect(preferredAttributes(contextOf(programWith(BOTH), sessions))).toBe(0);
  });

  it('counts delivered sessions of the horizon, but neither missed ones nor those before it', () => {
    const bookings = [
      bookingOf('before', 'ind', '2026-10-02T10:00-04:00', ['a'], { with: ['t2'] }),
      bookingOf('missed', 'ind', '2026-10-05T10:00-04:00', ['a'], { with: ['t2'], state: 'missed' }),
      bookingOf('delivered', 'ind', '2026-10-06T10:00-04:00', ['a'], { with: ['t3'] }),
      bookingOf('half', 'joint', '2026-10-07T10:00-04:00', ['a', 'b'], { with: ['t3'], missedBy: ['a'] }),
    ];
    const sessions = bookings.slice(1).map((b) => visit(b.service, b.start, b.attendees, { with: b.therapists, booking: b.id }));
    const program = { ...programWith({ ...BOTH, stay: { from: '2026-09-28' } }, BOTH), bookings };
    // a: t3 in ind lacks both (2); the joint session that a missed is not a's. b: t3 in joint lacks both (2).
    expect(preferredAttributes(contextOf(program, sessions))).toBe(4);
  });
});
