import { dayFromIso, isoFromDay, WEEKDAYS, weekdayOf } from '../../src/time/calendar.ts';
import { instantOf, offsetAt } from '../../src/time/zone.ts';
import type { WeekdayName } from '../../src/domain/common.ts';

const NOON = 720;
const DAY_MINUTES = 1440;

/**
 * The horizon's dates, numbered from 0, and its weeks, numbered from 0 too. Wall-clock minutes are good from 04:00 on: no zone
 * used here changes its clocks later in a day, so a date has one offset from then to midnight.
 */
export class Dates {
  readonly count: number;
  /** Calendar weeks that hold a date of the horizon. */
  readonly weeks: number;
  readonly closed: Uint8Array;
  readonly #first: number;
  readonly #weekStart: number;
  readonly #datesOfWeek = new Map<number, readonly number[]>();
  readonly #offsets = new Map<string, Int16Array>();

  /** `weekStart` is 0 for Monday to 6 for Sunday. Throws a RangeError where `start` is no date. */
  constructor(start: string, weeks: number, weekStart: number) {
    const first = dayFromIso(start);
    if (first === undefined) throw new RangeError(`${start} is no date`);
    this.#first = first;
    this.count = 7 * weeks;
    this.#weekStart = first - ((weekdayOf(first) - weekStart + 7) % 7);
    this.weeks = this.weekOf(this.count - 1) + 1;
    this.closed = new Uint8Array(this.count);
  }

  /** Week of a date, also of one outside the horizon. */
  weekOf(date: number): number {
    return Math.floor((this.#first + date - this.#weekStart) / 7);
  }

  /** 0 for Monday to 6 for Sunday. */
  weekdayOf(date: number): number {
    return weekdayOf(this.#first + date);
  }

  nameOf(date: number): WeekdayName {
    return WEEKDAYS[this.weekdayOf(date)] as WeekdayName;
  }

  iso(date: number): string {
    return isoFromDay(this.#first + date);
  }

  /** Dates of a week inside the horizon. */
  datesOf(week: number): readonly number[] {
    let known = this.#datesOfWeek.get(week);
    if (known === undefined) {
      const first = this.#weekStart - this.#first + 7 * week;
      known = Array.from({ length: 7 }, (_, index) => first + index).filter((date) => date >= 0 && date < this.count);
      this.#datesOfWeek.set(week, known);
    }
    return known;
  }

  /** Instant, in epoch minutes, at which the zone's clock shows `minute` on the date. */
  instant(zone: string, date: number, minute: number): number {
    return (this.#first + date) * DAY_MINUTES + minute - this.#offset(zone, date);
  }

  /** What the zone's clock shows at the instant, in minutes from the midnight that begins the date; below 0 or above 1440 on other dates. */
  clock(zone: string, date: number, instant: number): number {
    return instant + this.#offset(zone, date) - (this.#first + date) * DAY_MINUTES;
  }

  /** Instant at which the date begins on the zone's clock. */
  midnight(zone: string, date: number): number {
    return instantOf(zone, this.#first + date, 0);
  }

  #offset(zone: string, date: number): number {
    let offsets = this.#offsets.get(zone);
    if (offsets === undefined) {
      offsets = Int16Array.from({ length: this.count }, (_, day) => offsetAt(zone, instantOf(zone, this.#first + day, NOON)));
      this.#offsets.set(zone, offsets);
    }
    const known = offsets[date];
    return known ?? offsetAt(zone, instantOf(zone, this.#first + date, NOON));
  }
}
