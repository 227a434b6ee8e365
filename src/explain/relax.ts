import type { Id } from '../domain/common.ts';
import type { ParsedCareItem } from '../domain/care.ts';
import type { ParsedCouple } from '../domain/couple.ts';
import type { ParsedAvailability, ParsedPartner, ParsedTherapist } from '../domain/person.ts';
import type { ParsedPolicy } from '../domain/policy.ts';
import type { ParsedProgram } from '../domain/program.ts';
import type { HardRule } from '../domain/weights.ts';
import type { Compiled } from '../model/compile.ts';
import type { HouseholdPlan } from '../solver/household/request.ts';

/** Whether a relaxation reaches an entity. */
export type Reach = (id: Id) => boolean;

/** A day long enough for any care, so that the question stays small. */
const WHOLE_DAY = { start: '07:00', end: '23:00' };
/** Sessions that a block may have above its maximum, and on a date. */
const MORE = 2;

/** How a rule is set aside. */
export interface Relaxation {
  /** The program as if the rule did not hold for the entities reached. */
  change: (program: ParsedProgram, reach: Reach) => ParsedProgram;
  /** Those for whom it can be set aside alone. */
  entities: (program: ParsedProgram) => Id[];
  /** Whether a plan of the changed program keeps what the change has set aside beside the rule; missing where that is nothing. */
  accepts?: (program: ParsedProgram, changed: Compiled, plans: readonly HouseholdPlan[]) => boolean;
}

/** Per rule how it is set aside. Rules that cannot be are missing. */
export const RELAXATIONS: Readonly<Partial<Record<HardRule, Relaxation>>> = {
  availability: {
    change: (program, reach) =>
      mapPeople(program, (person) => (reach(person.id) ? { ...person, availability: allDay(person.availability) } : person)),
    entities: (program) => [...partners(program), ...program.therapists].map((person) => person.id),
  },
  closure: { change: (program) => ({ ...program, horizon: { ...program.horizon, closures: [] } }), entities: () => [] },
  'weekly-minimum': {
    change: (program, reach) =>
      mapPolicies(program, reach, (policy) =>
        policy.weeklyMinutes === undefined ? policy : { ...policy, weeklyMinutes: { ...policy.weeklyMinutes, min: 0 } },
      ),
    entities: withPolicy,
  },
  'weekly-maximum': {
    change: (program, reach) =>
      mapPolicies(program, reach, (policy) =>
        policy.weeklyMinutes === undefined ? policy : { ...policy, weeklyMinutes: { min: policy.weeklyMinutes.min } },
      ),
    entities: withPolicy,
  },
  'service-days': { change: (program, reach) => mapPolicies(program, reach, without('serviceDays')), entities: withPolicy },
  'free-days': { change: (program, reach) => mapPolicies(program, reach, without('maxFreeDays')), entities: withPolicy },
  'daily-maximum': { change: (program, reach) => mapPolicies(program, reach, without('dailyMinutes')), entities: withPolicy },
  'care-frequency': {
    change: (program, reach) =>
      mapCare(program, reach, ({ total: _, ...item }) => ({ ...item, sessions: { min: 0, max: item.sessions.max + MORE } })),
    entities: careServices,
  },
  'care-spacing': {
    change: (program, reach) => mapCare(program, reach, (item) => ({ ...item, minFreeDays: 0, maxPerDay: (item.maxPerDay ?? 0) + MORE })),
    entities: careServices,
  },
  qualified: {
    change: (program) => ({
      ...mapPartners(program, (partner) => ({ ...partner, requires: [] })),
      therapists: program.therapists.map((therapist) => ({ ...therapist, services: program.services.map((service) => service.id) })),
    }),
    entities: () => [],
  },
  assigned: {
    change: (program, reach) => mapCare(program, reach, ({ therapist: _, group: __, ...item }) => item),
    entities: careServices,
  },
  authority: {
    change: (program, reach) => mapTherapists(program, reach, (therapist) => ({ ...therapist, authorities: allStates(program) })),
    entities: therapists,
  },
  'role-separation': {
    change: (program) => ({ ...program, services: program.services.map((service) => ({ ...service, sharedRole: true })) }),
    entities: () => [],
    accepts: keepsCaseloads,
  },
  'joint-gate': {
    change: (program, reach) => mapCouples(program, reach, (couple) => ({ ...couple, jointWork: { status: 'cleared' } })),
    entities: couples,
  },
  'blocked-pair': {
    change: (program, reach) => mapTherapists(program, reach, (therapist) => ({ ...therapist, blocked: [] })),
    entities: therapists,
  },
  continuity: { change: (program, reach) => mapCare(program, reach, (item) => ({ ...item, continuity: 'none' })), entities: careServices },
  'therapist-daily': limit('dailyMinutes'),
  'therapist-weekly': limit('weeklyMinutes'),
  'therapist-run': limit('run'),
  caseload: limit('caseload'),
  'group-capacity': {
    change: (program, reach) => ({
      ...program,
      groups: program.groups.map((group) => (reach(group.id) ? { ...group, capacity: { min: 1, max: 1_000_000, taken: 0 } } : group)),
    }),
    entities: (program) => program.groups.map((group) => group.id),
  },
  'group-pairing': {
    change: (program, reach) => mapCouples(program, reach, ({ groupsTogether: _, ...couple }) => couple),
    entities: couples,
  },
  'household-rooms': {
    change: (program, reach) =>
      mapCouples(program, reach, (couple) => ({ ...couple, household: { ...couple.household, privateRooms: 2 } })),
    entities: couples,
  },
  'household-childcare': {
    change: (program, reach) =>
      mapCouples(program, reach, (couple) => ({ ...couple, household: { privateRooms: couple.household.privateRooms } })),
    entities: couples,
  },
  authorization: {
    change: (program, reach) => mapPartners(program, (partner) => (reach(partner.id) ? { ...partner, authorizations: [] } : partner)),
    entities: (program) => partners(program).map((partner) => partner.id),
  },
  'kept-booking': {
    change: (program, reach) => ({
      ...program,
      bookings: program.bookings.filter((booking) => booking.state !== 'locked' || !reach(booking.id)),
    }),
    entities: (program) => program.bookings.filter((booking) => booking.state === 'locked').map((booking) => booking.id),
  },
};

function allDay(availability: ParsedAvailability): ParsedAvailability {
  return { ...availability, weekly: [...availability.weekly, WHOLE_DAY], exceptions: [], busy: [] };
}

/** Whether plans keep the caseloads of a program, in which services have other roles than in the one that was planned. */
function keepsCaseloads(program: ParsedProgram, { problem }: Compiled, plans: readonly HouseholdPlan[]): boolean {
  const cases = program.therapists.map(() => new Set<string>());
  plans.forEach(({ rows }, household) => {
    const { candidates, roles } = problem.households[household]!;
    for (const row of rows) {
      const { owner, service } = roles[candidates.role[row]!]!;
      const counts = candidates.counts[row] === 1 && !program.services[service]!.sharedRole;
      if (counts && candidates.therapist[row]! >= 0) cases[candidates.therapist[row]!]!.add(`${household} ${owner}`);
    }
  });
  return problem.therapists.every(({ caseload }, index) => cases[index]!.size <= caseload);
}

function limit(key: 'dailyMinutes' | 'weeklyMinutes' | 'run' | 'caseload'): Relaxation {
  return {
    change: (program, reach) =>
      mapTherapists(program, reach, (therapist) => {
        const { [key]: _, ...limits } = therapist.limits;
        return { ...therapist, limits };
      }),
    entities: (program) => program.therapists.filter((therapist) => therapist.limits?.[key] !== undefined).map((therapist) => therapist.id),
  };
}

function partners(program: ParsedProgram): ParsedPartner[] {
  return [...program.couples.flatMap((couple) => couple.partners), ...program.clients];
}

function therapists(program: ParsedProgram): Id[] {
  return program.therapists.map((therapist) => therapist.id);
}

function couples(program: ParsedProgram): Id[] {
  return program.couples.map((couple) => couple.id);
}

function withPolicy(program: ParsedProgram): Id[] {
  return partners(program)
    .filter((partner) => partner.policy !== undefined)
    .map((partner) => partner.id);
}

function careServices(program: ParsedProgram): Id[] {
  const items = [...partners(program).flatMap((partner) => partner.care), ...program.couples.flatMap((couple) => couple.jointCare)];
  return [...new Set(items.map((item) => item.service))];
}

function allStates(program: ParsedProgram): { state: string }[] {
  return [...new Set(partners(program).flatMap((partner) => partner.locations.map((location) => location.state)))].map((state) => ({
    state,
  }));
}

export function mapPartners(program: ParsedProgram, map: (partner: ParsedPartner) => ParsedPartner): ParsedProgram {
  return {
    ...program,
    couples: program.couples.map((couple) => ({ ...couple, partners: [map(couple.partners[0]), map(couple.partners[1])] })),
    clients: program.clients.map(map),
  };
}

function mapTherapists(program: ParsedProgram, reach: Reach, map: (therapist: ParsedTherapist) => ParsedTherapist): ParsedProgram {
  return { ...program, therapists: program.therapists.map((therapist) => (reach(therapist.id) ? map(therapist) : therapist)) };
}

function mapPeople(program: ParsedProgram, map: <T extends { id: Id; availability: ParsedAvailability }>(person: T) => T): ParsedProgram {
  return { ...mapPartners(program, map), therapists: program.therapists.map(map) };
}

export function mapCouples(program: ParsedProgram, reach: Reach, map: (couple: ParsedCouple) => ParsedCouple): ParsedProgram {
  return { ...program, couples: program.couples.map((couple) => (reach(couple.id) ? map(couple) : couple)) };
}

/** Care items of the services reached. */
export function mapCare(program: ParsedProgram, reach: Reach, map: (item: ParsedCareItem) => ParsedCareItem): ParsedProgram {
  const one = (item: ParsedCareItem): ParsedCareItem => (reach(item.service) ? map(item) : item);
  const changed = mapPartners(program, (partner) => ({ ...partner, care: partner.care.map(one) }));
  return { ...changed, couples: changed.couples.map((couple) => ({ ...couple, jointCare: couple.jointCare.map(one) })) };
}

/** Gives each partner reached a changed copy of its policy; phases are changed alike. */
function mapPolicies(program: ParsedProgram, reach: Reach, map: <T extends Partial<ParsedPolicy>>(policy: T) => T): ParsedProgram {
  const policies = [...program.policies];
  const changed = mapPartners(program, (partner) => {
    const policy = program.policies.find((each) => each.id === partner.policy);
    if (policy === undefined || !reach(partner.id)) return partner;
    const id = `${policy.id} for ${partner.id}`;
    const phases = policy.phases.map((phase) => (hasRules(phase) ? map(phase) : phase));
    policies.push({ ...map({ ...policy, phases }), phases, id });
    return { ...partner, policy: id };
  });
  return { ...changed, policies };
}

function hasRules(phase: object): boolean {
  return 'weeklyMinutes' in phase || 'serviceDays' in phase || 'maxFreeDays' in phase || 'dailyMinutes' in phase;
}

function without<K extends keyof ParsedPolicy>(key: K): <T extends Partial<ParsedPolicy>>(policy: T) => T {
  return (policy) => {
    const { [key]: _, ...rest } = policy;
    return rest as typeof policy;
  };
}
