import { dayFromIso, isoFromDay, weekdayOf } from '../../src/time/calendar.ts';
import type { Random } from '../../src/kernel/random.ts';
import { FORMATS, type Format } from './formats.ts';

export type Tier = 'one' | 'S' | 'M' | 'L' | 'XL';
export type Tightness = 'loose' | 'tight';

export interface GenerateOptions {
  /** Sets couples, therapists and states; each can be set by itself too. Default `S`. */
  tier?: Tier;
  couples?: number;
  therapists?: number;
  states?: number;
  /** Weeks of the horizon. Default 1. */
  weeks?: number;
  /** Default 1. */
  seed?: number;
  /** How closely availability and limits fit the planted plan. Default `loose`. */
  tightness?: Tightness;
  /** First date of the horizon. Default: drawn from 2026 to 2028. */
  start?: string;
}

/** What a program is to be like, before any person is drawn. */
export interface Shape {
  couples: number;
  clients: number;
  therapists: number;
  states: number;
  weeks: number;
  tight: boolean;
  start: string;
  /** 0 for Monday to 6 for Sunday. */
  weekStart: number;
  format: Format;
  slotMinutes: 15 | 30;
  /** Dates of the horizon, from 0, that are closed. */
  closures: number[];
  /** The last week of care before the taper, where the programme has one. */
  taperAfter?: number;
}

const TIERS: Record<Tier, Pick<Shape, 'couples' | 'therapists' | 'states'>> = {
  one: { couples: 1, therapists: 4, states: 2 },
  S: { couples: 10, therapists: 6, states: 2 },
  M: { couples: 50, therapists: 15, states: 5 },
  L: { couples: 300, therapists: 75, states: 15 },
  XL: { couples: 2000, therapists: 500, states: 40 },
};

const SUNDAY = 6;

export function drawShape(random: Random, options: GenerateOptions): Shape {
  const tier = TIERS[options.tier ?? 'S'];
  const weeks = options.weeks ?? 1;
  const start = options.start ?? drawStart(random, weeks);
  const couples = options.couples ?? tier.couples;
  return {
    couples,
    clients: couples < 4 ? 0 : Math.round(couples * random.unit() * 0.12),
    therapists: Math.max(4, options.therapists ?? tier.therapists),
    states: options.states ?? tier.states,
    weeks,
    tight: options.tightness === 'tight',
    start,
    weekStart: random.chance(0.85) ? weekdayOf(dayFromIso(start) ?? 0) : random.pick([0, SUNDAY]),
    format: random.pick(FORMATS),
    slotMinutes: random.chance(0.5) ? 15 : 30,
    closures: drawClosures(random, weeks),
    ...(weeks >= 6 && random.chance(0.4) ? { taperAfter: Math.ceil(weeks * 0.66) } : {}),
  };
}

/** Mostly a Monday or a Sunday; in four of ten with a change of North American clocks inside the horizon. */
function drawStart(random: Random, weeks: number): string {
  const year = random.between(2026, 2028);
  let day = random.chance(0.4)
    ? random.pick([nthSunday(year, 3, 2), nthSunday(year, 11, 1)]) - random.below(7 * weeks)
    : dayOf(year, 1, 1) + random.below(365);
  if (random.chance(0.8)) day -= (weekdayOf(day) - random.pick([0, 0, SUNDAY]) + 7) % 7;
  return isoFromDay(Math.max(day, dayOf(2026, 1, 1)));
}

function dayOf(year: number, month: number, date: number): number {
  return dayFromIso(`${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`) ?? 0;
}

function nthSunday(year: number, month: number, nth: number): number {
  const first = dayOf(year, month, 1);
  return first + ((SUNDAY - weekdayOf(first) + 7) % 7) + 7 * (nth - 1);
}

function drawClosures(random: Random, weeks: number): number[] {
  if (!random.chance(weeks === 1 ? 0.1 : 0.5)) return [];
  const first = random.below(7 * weeks);
  const dates = random.chance(0.3) ? [first, first + 1] : [first];
  return dates.filter((date) => date < 7 * weeks);
}
