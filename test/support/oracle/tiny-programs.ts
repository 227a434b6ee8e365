import type { CareItem } from '../../../src/domain/care.ts';
import type { Availability, Location, Partner, Therapist } from '../../../src/domain/person.ts';
import type { Couple } from '../../../src/domain/couple.ts';
import type { Group } from '../../../src/domain/group.ts';
import type { Program } from '../../../src/domain/program.ts';
import type { Service } from '../../../src/domain/service.ts';
import type { WeekdayName } from '../../../src/domain/common.ts';
import { parseProgram } from '../../../src/domain/parse.ts';
import { Random } from '../../../src/kernel/random.ts';
import { dayFromIso, WEEKDAYS, weekdayOf } from '../../../src/time/calendar.ts';
import { wallFromMinutes } from '../../../src/time/instant.ts';
import { instantOf, localOf } from '../../../src/time/zone.ts';
import { CALENDAR_SPICES } from './calendar-spices.ts';
import { CARE_SPICES } from './care-spices.ts';
import type { Kitchen, Spice } from './kitchen.ts';
import { PEOPLE_SPICES } from './people-spices.ts';

/** A program so small that all its plans can be tried, and the names of the features that were added to it. */
export interface TinyProgram {
  program: Program;
  features: string[];
}

/** Ordinary weeks, and weeks in which clocks change (New York: 2026-11-01 and 2026-03-08; London: 2026-10-25). */
const STARTS = ['2026-10-05', '2026-10-05', '2026-10-19', '2026-10-26', '2026-03-02', '2026-10-07'];
const ZONES = ['America/New_York', 'America/New_York', 'Europe/London', 'Asia/Kolkata', 'Australia/Lord_Howe'];
const OTHER_ZONES = ['America/Los_Angeles', 'Asia/Kolkata', 'Europe/London', 'Pacific/Auckland'];

/** Features that a tiny program may have, by name. */
export const SPICES: Readonly<Record<string, Spice>> = { ...CARE_SPICES, ...PEOPLE_SPICES, ...CALENDAR_SPICES };

/** A tiny program by its seed: the same seed gives the same program. Always valid. */
export function tinyProgram(seed: number): TinyProgram {
  const random = new Random(seed);
  for (;;) {
    const tiny = cook(random.fork());
    if (parseProgram(tiny.program).ok) return tiny;
  }
}

function cook(random: Random): TinyProgram {
  const kitchen = set(random);
  const features: string[] = [];
  const spicy = random.pick([0.03, 0.06, 0.12]);
  for (const [name, spice] of Object.entries(SPICES)) {
    if (!random.chance(spicy)) continue;
    if (spice(kitchen) !== false) features.push(name);
  }
  return { program: kitchen.program, features };
}

function set(random: Random): Kitchen {
  const start = random.pick(STARTS);
  const from = dayFromIso(start)!;
  const weeks = random.chance(0.7) ? 1 : 2;
  const zone = random.pick(ZONES);
  const days = random.shuffle([...WEEKDAYS]).slice(0, weeks === 2 ? random.pick([1, 1, 2]) : random.pick([1, 1, 2, 2, 3])) as WeekdayName[];
  const opening = 60 * random.between(7, 19);
  const open = { start: opening, end: opening + 60 * random.pick(weeks === 2 || days.length > 1 ? [2, 2, 3] : [2, 3, 4]) };
  const weekStart = random.chance(0.3) ? { weekStart: random.pick(WEEKDAYS) as WeekdayName } : {};
  const program: Program = {
    schemaVersion: 1,
    id: 'program',
    horizon: { start, weeks, zone, ...weekStart, slotMinutes: random.chance(0.85) ? 60 : 30 },
    services: services(random),
    policies: [],
    therapists: [],
    couples: [],
  };
  const kitchen: Kitchen = { random, program, from, days, open, partners: [] };
  const therapists = random.pick([2, 3, 3, 4]);
  for (let number = 1; number <= therapists; number++) program.therapists.push(therapist(kitchen, `t${number}`));
  household(kitchen);
  if (random.chance(0.55)) program.groups = [group(kitchen, 'g1'), ...(random.chance(0.25) ? [group(kitchen, 'g2')] : [])];
  for (const partner of kitchen.partners) partner.care = careOf(kitchen);
  for (const couple of program.couples)
    couple.jointCare = [
      item(
        random,
        'joint',
        random.pick([
          [1, 1],
          [0, 1],
          [1, 2],
        ]),
      ),
    ];
  return kitchen;
}

function services(random: Random): Service[] {
  const length = () => random.pick([30, 60, 60, 60]);
  return [
    { id: 'ind', kind: 'individual', minutes: length() },
    { id: 'check', kind: 'individual', minutes: 30, sharedRole: true },
    { id: 'joint', kind: 'joint', minutes: length() },
    { id: 'grp', kind: 'group', minutes: length() },
  ];
}

function household({ random, ...kitchen }: Kitchen): void {
  const { program, partners } = kitchen;
  const kind = random.unit();
  const add = (id: string): Partner => {
    const partner: Partner = { id, ...person({ random, ...kitchen }, 'NY'), care: [] };
    partners.push(partner);
    return partner;
  };
  const couple = (id: string): Couple => ({ id, partners: [add(`${id}a`), add(`${id}b`)], jointWork: { status: 'cleared' } });
  if (kind < 0.85) program.couples.push(couple('c'));
  if (kind >= 0.93) program.couples.push(couple('c'), couple('d'));
  if (kind >= 0.7 && kind < 0.93) program.clients = [add('e')];
}

export function item(random: Random, service: string, [min, max]: readonly number[]): CareItem {
  return {
    service,
    sessions: { min: min!, max: max! },
    ...(random.chance(0.3) ? { continuity: random.pick(['strict', 'prefer', 'none'] as const) } : {}),
  };
}

function careOf({ random, program }: Kitchen): CareItem[] {
  const care = random.chance(0.9)
    ? [
        item(
          random,
          'ind',
          random.pick([
            [1, 1],
            [1, 1],
            [0, 1],
            [0, 1],
            [1, 2],
            [2, 2],
          ]),
        ),
      ]
    : [];
  if (random.chance(0.15))
    care.push(
      item(
        random,
        'check',
        random.pick([
          [1, 1],
          [0, 1],
        ]),
      ),
    );
  if (program.groups !== undefined && random.chance(0.85))
    care.push(
      item(
        random,
        'grp',
        random.pick([
          [1, 1],
          [0, 1],
          [0, 1],
          [0, 2],
          [1, 2],
        ]),
      ),
    );
  return care;
}

function therapist(kitchen: Kitchen, id: string): Therapist {
  const { random } = kitchen;
  const offered = ['ind', 'check', 'joint', 'grp'].filter(() => random.chance(0.9));
  return { id, ...person(kitchen, 'NY'), services: offered.length > 0 ? offered : ['ind'], authorities: [{ state: 'NY' }] };
}

/** Someone who is free at some of the open hours, by the horizon's clock or, seldom, by the clock of another zone. */
export function person(kitchen: Kitchen, state: string): { locations: Location[]; availability: Availability } {
  const { random, program, open, days } = kitchen;
  const start = open.start + 60 * (random.chance(0.2) ? 1 : 0);
  const end = Math.max(start + 60, open.end - 60 * (random.chance(0.2) ? 1 : 0));
  if (random.chance(0.88)) {
    const own = random.chance(0.85) ? days : random.shuffle([...days]).slice(0, random.between(1, days.length));
    const window = { days: own, start: wallFromMinutes(start), end: wallFromMinutes(end) };
    return { locations: [{ zone: program.horizon.zone, state }], availability: { weekly: [window] } };
  }
  const zone = random.pick(OTHER_ZONES);
  const wall = (minute: number) => wallFromMinutes(localOf(zone, instantOf(program.horizon.zone, kitchen.from, minute)).minute);
  return { locations: [{ zone, state }], availability: { weekly: [{ start: wall(start), end: wall(end) }] } };
}

function group({ random, program, open, days, from }: Kitchen, id: string): Group {
  const leaders = random.shuffle(program.therapists.map((one) => one.id)).slice(0, random.between(1, 2));
  for (const leader of program.therapists) if (leaders.includes(leader.id) && !leader.services.includes('grp')) leader.services.push('grp');
  const hours = (open.end - open.start) / 60;
  const at = days
    .flatMap((day) => (random.chance(0.7) ? [{ day, start: wallFromMinutes(open.start + 60 * random.below(hours)) }] : []))
    .sort((a, b) => WEEKDAYS.indexOf(a.day) - WEEKDAYS.indexOf(b.day));
  const windows = [
    {
      days: [WEEKDAYS[weekdayOf(from + random.below(7))]!, days[0]!],
      start: wallFromMinutes(open.start),
      end: wallFromMinutes(open.start + 120),
    },
  ];
  const meetings = random.chance(0.75) || windows[0]!.days[0] === windows[0]!.days[1] ? { at } : { count: random.between(1, 2), windows };
  return { id, service: 'grp', leaders, capacity: { max: random.between(1, 4) }, zone: program.horizon.zone, meetings };
}
