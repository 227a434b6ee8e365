import type { Program } from '../../../src/domain/program.ts';
import type { Availability } from '../../../src/domain/person.ts';
import type { Random } from '../../../src/kernel/random.ts';
import { dayFromIso, isoFromDay } from '../../../src/time/calendar.ts';
import { isoFromMinute, minuteFromIso } from '../../../src/time/instant.ts';
import { offsetAt } from '../../../src/time/zone.ts';

/** A copy with every text, keys and kinds of services apart, replaced by what `change` makes of it. */
function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => mapTexts(one, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, key === 'kind' ? one : mapTexts<unknown>(one, change)])) as T;
}

/** Ids of a program in the order in which they stand. */
function idsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'id' in value && typeof value.id === 'string' ? [value.id] : [];
  return [...own, ...Object.values(value).flatMap(idsOf)];
}

const AWKWARD = ['__proto__', 'constructor', 'toString', 'a/b:c', ' ', '~1', 'é', '0', 'undefined', 'w1'];

/** The program with other ids, some of them names that plain objects have already. */
export function renamed(program: Program, random: Random): Program {
  const ids = idsOf(program);
  const names = random.shuffle([...AWKWARD, ...ids.map((_, index) => `id-${index}`)]);
  const nameOf = new Map(ids.map((id, index) => [id, names[index]!]));
  return mapTexts(program, (text) => nameOf.get(text) ?? text);
}

/** Lists of a program whose order says nothing. */
const UNORDERED = new Set([
  ...[
    'services',
    'policies',
    'therapists',
    'couples',
    'partners',
    'clients',
    'groups',
    'bookings',
    'care',
    'jointCare',
    'phases',
    'weekly',
  ],
  ...['exceptions', 'busy', 'authorities', 'attributes', 'blocked', 'requires', 'times', 'days', 'leaders', 'at', 'windows', 'covered'],
  ...['closures', 'attendees'],
]);

/** The program with its lists in other orders, where order says nothing (authorizations are drawn on in order; locations have dates). */
export function reordered(program: Program, random: Random): Program {
  const shuffle = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) {
      const list = value.map((one: unknown) => shuffle(one, ''));
      return UNORDERED.has(key) ? random.shuffle(list) : list;
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shuffle(one, name)]));
  };
  return shuffle(program, '') as Program;
}

/** The program some weeks later. */
export function movedByWeeks(program: Program, weeks: number): Program {
  return mapTexts(program, (text) => {
    const day = dayFromIso(text);
    if (day !== undefined) return isoFromDay(day + 7 * weeks);
    const minute = minuteFromIso(text);
    return minute === undefined ? text : isoFromMinute(minute + 7 * 1440 * weeks);
  });
}

/** Whether the clocks of all zones in the program show the same some weeks later, from three weeks before the horizon, where the first bookings are, to a week after it. */
export function clocksAgree(program: Program, weeks: number): boolean {
  const zones = new Set<string>();
  mapTexts(program, (text) => {
    if (text.includes('/')) zones.add(text);
    return text;
  });
  const first = dayFromIso(program.horizon.start)! * 1440;
  for (const zone of zones) {
    for (let minute = first - 22 * 1440; minute < first + (7 + 7 * program.horizon.weeks) * 1440; minute += 60) {
      if (offsetAt(zone, minute) !== offsetAt(zone, minute + 7 * 1440 * weeks)) return false;
    }
  }
  return true;
}

/** The program in which most people are free longer: all in the same way, so that they have more time in common. */
export function freer(program: Program, random: Random): Program {
  const copy = structuredClone(program);
  const partners = [...copy.couples.flatMap((couple) => couple.partners), ...(copy.clients ?? [])];
  const way = random.pick(['every day', 'at noon']);
  for (const { availability } of [...copy.therapists, ...partners]) if (random.chance(0.8)) extend(availability, way);
  return copy;
}

/** Takes busy times and days off away, and opens the first window on every day, or another one at noon. */
function extend(availability: Availability, way: string): void {
  const first = availability.weekly[0];
  if (way === 'every day' && first !== undefined) delete first.days;
  else availability.weekly.push({ start: '12:00', end: '15:00' });
  delete availability.busy;
  availability.exceptions = (availability.exceptions ?? []).filter(({ windows }) => windows.length > 0);
}
