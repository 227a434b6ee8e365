import type { DayTable, Problem, TherapistModel } from '../model/problem.ts';

/** One stretch of a therapist's time: a session or a meeting. */
export interface Duty {
  start: number;
  end: number;
  /** End with the buffer. */
  busyEnd: number;
  /** Household of a session; -1 - meeting for a meeting. */
  owner: number;
  day: number;
  week: number;
}

/** A therapist's sessions, sorted by start; several may stand at once while a plan is being made. */
export class Roster {
  readonly duties: Duty[] = [];

  constructor(
    readonly model: TherapistModel,
    private readonly weekOneDay: number,
  ) {
    for (let index = 0; index < model.past.length; index += 3) {
      this.add(model.past[index]!, model.past[index + 1]!, model.past[index + 2]!, PAST);
    }
  }

  add(start: number, end: number, buffer: number, owner: number): void {
    const day = dayIn(this.model.days, start);
    const week = weekOfDay(day, this.weekOneDay);
    const at = this.firstFrom(start);
    this.duties.splice(at, 0, { start, end, busyEnd: end + buffer, owner, day, week });
  }

  remove(start: number, owner: number): void {
    const at = this.duties.findIndex((duty) => duty.start === start && duty.owner === owner);
    if (at >= 0) this.duties.splice(at, 1);
  }

  /** Owners, other than `self`, whose duties a session would overlap, buffers included. */
  clashes(start: number, end: number, buffer: number, self: number): number[] {
    const owners: number[] = [];
    for (let at = this.firstFrom(start - LONGEST); at < this.duties.length; at++) {
      const duty = this.duties[at]!;
      if (duty.start >= end + buffer) break;
      if (duty.owner === self) continue;
      const clash = duty.start <= start ? start < duty.busyEnd : duty.start < end + buffer;
      if (clash) owners.push(duty.owner);
    }
    return owners;
  }

  /** Owners, other than `self`, that stand in the way of one more session because of daily, weekly or run limits. */
  overLimit(start: number, end: number, buffer: number, self: number): number[] {
    const { dailyMinutes, weeklyMinutes, runMinutes } = this.model;
    if (dailyMinutes === Infinity && weeklyMinutes === Infinity && runMinutes === Infinity) return [];
    const day = dayIn(this.model.days, start);
    const week = weekOfDay(day, this.weekOneDay);
    const owners: number[] = [];
    this.collect(owners, end - start, dailyMinutes, self, this.between(start, 2), (duty) => duty.day === day);
    this.collect(owners, end - start, weeklyMinutes, self, this.between(start, 8), (duty) => duty.week === week);
    if (runMinutes < Infinity) owners.push(...this.runOwners(start, end, end + buffer, self));
    return owners;
  }

  private collect(
    owners: number[],
    minutes: number,
    limit: number,
    self: number,
    [from, to]: readonly [number, number],
    counts: (duty: Duty) => boolean,
  ): void {
    if (limit === Infinity) return;
    let sum = minutes;
    for (let at = from; at < to; at++) {
      const duty = this.duties[at]!;
      if (duty.owner !== self && counts(duty)) sum += duty.end - duty.start;
    }
    if (sum <= limit) return;
    for (let at = from; at < to; at++) {
      const duty = this.duties[at]!;
      if (duty.owner !== self && counts(duty)) owners.push(duty.owner);
    }
  }

  /** The places of duties that start within so many times 24 hours of a minute. */
  private between(minute: number, days: number): readonly [number, number] {
    return [this.firstFrom(minute - days * 1440), this.firstFrom(minute + days * 1440)];
  }

  /** Others in the run that a session would join, where the run gets too long. */
  private runOwners(start: number, end: number, busyEnd: number, self: number): number[] {
    const { runMinutes, runBreak } = this.model;
    const owners: number[] = [];
    let minutes = end - start;
    const join = (duty: Duty): void => {
      minutes += duty.end - duty.start;
      owners.push(duty.owner);
    };
    const after = this.firstFrom(start + 1);
    let first = start;
    for (let at = after - 1; at >= 0; at--) {
      const duty = this.duties[at]!;
      if (duty.owner === self) continue;
      if (first >= duty.busyEnd + runBreak) break;
      join(duty);
      first = duty.start;
    }
    owners.reverse();
    let last = busyEnd;
    for (let at = after; at < this.duties.length; at++) {
      const duty = this.duties[at]!;
      if (duty.owner === self) continue;
      if (duty.start >= last + runBreak) break;
      join(duty);
      last = duty.busyEnd;
    }
    return minutes > runMinutes ? owners : [];
  }

  /** Contact minutes in a week: missed sessions are none. */
  minutesIn(week: number): number {
    let sum = 0;
    for (const duty of this.duties) if (duty.week === week && duty.owner !== PAST) sum += duty.end - duty.start;
    return sum - (this.model.missedMinutes[week] ?? 0);
  }

  private firstFrom(start: number): number {
    let low = 0;
    let high = this.duties.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.duties[middle]!.start < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Owners of duties that never give way: bookings inside the horizon that stand, and bookings before it. */
export const FIXED = -1_000_000_000;
export const PAST = FIXED - 1;

/** No session with its buffer lasts longer than this many minutes. */
const LONGEST = 3 * 1440;

/** The week of the horizon in which a minute lies on a therapist's clock. */
export function weekIn({ therapists, weekOneDay }: Problem, therapist: number, minute: number): number {
  return weekOfDay(dayIn(therapists[therapist]!.days, minute), weekOneDay);
}

/** The week of the horizon in which a date lies; 0 and less before it. */
export function weekOfDay(day: number, weekOneDay: number): number {
  return Math.floor((day - weekOneDay) / 7) + 1;
}

/** The date in which a minute lies. */
export function dayIn(table: DayTable, minute: number): number {
  let index = Math.min(table.starts.length - 1, Math.max(0, Math.floor((minute - table.starts[0]!) / 1440)));
  while (index > 0 && table.starts[index]! > minute) index--;
  while (index + 1 < table.starts.length && table.starts[index + 1]! <= minute) index++;
  return table.first + index;
}
