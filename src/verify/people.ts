import type { Location, ParsedPerson } from '../domain/person.ts';
import { dayOf } from './dates.ts';
import { minuteFromIso } from '../time/instant.ts';
import { subtract, union, type Interval } from '../time/interval.ts';
import { expandWindows } from '../time/recurrence.ts';
import { instantOf, localOf } from '../time/zone.ts';

/** A location with the date and the instant from which it holds; `-Infinity` for the first. */
interface Dated {
  location: Location;
  day: number;
  minute: number;
}

/** Where people are, and when they can be in a session. Worked out once a person. */
export interface People {
  /** The location in force at an instant: each holds from midnight, in its own zone, of its `from`. */
  locationAt: (person: ParsedPerson, minute: number) => Location;
  /** The zone of the location in force on a date: the last whose `from` is not after it. */
  zoneOn: (person: ParsedPerson, day: number) => string;
  /** Local date and minute of the day at an instant. */
  local: (person: ParsedPerson, minute: number) => { day: number; minute: number };
  /** Windows minus busy times, adjoining ones joined: epoch minutes, half-open, sorted. */
  available: (person: ParsedPerson) => Interval[];
  /** Windows alone, adjoining ones joined. */
  windows: (person: ParsedPerson) => Interval[];
  /** Busy times, rounded outward to whole minutes. */
  busy: (person: ParsedPerson) => Interval[];
}

function datedLocations(person: ParsedPerson): Dated[] {
  const dated = person.locations.map((location, index) => {
    if (index === 0 || location.from === undefined) return { location, day: -Infinity, minute: -Infinity };
    const day = dayOf(location.from);
    return { location, day, minute: instantOf(location.zone, day, 0) };
  });
  return dated.sort((a, b) => a.day - b.day);
}

function lastHolding(dated: Dated[], holds: (one: Dated) => boolean): Location {
  let found = dated[0];
  if (found !== undefined && dated.length === 1) return found.location; // the usual case
  for (const one of dated) if (holds(one)) found = one;
  if (found === undefined) throw new Error('a person without a location');
  return found.location;
}

function busyOf(person: ParsedPerson): Interval[] {
  return person.availability.busy.map((busy) => ({
    start: Math.floor(minuteFromIso(busy.start) ?? NaN),
    end: Math.ceil(minuteFromIso(busy.end) ?? NaN),
  }));
}

function remember<K extends object, V>(work: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = work(key);
      known.set(key, value);
    }
    return value;
  };
}

/**
 * Availability is expanded for the dates of the horizon and two on either side: zones differ by up to 26 hours, and a window may cross
 * midnight.
 */
export function peopleOf(fromDay: number, toDay: number): People {
  const dated = remember(datedLocations);
  const locationAt = (person: ParsedPerson, minute: number) => lastHolding(dated(person), (one) => one.minute <= minute);
  const zoneOn = (person: ParsedPerson, day: number) => lastHolding(dated(person), (one) => one.day <= day).zone;
  const windows = remember((person: ParsedPerson) => {
    const { zone, weekly, exceptions } = person.availability;
    const replaced = new Map(exceptions.map((exception) => [dayOf(exception.date), exception.windows]));
    return union(expandWindows(weekly, (day) => zone ?? zoneOn(person, day), fromDay - 2, toDay + 2, replaced));
  });
  const busy = remember(busyOf);
  return {
    locationAt,
    zoneOn,
    local: (person, minute) => localOf(locationAt(person, minute).zone, minute),
    available: remember((person: ParsedPerson) => subtract(windows(person), busy(person))),
    windows,
    busy,
  };
}
