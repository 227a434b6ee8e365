import type { Authority, Therapist, TherapistLimits } from '../../src/domain/person.ts';
import { SERVICE_ID } from './care.ts';
import type { Draft, DraftTherapist, Planted } from './draft.ts';
import { drawPlace } from './places.ts';
import { availabilityAround } from './spans.ts';

/** The therapist with availability, authorities and limits around the sessions that it holds. */
export function writeTherapist(draft: Draft, therapist: DraftTherapist, sessions: readonly Planted[]): Therapist {
  const { random } = draft;
  const zone = therapist.place.zone;
  const kinds = new Set([...therapist.kinds, ...sessions.map((session) => session.kind)]);
  const blocked = drawBlocked(draft, sessions);
  const limits = limitsOf(draft, therapist, sessions);
  return {
    id: therapist.id,
    locations: [{ ...therapist.place }],
    availability: availabilityAround(draft, { sessions, zoneOf: () => zone, ...(random.chance(0.1) ? { zone } : {}) }),
    services: (['individual', 'joint', 'group'] as const).filter((kind) => kinds.has(kind)).map((kind) => SERVICE_ID[kind]),
    authorities: authoritiesOf(draft, therapist),
    ...(therapist.attributes.size === 0 ? {} : { attributes: [...therapist.attributes] }),
    ...(blocked === undefined ? {} : { blocked: [blocked] }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  };
}

function authoritiesOf(draft: Draft, therapist: DraftTherapist): Authority[] {
  const { random, shape, dates } = draft;
  const further = shape.tight ? [] : [...therapist.states, ...(random.chance(0.5) ? [drawPlace(random, draft.places).state] : [])];
  const states = [...new Set([therapist.place.state, ...therapist.needed.keys(), ...further])];
  return states.map((state) => {
    const needed = therapist.needed.get(state);
    if (needed === undefined || random.chance(shape.tight ? 0.3 : 0.8)) return { state };
    const slack = shape.tight ? 0 : random.below(40);
    const from = { from: dates.iso(needed.first - slack) };
    const to = { to: dates.iso(needed.last + slack) };
    return { state, ...random.pick([from, to, { ...from, ...to }]) };
  });
}

/** A partner whom the therapist never meets in the plan. */
function drawBlocked(draft: Draft, sessions: readonly Planted[]): string | undefined {
  const { random, couples } = draft;
  if (couples.length < 2 || !random.chance(0.1)) return undefined;
  const partner = random.pick(random.pick(couples).partners);
  return sessions.some((session) => session.attendees.includes(partner)) ? undefined : partner.id;
}

const BREAK_MINUTES = 15;

function limitsOf(draft: Draft, therapist: DraftTherapist, sessions: readonly Planted[]): TherapistLimits {
  const { random, shape, dates } = draft;
  const perDate = sums(sessions, (session) => session.date);
  const perWeek = sums(sessions, (session) => dates.weekOf(session.date));
  const most = (usual: number, planted: number): number => (shape.tight ? planted : Math.max(usual, planted));
  const caseload = new Set(sessions.filter(({ kind }) => kind !== 'group').map(({ couple, attendees }) => couple?.id ?? attendees[0]?.id))
    .size;
  const run = longestRun(draft, sessions);
  return {
    ...(random.chance(0.9) ? { dailyMinutes: most(360, Math.max(60, ...perDate)) } : {}),
    ...(random.chance(0.9) ? { weeklyMinutes: most(1500, Math.max(60, ...perWeek)) } : {}),
    ...(random.chance(0.5) ? { run: { minutes: Math.max(shape.tight ? 60 : 240, run), breakMinutes: BREAK_MINUTES } } : {}),
    ...(random.chance(0.8) ? { caseload: shape.tight ? Math.max(1, caseload) : Math.max(12, caseload + 2) } : {}),
  };
}

function sums(sessions: readonly Planted[], keyOf: (session: Planted) => number): number[] {
  const byKey = new Map<number, number>();
  for (const session of sessions) byKey.set(keyOf(session), (byKey.get(keyOf(session)) ?? 0) + session.end - session.start);
  return [...byKey.values()];
}

/** Most session minutes without a break of 15 minutes after a buffer. */
function longestRun(draft: Draft, sessions: readonly Planted[]): number {
  const buffer = draft.shape.format.bufferMinutes;
  let longest = 0;
  let run = 0;
  let before = -Infinity;
  for (const { start, end } of [...sessions].sort((a, b) => a.start - b.start)) {
    run = start < before + buffer + BREAK_MINUTES ? run + end - start : end - start;
    longest = Math.max(longest, run);
    before = end;
  }
  return longest;
}
