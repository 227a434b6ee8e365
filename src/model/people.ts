import type { Location, ParsedPerson } from '../domain/person.ts';
import { expandWindows } from '../time/recurrence.ts';
import { containsSpan, subtract, union, type Interval } from '../time/interval.ts';
import { instantOf } from '../time/zone.ts';
import { dayNumber, localTime, minuteNumber, spansOf, type Frame } from './frame.ts';
import type { Spans } from './problem.ts';

/** A person's whereabouts and free time, for compiling only. */
export interface PersonTimes {
  /** Availability before busy time is taken out (epoch minutes), and with it taken out. */
  windows: Interval[];
  free: Spans;
  locations: Location[];
  /** Relative minute from which each location holds; the first is -Infinity. */
  since: number[];
  /** Zone of the location in force on a relative date. */
  zoneOn: (day: number) => string;
}

/** Availability reaches this many dates beyond the horizon's, so that every zone's dates are whole. */
const MARGIN_DAYS = 3;

export function personTimes(frame: Frame, person: ParsedPerson): PersonTimes {
  const { availability, locations } = person;
  const since = locations.map((location, index) =>
    index === 0 || location.from === undefined ? -Infinity : instantOf(location.zone, dayNumber(location.from), 0) - frame.origin,
  );
  const fromDays = locations.map((location, index) => (index === 0 || location.from === undefined ? -Infinity : dayNumber(location.from)));
  const zoneOn = (day: number): string => locations[lastAtMost(fromDays, day)]!.zone;
  const exceptions = new Map(availability.exceptions.map((exception) => [dayNumber(exception.date), exception.windows]));
  const first = frame.firstDay - MARGIN_DAYS;
  const last = frame.firstDay + frame.dayCount + MARGIN_DAYS;
  const windows = union(expandWindows(availability.weekly, (day) => availability.zone ?? zoneOn(day), first, last, exceptions));
  const busy = union(
    availability.busy.map((each) => ({ start: Math.floor(minuteNumber(each.start)), end: Math.ceil(minuteNumber(each.end)) })),
  );
  return {
    windows,
    free: spansOf(subtract(windows, busy), frame.origin),
    locations,
    since,
    zoneOn: (day) => zoneOn(day + frame.firstDay),
  };
}

/** Location in force at a relative minute. */
export function locationAt(person: PersonTimes, minute: number): Location {
  return person.locations[lastAtMost(person.since, minute)]!;
}

/** Relative date and minute of the day on the person's own clock. */
export function localOfPerson(frame: Frame, person: PersonTimes, minute: number): { day: number; minute: number } {
  return localTime(frame, locationAt(person, minute).zone, minute);
}

/** Whether a person is available from `start` to `end` (relative), busy or not: what a booking asks, whose own time is not busy for it. */
export function isAvailable(frame: Frame, person: PersonTimes, start: number, end: number): boolean {
  return containsSpan(person.windows, frame.origin + start, frame.origin + end);
}

/** Index of the last of the rising `values` that is at most `at`; 0 where none is. */
function lastAtMost(values: readonly number[], at: number): number {
  let index = values.length - 1;
  while (index > 0 && values[index]! > at) index--;
  return index;
}
