import type { ParsedBooking } from '../domain/booking.ts';
import type { Id } from '../domain/common.ts';
import type { ParsedCouple } from '../domain/couple.ts';
import type { ParsedGroup } from '../domain/group.ts';
import type { Location, ParsedPerson, ParsedTherapist } from '../domain/person.ts';
import type { Plan } from '../domain/plan.ts';
import type { ParsedPolicy } from '../domain/policy.ts';
import type { ParsedProgram } from '../domain/program.ts';
import type { ParsedService } from '../domain/service.ts';
import { finish, type Steps } from '../domain/steps.ts';
import { WEEKDAYS, weekdayOf } from '../time/calendar.ts';
import { minuteFromIso } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';
import { instantOf, localOf } from '../time/zone.ts';
import { catalogueOf, type Catalogue, type PartnerEntry } from './catalogue.ts';
import { dayOf } from './dates.ts';
import type { Finding } from './finding.ts';
import { peopleOf, type People } from './people.ts';
import { readHistory, readPlan, type Held } from './read-plan.ts';

export type { Held, PartnerEntry };

/** Everything that the rules ask, worked out once from program and plan. */
export interface Context {
  program: ParsedProgram;
  /** Dates and instants of the horizon: dates inclusive, minutes half-open. */
  horizon: { from: number; to: number; startMinute: number; endMinute: number; zone: string; notBefore?: number };
  services: Map<Id, ParsedService>;
  policies: Map<Id, ParsedPolicy>;
  therapists: Map<Id, ParsedTherapist>;
  partners: Map<Id, PartnerEntry>;
  couples: Map<Id, ParsedCouple>;
  groups: Map<Id, ParsedGroup>;
  bookings: Map<Id, ParsedBooking>;
  /** Well-formed sessions of the plan by start, then id. */
  planned: Held[];
  /** Bookings before the horizon by start, then id. */
  history: Held[];
  /** `history` then `planned`. */
  all: Held[];
  /** Local date and minute of the day of a person at an instant. */
  local: (person: ParsedPerson, minute: number) => { day: number; minute: number };
  /** Date and minute of the day in the horizon's zone. */
  horizonLocal: (minute: number) => { day: number; minute: number };
  /** The horizon's week of a date: 1 holds the horizon's start; 0 and less lie before. */
  week: (day: number) => number;
  /** First date of a week. */
  weekStart: (week: number) => number;
  /** Weeks that hold a date of the horizon: 1..weekCount. */
  weekCount: number;
  /** All of `all` that the person attends or leads, by start. */
  of: (person: Id) => Held[];
  /** Stretches of availability (windows minus busy, adjoining joined), epoch minutes, sorted. */
  available: (person: ParsedPerson) => Interval[];
  /** The same before busy times are taken away. */
  windows: (person: ParsedPerson) => Interval[];
  /** Busy times, rounded outward to whole minutes. */
  busy: (person: ParsedPerson) => Interval[];
  /** The location (zone and state) of a person at an instant. */
  locationAt: (person: ParsedPerson, minute: number) => Location;
  /** The zone of the location in force on a date. */
  zoneOn: (person: ParsedPerson, day: number) => string;
  /** The partner or therapist of an id. */
  person: (id: Id) => ParsedPerson | undefined;
  /** What is wrong with the plan itself and with sessions that could not be read; those stand in no other rule. */
  malformed: Finding[];
}

/** Sessions by each person who attends or leads them, by start. */
function* sessionsByPerson(all: Held[]): Steps<Map<Id, Held[]>> {
  const byPerson = new Map<Id, Held[]>();
  for (const held of all) {
    yield;
    for (const id of [...held.attendees, ...held.therapists]) {
      const list = byPerson.get(id);
      if (list) list.push(held);
      else byPerson.set(id, [held]);
    }
  }
  for (const list of byPerson.values()) list.sort((a, b) => a.start - b.start);
  return byPerson;
}

function horizonOf(program: ParsedProgram): Context['horizon'] {
  const { start, weeks, zone, notBefore } = program.horizon;
  const from = dayOf(start);
  const to = from + 7 * weeks - 1;
  const earliest = notBefore === undefined ? undefined : minuteFromIso(notBefore);
  return {
    from,
    to,
    startMinute: instantOf(zone, from, 0),
    endMinute: instantOf(zone, to + 1, 0),
    zone,
    ...(earliest !== undefined && { notBefore: Math.ceil(earliest) }),
  };
}

/** What a program's contexts share, whatever the plan. */
export interface Setting {
  program: ParsedProgram;
  horizon: Context['horizon'];
  catalogue: Catalogue;
  people: People;
  /** Bookings before the horizon by start, then id. */
  history: Held[];
}

export function* settingOf(program: ParsedProgram): Steps<Setting> {
  const horizon = horizonOf(program);
  const catalogue = catalogueOf(program, horizon);
  yield;
  const history = yield* readHistory(program.bookings, catalogue, horizon.startMinute);
  return { program, horizon, catalogue, people: peopleOf(horizon.from, horizon.to), history };
}

/**
 * What the rules ask of a program and a plan. `plan` may be any JSON value: what cannot be read stands in `malformed`.
 */
export function buildContext(program: ParsedProgram, plan: Plan): Context {
  return finish(contextOf(finish(settingOf(program)), plan));
}

/** The same in steps, for plans of one program. */
export function* contextOf({ program, horizon, catalogue, people, history }: Setting, plan: Plan): Steps<Context> {
  const { planned, malformed } = yield* readPlan(plan, catalogue, program.id);
  const all = [...history, ...planned];
  const byPerson = yield* sessionsByPerson(all);
  const intoWeek = (weekdayOf(horizon.from) - WEEKDAYS.indexOf(program.horizon.weekStart) + 7) % 7;
  const firstWeekStart = horizon.from - intoWeek;
  const week = (day: number) => Math.floor((day - firstWeekStart) / 7) + 1;
  return {
    program,
    horizon,
    services: catalogue.services,
    policies: catalogue.policies,
    therapists: catalogue.therapists,
    partners: catalogue.partners,
    couples: catalogue.couples,
    groups: catalogue.groups,
    bookings: catalogue.bookings,
    planned,
    history,
    all,
    malformed,
    ...people,
    horizonLocal: (minute) => localOf(horizon.zone, minute),
    week,
    weekStart: (number) => firstWeekStart + 7 * (number - 1),
    weekCount: week(horizon.to),
    of: (person) => byPerson.get(person) ?? [],
    person: (id) => catalogue.partners.get(id)?.partner ?? catalogue.therapists.get(id),
  };
}
