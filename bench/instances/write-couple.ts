import type { Window } from '../../src/domain/common.ts';
import type { Couple, Household } from '../../src/domain/couple.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { wallFromMinutes } from '../../src/time/instant.ts';
import { jointCareOf } from './care.ts';
import type { Draft, DraftCouple } from './draft.ts';
import { joined, spanOf } from './spans.ts';
import { homeZone, writePartner } from './write-partner.ts';

export function writeCouple(draft: Draft, couple: DraftCouple, policies: readonly Policy[]): Couple {
  const [a, b] = couple.partners;
  const household = householdOf(draft, couple);
  const jointCare = jointCareOf(draft, couple);
  return {
    id: couple.id,
    partners: [writePartner(draft, a, policies), writePartner(draft, b, policies)],
    ...(jointCare.length === 0 ? {} : { jointCare }),
    jointWork: couple.gate,
    ...(Object.keys(household).length === 0 ? {} : { household }),
    ...(couple.together === undefined ? {} : { together: couple.together }),
    ...(couple.groups === 'any' ? {} : { groupsTogether: couple.groups }),
  };
}

function householdOf(draft: Draft, couple: DraftCouple): Household {
  const zone = homeZone(couple);
  return {
    ...(couple.oneRoom ? { privateRooms: 1 } : {}),
    ...(couple.childcare ? { childcare: { zone, covered: coveredTimes(draft, couple, zone) } } : {}),
  };
}

/** Hours that cover all minutes in which both partners are in session. */
function coveredTimes(draft: Draft, couple: DraftCouple, zone: string): Window[] {
  const { random, shape } = draft;
  const [a, b] = couple.partners;
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  return days.flatMap((day) => {
    const both = a.sessions.flat().flatMap((one) => {
      const others = draft.dates.nameOf(one.date) === day ? (b.sessions[one.date] ?? []) : [];
      const shared = others.map((other) => ({
        date: one.date,
        start: Math.max(one.start, other.start),
        end: Math.min(one.end, other.end),
      }));
      return shared.filter(({ start, end }) => start < end).map((slot) => spanOf(draft, zone, slot));
    });
    return joined(both).map(({ start, end }): Window => {
      const pad = shape.tight ? 0 : 15 * random.below(9);
      return { days: [day], start: wallFromMinutes(Math.max(0, start - pad)), end: wallFromMinutes(Math.min(1440, end + pad)) };
    });
  });
}
