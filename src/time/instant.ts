import { dayFromIso, isoFromDay } from './calendar.ts';

export const MINUTES_PER_DAY = 1440;

const ISO_INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?(?:Z|([+-])(\d{2})(?::(\d{2}))?)$/;
const WALL_TIME = /^(\d{2}):(\d{2})$/;

/**
 * Minutes since 1970-01-01T00:00Z of an instant in ISO 8601's extended format: date, `T`, `HH:MM`, optionally seconds with a
 * decimal fraction, then `Z`, `±HH:MM` or `±HH`. Fractional where seconds are given. Undefined for anything else: no offset,
 * hour 24, second 60, a date that is none.
 */
export function minuteFromIso(iso: string): number | undefined {
  const match = ISO_INSTANT.exec(iso);
  if (match === null) return undefined;
  const day = dayFromIso(match[1] ?? '');
  const hour = Number(match[2]);
  const minute = Number(match[3]);
  const second = Number(match[4] ?? 0);
  const offsetHour = Number(match[6] ?? 0);
  const offsetMinute = Number(match[7] ?? 0);
  if (day === undefined || hour > 23 || minute > 59 || second >= 60 || offsetHour > 23 || offsetMinute > 59) return undefined;
  const offset = (match[5] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute);
  return day * MINUTES_PER_DAY + hour * 60 + minute + second / 60 - offset;
}

/** The instant in UTC with seconds, such as `2026-10-26T22:00:00Z`; fractions of a minute are cut to whole seconds. */
export function isoFromMinute(epochMinute: number): string {
  const totalSeconds = Math.floor(epochMinute * 60 + 1e-6);
  const day = Math.floor(totalSeconds / 86_400);
  const secondOfDay = totalSeconds - day * 86_400;
  const second = secondOfDay % 60;
  return `${isoFromDay(day)}T${wallFromMinutes((secondOfDay - second) / 60)}:${String(second).padStart(2, '0')}Z`;
}

/** Minutes after midnight of a wall-clock time `HH:MM`, 0 to 1440 (`24:00`); undefined for anything else. */
export function minutesFromWall(wall: string): number | undefined {
  const match = WALL_TIME.exec(wall);
  if (match === null) return undefined;
  const hour = Number(match[1]);
  const minute = Number(match[2]);
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return undefined;
  return hour * 60 + minute;
}

/** `HH:MM` of whole minutes after midnight, 0 to 1440. */
export function wallFromMinutes(minutes: number): string {
  const minute = minutes % 60;
  return `${String((minutes - minute) / 60).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
