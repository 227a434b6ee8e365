import type { ParsedPolicy } from '../domain/policy.ts';
import { weekOf, type Frame } from './frame.ts';
import type { HourTables } from './problem.ts';
import { datesInside, isJudged, partialMinimum, rulesIn, type CareClock } from './weeks.ts';

/** A session of a booking as one attendee's hour rules see it. */
export interface PastSession {
  /** Relative local date; on that of a person in another zone, the horizon may start within a date. */
  day: number;
  /** Starts before the horizon. */
  history: boolean;
  /** Minutes credited; 0 where the person was absent. */
  credit: number;
  minutes: number;
  present: boolean;
  /** Delivered or missed. */
  fact: boolean;
}

/** Hour tables of a person; `past` holds the person's bookings before the horizon and the facts inside it. */
export function hourTables(frame: Frame, clock: CareClock, policy: ParsedPolicy | undefined, past: readonly PastSession[]): HourTables {
  const tables = emptyTables(frame.weekCount);
  for (let week = 1; week <= frame.weekCount; week++) {
    if (!isJudged(frame, clock.stay, week)) continue;
    tables.fewFrom[week] = 1;
    if (policy !== undefined) fillWeek(frame, clock, policy, past, tables, week);
  }
  if (policy !== undefined) fillMinutes(frame, clock, policy, past, tables);
  fillHistory(frame, clock, policy, past, tables);
  return tables;
}

function emptyTables(weekCount: number): HourTables {
  const size = weekCount + 1;
  return {
    minutesMin: new Int32Array(size),
    minutesMax: new Float64Array(size).fill(Infinity),
    excessFrom: new Int32Array(size).fill(-1),
    daysMin: new Int32Array(size),
    daysMax: new Float64Array(size).fill(Infinity),
    serviceMinutes: new Int32Array(size).fill(1),
    lesserForbidden: new Uint8Array(size),
    dailyMax: new Float64Array(size).fill(Infinity),
    maxFreeDays: new Float64Array(size).fill(Infinity),
    fewFrom: new Int32Array(size).fill(-1),
    initialMinutes: 0,
    initialWeekMinutes: 0,
    initialServiceDays: 0,
    initialDays: 0,
    lastServiceDay: -Infinity,
  };
}

/** Rules of one week; maximums give way to what facts alone exceed. */
function fillWeek(
  frame: Frame,
  clock: CareClock,
  policy: ParsedPolicy,
  past: readonly PastSession[],
  tables: HourTables,
  week: number,
): void {
  const rules = rulesIn(policy, week - clock.firstWeek + 1);
  const inside = datesInside(frame, clock.stay, week);
  const days = rules.serviceDays;
  const facts = past.filter((session) => session.fact && weekOf(frame, session.day) === week);
  tables.fewFrom[week] = days?.min ?? 1;
  if (inside === 7) tables.excessFrom[week] = rules.weeklyMinutes.min;
  if (days !== undefined) {
    tables.serviceMinutes[week] = days.minutes;
    tables.lesserForbidden[week] = days.lesser === 'forbidden' ? 1 : 0;
    tables.daysMin[week] = clock.isPast(week) ? 0 : partialMinimum(days.min ?? 0, inside, clock.partial(week));
    const factDays = new Set(facts.filter((session) => session.present).map((session) => session.day)).size;
    tables.daysMax[week] = Math.max(days.max ?? Infinity, factDays);
  }
  tables.dailyMax[week] = rules.dailyMinutes?.max ?? Infinity;
  tables.maxFreeDays[week] = rules.maxFreeDays ?? Infinity;
}

/** Bounds of credited minutes over blocks of `averageWeeks` weeks of care. */
function fillMinutes(frame: Frame, clock: CareClock, policy: ParsedPolicy, past: readonly PastSession[], tables: HourTables): void {
  const length = policy.averageWeeks;
  for (let week = 1; week <= clock.lastWeek; week++) {
    if (week < clock.firstWeek) continue;
    const first = week - ((week - clock.firstWeek) % length);
    const last = Math.min(first + length - 1, clock.lastWeek);
    let min = 0;
    let max = 0;
    for (let each = first; each <= last; each++) {
      const bounds = rulesIn(policy, each - clock.firstWeek + 1).weeklyMinutes;
      min += partialMinimum(bounds.min, datesInside(frame, clock.stay, each), clock.partial(each));
      max += bounds.max ?? Infinity;
    }
    const facts = sum(past.filter((session) => session.fact && within(frame, session.day, first, last)).map((session) => session.credit));
    tables.minutesMax[week] = Math.max(max, facts);
    tables.minutesMin[week] = week < last ? -1 : clock.isPast(last) ? 0 : min;
    if (first <= 1 && week === Math.max(1, clock.firstWeek)) {
      const before = past.filter((session) => session.history && within(frame, session.day, first, last));
      tables.initialMinutes = sum(before.map((session) => session.credit));
    }
  }
}

/** What history leaves in the first week, and the last service day before the horizon. */
function fillHistory(
  frame: Frame,
  clock: CareClock,
  policy: ParsedPolicy | undefined,
  past: readonly PastSession[],
  tables: HourTables,
): void {
  const credits = new Map<number, number>();
  for (const session of past) {
    if (!session.history || !session.present) continue;
    credits.set(session.day, (credits.get(session.day) ?? 0) + session.credit);
  }
  for (const [day, credit] of credits) {
    const week = weekOf(frame, day);
    const rules = policy === undefined ? undefined : rulesIn(policy, week - clock.firstWeek + 1);
    const isService = credit >= (rules?.serviceDays?.minutes ?? 1);
    if (isService) tables.lastServiceDay = Math.max(tables.lastServiceDay, day);
    if (week !== 1) continue;
    tables.initialDays += 1;
    tables.initialWeekMinutes += credit;
    if (isService) tables.initialServiceDays += 1;
  }
}

function within(frame: Frame, day: number, firstWeek: number, lastWeek: number): boolean {
  const week = weekOf(frame, day);
  return week >= firstWeek && week <= lastWeek;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
