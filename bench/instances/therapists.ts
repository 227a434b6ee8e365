import type { ServiceKind } from '../../src/domain/service.ts';
import type { Random } from '../../src/kernel/random.ts';
import type { Dates } from './dates.ts';
import type { Draft, DraftTherapist } from './draft.ts';
import { drawPlace, type Place } from './places.ts';
import type { Shape } from './shape.ts';

export const ATTRIBUTES = ['trauma', 'emdr', 'spanish', 'lmft', 'lgbtq', 'veterans', 'substance-use', 'grief'] as const;

/** Two for individual care, one for couples and one for groups: what the smallest team needs. */
const FIRST_FOUR: readonly ServiceKind[][] = [['individual'], ['joint'], ['group', 'individual'], ['individual']];

export function drawTherapists(random: Random, shape: Shape, dates: Dates, states: Place[][]): DraftTherapist[] {
  return Array.from({ length: shape.therapists }, (_, index) => {
    const place = drawPlace(random, states);
    const others = random.between(0, Math.min(4, states.length - 1));
    return {
      id: `t-${String(index + 1).padStart(3, '0')}`,
      place,
      kinds: drawKinds(random, index),
      attributes: new Set(ATTRIBUTES.filter(() => random.chance(0.35))),
      states: new Set([place.state, ...Array.from({ length: others }, () => drawPlace(random, states).state)]),
      needed: new Map(),
      served: new Set(),
      taken: [],
      minutesOfDate: new Uint16Array(dates.count),
      minutesOfWeek: new Uint16Array(dates.weeks),
    };
  });
}

function drawKinds(random: Random, index: number): Set<ServiceKind> {
  const first = FIRST_FOUR[index];
  if (first !== undefined) return new Set(first);
  const kinds = (['individual', 'joint', 'group'] as const).filter((kind) =>
    random.chance({ individual: 0.8, joint: 0.45, group: 0.65 }[kind]),
  );
  return new Set(kinds.length > 0 ? kinds : ['individual', 'joint']);
}

const SAMPLE = 14;

/** Therapists to ask first: with time left, and an authority in the states already. At most a few of a large team. */
export function therapistsFor(
  draft: Draft,
  kind: ServiceKind,
  states: readonly string[],
  without: readonly DraftTherapist[],
): DraftTherapist[] {
  const { random, therapists } = draft;
  const asked = therapists.length <= SAMPLE ? therapists : Array.from({ length: SAMPLE }, () => random.pick(therapists));
  const ranked = new Map<DraftTherapist, number>();
  for (const therapist of asked) {
    if (!therapist.kinds.has(kind) || without.includes(therapist)) continue;
    const unlicensed = states.filter((state) => !therapist.states.has(state) && !therapist.needed.has(state)).length;
    const load = (therapist.minutesOfWeek.reduce((sum, minutes) => sum + minutes, 0) / draft.dates.weeks / 1500) * 2;
    const caseload = therapist.served.size / 14;
    ranked.set(therapist, unlicensed * 0.6 + load + caseload + random.unit() * 0.5);
  }
  return [...ranked].sort((a, b) => a[1] - b[1]).map(([therapist]) => therapist);
}
