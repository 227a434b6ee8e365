import type { Couple } from '../../../src/domain/couple.ts';
import type { Therapist } from '../../../src/domain/person.ts';
import { isoFromMinute, wallFromMinutes } from '../../../src/time/instant.ts';
import { instantOf } from '../../../src/time/zone.ts';
import { dateAt, dateCount, openOffset, somePartner, someTherapist, type Kitchen, type Spice } from './kitchen.ts';

function limit(kitchen: Kitchen, limits: NonNullable<Therapist['limits']>): void {
  const therapist = someTherapist(kitchen);
  therapist.limits = { ...therapist.limits, ...limits };
}

/** Changes one couple at random; false where there is none. */
function changeCouple({ random, program }: Kitchen, change: (couple: Couple) => void): boolean {
  if (program.couples.length === 0) return false;
  change(random.pick(program.couples));
  return true;
}

/** Partners, households and therapists. */
export const PEOPLE_SPICES: Readonly<Record<string, Spice>> = {
  requires: (kitchen) => {
    somePartner(kitchen).requires = ['spanish'];
    for (const one of kitchen.program.therapists) if (kitchen.random.chance(0.7)) one.attributes = [...(one.attributes ?? []), 'spanish'];
  },
  'prefers attributes': (kitchen) => {
    const partner = somePartner(kitchen);
    partner.prefers = { ...partner.prefers, attributes: ['emdr', 'woman'] };
    for (const one of kitchen.program.therapists)
      if (kitchen.random.chance(0.5)) one.attributes = [...(one.attributes ?? []), kitchen.random.pick(['emdr', 'woman'])];
  },
  'prefers times': (kitchen) => {
    const { random, open } = kitchen;
    const partner = somePartner(kitchen);
    const start = wallFromMinutes(open.start + 60 * random.between(0, 2));
    const end = wallFromMinutes(open.start + 60 * random.between(3, 4));
    partner.prefers = { ...partner.prefers, times: [{ ...(random.chance(0.5) ? { days: [random.pick(kitchen.days)] } : {}), start, end }] };
  },
  'one room': (kitchen) => changeCouple(kitchen, (couple) => (couple.household = { privateRooms: 1 })),
  childcare: (kitchen) =>
    changeCouple(kitchen, (couple) => {
      const { program, random, open } = kitchen;
      const start = wallFromMinutes(open.start + 60 * random.between(0, 1));
      const end = wallFromMinutes(open.start + 60 * random.between(2, 3));
      const covered = random.chance(0.2) ? [] : [{ ...(random.chance(0.5) ? { days: kitchen.days } : {}), start, end }];
      couple.household = { ...couple.household, childcare: { zone: program.horizon.zone, covered } };
    }),
  together: (kitchen) => changeCouple(kitchen, (couple) => (couple.together = kitchen.random.pick(['simultaneous', 'staggered']))),
  'groups together': (kitchen) =>
    changeCouple(kitchen, (couple) => (couple.groupsTogether = kitchen.random.pick(['always', 'always', 'never']))),
  gate: (kitchen) =>
    changeCouple(kitchen, (couple) => {
      const from = dateAt(kitchen, kitchen.random.below(dateCount(kitchen)));
      couple.jointWork = kitchen.random.pick([{ status: 'cleared', from }, { status: 'cleared', from }, { status: 'suspended' }]);
    }),
  blocked: (kitchen) => void (someTherapist(kitchen).blocked = [somePartner(kitchen).id]),
  'therapist daily': (kitchen) => limit(kitchen, { dailyMinutes: kitchen.random.pick([60, 90, 120]) }),
  'therapist weekly': (kitchen) => limit(kitchen, { weeklyMinutes: kitchen.random.pick([60, 90, 120, 180]) }),
  run: (kitchen) =>
    limit(kitchen, { run: { minutes: kitchen.random.pick([60, 90, 120]), breakMinutes: kitchen.random.pick([15, 30, 60]) } }),
  caseload: (kitchen) => limit(kitchen, { caseload: kitchen.random.between(0, 2) }),
  'state of a trip': (kitchen) => {
    const partner = somePartner(kitchen);
    const { zone } = partner.locations[0]!;
    partner.locations.push({
      from: dateAt(kitchen, kitchen.random.below(dateCount(kitchen))),
      zone: kitchen.random.pick([zone, 'America/Chicago']),
      state: 'FL',
    });
    for (const one of kitchen.program.therapists) if (kitchen.random.chance(0.6)) one.authorities.push({ state: 'FL' });
  },
  'authority dates': (kitchen) => {
    someTherapist(kitchen).authorities = [
      { state: 'NY', ...kitchen.random.pick([{ from: dateAt(kitchen, 3) }, { to: dateAt(kitchen, 3) }]) },
    ];
  },
  busy: (kitchen) => {
    const { random, program, open, from } = kitchen;
    const start = instantOf(program.horizon.zone, from + openOffset(kitchen), open.start) + random.pick([0, 30, 60]);
    random.pick([somePartner(kitchen), someTherapist(kitchen)]).availability.busy = [
      { start: isoFromMinute(start), end: isoFromMinute(start + 60) },
    ];
  },
  'day off': (kitchen) => {
    const { random } = kitchen;
    const windows = random.chance(0.5)
      ? []
      : [{ start: wallFromMinutes(kitchen.open.start), end: wallFromMinutes(kitchen.open.start + 90) }];
    random.pick([somePartner(kitchen), someTherapist(kitchen)]).availability.exceptions = [
      { date: dateAt(kitchen, openOffset(kitchen)), windows },
    ];
  },
};
