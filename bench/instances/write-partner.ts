import type { Authorization, Location, Partner } from '../../src/domain/person.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { careOf, SERVICE_ID, weeksOf } from './care.ts';
import type { Draft, DraftCouple, DraftPartner, Planted } from './draft.ts';
import { policyFor } from './policies.ts';
import { availabilityAround } from './spans.ts';
import { ATTRIBUTES } from './therapists.ts';

/** The partner with availability, care, policy and authorizations around the planted sessions. */
export function writePartner(draft: Draft, partner: DraftPartner, policies: readonly Policy[]): Partner {
  const { random, dates } = draft;
  const home = partner.locations[0]?.place.zone ?? '';
  const everywhere = random.chance(0.25);
  const zoneOf = (date: number): string => (everywhere ? home : zoneOn(partner, date));
  const weeks = weeksOf(draft, partner);
  const care = careOf(draft, partner, weeks);
  const policy = policyFor(draft, partner, policies, weeks, care);
  const required = requirement(draft, partner);
  const authorizations = partner.patient && random.chance(0.3) ? authorizationsOf(draft, partner) : [];
  const { from, to } = partner.stay ?? {};
  const stay = { ...(from === undefined ? {} : { from: dates.iso(from) }), ...(to === undefined ? {} : { to: dates.iso(to) }) };
  return {
    id: partner.id,
    locations: partner.locations.map((location, index): Location => ({
      ...(index === 0 ? {} : { from: dates.iso(location.from) }),
      ...location.place,
    })),
    availability: availabilityAround(draft, { sessions: partner.sessions.flat(), zoneOf, ...(everywhere ? { zone: home } : {}) }),
    ...(partner.stay === undefined ? {} : { stay }),
    ...(policy === undefined ? {} : { policy }),
    care,
    ...(required === undefined ? {} : { requires: [required] }),
    ...preferences(draft),
    ...(authorizations.length === 0 ? {} : { authorizations }),
  };
}

function zoneOn(partner: DraftPartner, date: number): string {
  const reached = partner.locations.filter(({ from }, index) => index === 0 || from <= date);
  return reached.at(-1)?.place.zone ?? '';
}

/** An attribute that all therapists of the partner's individual and joint sessions have. */
function requirement(draft: Draft, partner: DraftPartner): string | undefined {
  const { random, shape } = draft;
  if (!random.chance(shape.tight ? 0.4 : 0.2)) return undefined;
  const therapists = new Set(partner.sessions.flat().flatMap((session) => (session.kind === 'group' ? [] : session.therapists)));
  const common = ATTRIBUTES.filter((attribute) => [...therapists].every((therapist) => therapist.attributes.has(attribute)));
  return therapists.size === 0 || common.length === 0 ? undefined : random.pick(common);
}

function preferences(draft: Draft): Pick<Partner, 'prefers'> {
  const { random } = draft;
  const attributes = random.chance(0.3) ? { attributes: [random.pick(ATTRIBUTES)] } : {};
  const [start, end] = random.pick([
    ['08:00', '12:00'],
    ['12:00', '17:00'],
    ['17:00', '21:00'],
  ] as const);
  const days = random.chance(0.5) ? { days: ['mon', 'tue', 'wed', 'thu'] as ('mon' | 'tue' | 'wed' | 'thu')[] } : {};
  const times = random.chance(0.35) ? { times: [{ ...days, start, end }] } : {};
  const prefers = { ...attributes, ...times };
  return Object.keys(prefers).length === 0 ? {} : { prefers };
}

/** One grant for the whole horizon, or two one after the other; exactly what the plan uses where tight. */
function authorizationsOf(draft: Draft, partner: DraftPartner): Authorization[] {
  const { random, dates } = draft;
  const services = [SERVICE_ID.group, SERVICE_ID.individual, ...(random.chance(0.5) ? [SERVICE_ID.joint] : [])];
  const drawing = partner.sessions.flat().filter((session) => services.includes(SERVICE_ID[session.kind]));
  const middle = Math.floor((partner.first + partner.last) / 2);
  const parts =
    dates.count > 14 && random.chance(0.5)
      ? [[-10, middle] as const, [middle + 1, dates.count + 10] as const]
      : [[-10, dates.count + 10] as const];
  const unit = random.chance(0.6) ? 'day' : 'session';
  return parts.map(([first, last]) =>
    grant(
      draft,
      services,
      unit,
      first,
      last,
      drawing.filter(({ date }) => date >= first && date <= last),
    ),
  );
}

function grant(
  draft: Draft,
  services: string[],
  unit: 'day' | 'session',
  first: number,
  last: number,
  drawing: readonly Planted[],
): Authorization {
  const { random, shape, dates } = draft;
  const units = (sessions: readonly Planted[]): number =>
    unit === 'day' ? new Set(sessions.map(({ date }) => date)).size : sessions.length;
  const slack = shape.tight ? 0 : random.below(6);
  const weeks = Array.from({ length: dates.weeks }, (_, week) => units(drawing.filter(({ date }) => dates.weekOf(date) === week)));
  const perDay = [...new Set(drawing.map(({ date }) => date))].map((date) => drawing.filter((session) => session.date === date).length);
  const used = random.chance(0.3) ? random.between(1, 8) : 0;
  return {
    services: [...services],
    from: dates.iso(first),
    to: dates.iso(last),
    unit,
    ...(random.chance(0.8) ? { total: Math.max(1, units(drawing) + used + slack) } : {}),
    ...(used > 0 ? { used } : {}),
    ...(random.chance(0.4) ? { maxPerWeek: Math.max(1, ...weeks) + (shape.tight ? 0 : 1) } : {}),
    ...(random.chance(0.3) ? { maxPerDay: Math.max(1, ...perDay) } : {}),
  };
}

/** Zone in which the couple's childcare hours are written: the first partner's home. */
export function homeZone(couple: DraftCouple): string {
  return couple.partners[0].locations[0]?.place.zone ?? '';
}
