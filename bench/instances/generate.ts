import type { Horizon, Program } from '../../src/domain/program.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { Service } from '../../src/domain/service.ts';
import { Random } from '../../src/kernel/random.ts';
import { WEEKDAYS, dayFromIso, weekdayOf } from '../../src/time/calendar.ts';
import { tzdataVersion } from '../../src/time/zone.ts';
import { VERSION } from '../../src/version.ts';
import { drawBookings, withBookings } from './bookings.ts';
import { SERVICE_ID } from './care.ts';
import { plantClient, plantCouple } from './couples.ts';
import { Dates } from './dates.ts';
import { settle, type Draft, type DraftTherapist, type Planted } from './draft.ts';
import { drawStates } from './places.ts';
import { drawPolicies } from './policies.ts';
import { drawShape, type GenerateOptions, type Shape } from './shape.ts';
import { drawTherapists } from './therapists.ts';
import { writeCouple } from './write-couple.ts';
import { writeGroup, writeSpareGroup } from './write-group.ts';
import { writePartner } from './write-partner.ts';
import { inOrder, plantedSessions, writeSessions } from './write-sessions.ts';
import { writeTherapist } from './write-therapist.ts';

export interface Instance {
  program: Program;
  /** A plan that keeps every hard rule; it was there first, and the program was written around it. Not the best one. */
  planted: Plan;
}

/** A program of the given size with a plan that is known to be feasible. Pure: the same options give the same documents. */
export function generate(options: GenerateOptions = {}): Instance {
  const draft = plantAll(options);
  const id = `${options.tier ?? 'custom'}-${options.tightness ?? 'loose'}-${options.weeks ?? 1}w-${options.seed ?? 1}`;
  const planted = plantedSessions(draft);
  const sessions = writeSessions(draft, planted);
  const { bookings, notBefore } = drawBookings(draft.random, sessions);
  const program = writeProgram(draft, id, planted, notBefore);
  return {
    program: { ...program, ...(bookings.length === 0 ? {} : { bookings }) },
    planted: {
      program: id,
      sessions: inOrder(withBookings(sessions, bookings)),
      unmet: [],
      clockChanges: [],
      madeWith: { version: VERSION, tzdata: tzdataVersion() },
    },
  };
}

function plantAll(options: GenerateOptions): Draft {
  const random = new Random(options.seed ?? 1);
  const shape = drawShape(random, options);
  const dates = new Dates(shape.start, shape.weeks, shape.weekStart);
  for (const date of shape.closures) dates.closed[date] = 1;
  const places = drawStates(random, shape.states);
  const therapists = drawTherapists(random, shape, dates, places);
  const horizonZone = random.pick(places.slice(0, 5))[0]?.zone ?? 'America/New_York';
  const draft: Draft = { random, shape, dates, places, horizonZone, therapists, couples: [], clients: [], tracks: [], sessions: [] };
  for (let number = 1; number <= shape.couples; number++) plantCouple(draft, number);
  for (let number = 1; number <= shape.clients; number++) plantClient(draft, number);
  for (const track of draft.tracks) for (const meeting of track.meetings) if (meeting.attendees.length > 0) settle(draft, meeting);
  return draft;
}

function writeProgram(draft: Draft, id: string, planted: readonly Planted[], notBefore: string | undefined): Program {
  const { random, couples, clients } = draft;
  const held = new Map<DraftTherapist, Planted[]>(draft.therapists.map((therapist) => [therapist, []]));
  for (const session of planted) for (const therapist of session.therapists) held.get(therapist)?.push(session);
  const policies = drawPolicies(draft);
  const tracks = draft.tracks.filter((track) => track.meetings.some((meeting) => meeting.attendees.length > 0));
  const spare = draft.shape.tight ? 0 : random.below(2 + Math.floor(tracks.length / 6));
  const groups = [
    ...tracks.map((track) => writeGroup(draft, track)),
    ...Array.from({ length: spare }, (_, index) => writeSpareGroup(draft, index + 1)),
  ];
  return {
    schemaVersion: 1,
    id,
    horizon: { ...horizonOf(draft.shape, draft), ...(notBefore === undefined ? {} : { notBefore }) },
    services: servicesOf(draft),
    policies,
    therapists: draft.therapists.map((therapist) => writeTherapist(draft, therapist, held.get(therapist) ?? [])),
    couples: couples.map((couple) => writeCouple(draft, couple, policies)),
    ...(clients.length === 0 ? {} : { clients: clients.map((client) => writePartner(draft, client, policies)) }),
    ...(groups.length === 0 ? {} : { groups }),
    ...(random.chance(0.3) ? { weights: { 'therapist-balance': random.between(0, 1), 'same-slot': random.between(0, 8) } } : {}),
  };
}

function horizonOf(shape: Shape, draft: Draft): Horizon {
  const closures = shape.closures.map((date) => ({ from: draft.dates.iso(date), to: draft.dates.iso(date) }));
  const usual = weekdayOf(dayFromIso(shape.start) ?? 0) === shape.weekStart;
  return {
    start: shape.start,
    weeks: shape.weeks,
    zone: draft.horizonZone,
    ...(usual ? {} : { weekStart: WEEKDAYS[shape.weekStart] ?? 'mon' }),
    slotMinutes: shape.slotMinutes,
    ...(closures.length === 0 ? {} : { closures }),
  };
}

function servicesOf(draft: Draft): Service[] {
  const { format } = draft.shape;
  const codes = { individual: '90834', joint: '90847', group: '90853' };
  return (['individual', 'joint', 'group'] as const).map((kind) => ({
    id: SERVICE_ID[kind],
    kind,
    minutes: format[kind].minutes,
    ...(format[kind].credit === format[kind].minutes ? {} : { creditMinutes: format[kind].credit }),
    bufferMinutes: format.bufferMinutes,
    code: codes[kind],
  }));
}
