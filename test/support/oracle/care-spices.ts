import type { CareItem } from '../../../src/domain/care.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { dateAt, itemsOf, somePartner, someTherapist, type Kitchen, type Spice } from './kitchen.ts';

/** Changes one care item at random; false where there is none that `fits`. */
function changeItem(kitchen: Kitchen, change: (item: CareItem) => void, fits: (item: CareItem) => boolean = () => true): boolean {
  const some = itemsOf(kitchen).filter(fits);
  if (some.length === 0) return false;
  change(kitchen.random.pick(some));
  return true;
}

/** Gives some partners a policy of their own. */
function givePolicy({ random, program, partners }: Kitchen, rules: () => Partial<Policy>): void {
  for (const partner of partners) {
    if (partner !== partners[0] && random.chance(0.4)) continue;
    const known = program.policies.find(({ id }) => id === partner.policy);
    if (known !== undefined) Object.assign(known, rules());
    else {
      partner.policy = `policy-${partner.id}`;
      program.policies.push({ id: partner.policy, weeklyMinutes: { min: 0 }, ...rules() });
    }
  }
}

/** What partners and couples are to receive, and the rules and grants that bound it. */
export const CARE_SPICES: Readonly<Record<string, Spice>> = {
  'min free days': (kitchen) => changeItem(kitchen, (item) => (item.minFreeDays = kitchen.random.between(1, 6))),
  'two a day': (kitchen) => changeItem(kitchen, (item) => Object.assign(item, { maxPerDay: 2, sessions: { min: 1, max: 2 } })),
  'one group a day': (kitchen) =>
    changeItem(
      kitchen,
      (item) => (item.maxPerDay = 1),
      ({ service }) => service === 'grp',
    ),
  'every 2 weeks': (kitchen) =>
    changeItem(kitchen, (item) => Object.assign(item, { everyWeeks: 2, sessions: { min: 1, max: kitchen.random.between(1, 2) } })),
  total: (kitchen) =>
    changeItem(kitchen, (item) => (item.total = kitchen.random.pick([{ max: 1 }, { min: 2 }, { min: 1, max: 2 }, { max: 3 }]))),
  'item weeks': (kitchen) =>
    changeItem(kitchen, (item) => Object.assign(item, kitchen.random.pick([{ fromWeek: 2 }, { toWeek: 1 }, { fromWeek: 1, toWeek: 2 }]))),
  'item therapist': (kitchen) =>
    changeItem(
      kitchen,
      (item) => (item.therapist = someTherapist(kitchen).id),
      ({ service }) => service !== 'grp',
    ),
  'item group': (kitchen) =>
    kitchen.program.groups !== undefined &&
    changeItem(
      kitchen,
      (item) => (item.group = kitchen.random.pick(kitchen.program.groups!).id),
      ({ service }) => service === 'grp',
    ),
  'two items of a service': ({ random, partners }) => {
    const partner = random.pick(partners);
    const item = partner.care[0];
    if (item === undefined) return false;
    partner.care.push({ ...structuredClone(item), fromWeek: 2, sessions: { min: 0, max: random.between(1, 2) } });
    item.toWeek = 1;
    return true;
  },
  stay: (kitchen) => {
    const { random } = kitchen;
    const first = random.between(-16, 5);
    const last = first + random.between(3, 24);
    somePartner(kitchen).stay = random.pick([
      { from: dateAt(kitchen, first), to: dateAt(kitchen, last) },
      { from: dateAt(kitchen, first) },
      { to: dateAt(kitchen, last) },
    ]);
  },
  'weekly minutes': (kitchen) => {
    const { random } = kitchen;
    givePolicy(kitchen, () => {
      const min = random.pick([30, 60, 90, 120]);
      return { weeklyMinutes: { min, ...(random.chance(0.5) ? { max: min + random.pick([0, 30, 60, 120]) } : {}) } };
    });
  },
  'averaged weeks': (kitchen) =>
    givePolicy(kitchen, () => ({
      averageWeeks: 2,
      weeklyMinutes: { min: kitchen.random.pick([30, 60]), max: kitchen.random.pick([60, 90, 120]) },
    })),
  'service days': (kitchen) => {
    const { random } = kitchen;
    givePolicy(kitchen, () => ({
      serviceDays: {
        ...(random.chance(0.5) ? { min: random.between(1, 2) } : {}),
        ...(random.chance(0.5) ? { max: random.between(2, 3) } : {}),
        ...(random.chance(0.5) ? { minutes: random.pick([30, 60, 90]) } : {}),
        ...(random.chance(0.4) ? { lesser: 'forbidden' as const } : {}),
      },
    }));
  },
  'daily maximum': (kitchen) => givePolicy(kitchen, () => ({ dailyMinutes: { max: kitchen.random.pick([60, 90, 120]) } })),
  'free days': (kitchen) => givePolicy(kitchen, () => ({ maxFreeDays: kitchen.random.between(0, 3) })),
  'partial weeks': (kitchen) => givePolicy(kitchen, () => ({ partialWeeks: kitchen.random.pick(['prorate', 'enforce'] as const) })),
  phases: (kitchen) => {
    const { random } = kitchen;
    givePolicy(kitchen, () => ({
      phases: [
        {
          fromWeek: random.between(1, 2),
          ...(random.chance(0.5) ? { toWeek: 2 } : {}),
          ...random.pick([
            { weeklyMinutes: { min: 60, max: 150 } },
            { serviceDays: { min: 1, max: 2 } },
            { dailyMinutes: { max: 90 } },
            { maxFreeDays: 2 },
            { partialWeeks: 'enforce' as const },
          ]),
        },
      ],
    }));
  },
  authorizations: (kitchen) => {
    const { random, program } = kitchen;
    const authorization = () => ({
      services: random.shuffle(program.services.map(({ id }) => id)).slice(0, random.between(1, 3)),
      from: dateAt(kitchen, random.between(-20, 2)),
      to: dateAt(kitchen, random.between(4, 20)),
      unit: random.pick(['session', 'day'] as const),
      ...(random.chance(0.6) ? { total: random.between(1, 3) } : {}),
      ...(random.chance(0.2) ? { used: 1 } : {}),
      ...(random.chance(0.4) ? { maxPerWeek: random.between(1, 2) } : {}),
      ...(random.chance(0.3) ? { maxPerDay: 1 } : {}),
    });
    somePartner(kitchen).authorizations = Array.from({ length: random.between(1, 2) }, authorization);
  },
};
