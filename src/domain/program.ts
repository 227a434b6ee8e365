import { z } from 'zod';
import { dayFromIso, WEEKDAYS, weekdayOf } from '../time/calendar.ts';
import { bookingSchema, type Booking, type ParsedBooking } from './booking.ts';
import {
  dateSchema,
  documentation,
  idSchema,
  instantSchema,
  integerSchema,
  listSchema,
  weekdaySchema,
  zoneSchema,
  type Filled,
  type Id,
  type IsoDate,
  type IsoInstant,
  type WeekdayName,
  type ZoneName,
} from './common.ts';
import { coupleSchema, type Couple, type ParsedCouple } from './couple.ts';
import { groupSchema, type Group, type ParsedGroup } from './group.ts';
import { MAX_HORIZON_WEEKS, SIZE_LIMITS } from './limits.ts';
import { partnerSchema, therapistSchema, type ParsedPartner, type ParsedTherapist, type Partner, type Therapist } from './person.ts';
import { policySchema, type ParsedPolicy, type Policy } from './policy.ts';
import { serviceSchema, type ParsedService, type Service } from './service.ts';
import { weightsSchema, type Weights } from './weights.ts';

/** The dates that are planned. */
export interface Horizon {
  start: IsoDate;
  /** 1 to 53 weeks of 7 dates. */
  weeks: number;
  zone: ZoneName;
  /** Default: the weekday of `start`. */
  weekStart?: WeekdayName;
  /** The grid of starts that the solver chooses from, counted from `start` at midnight. Default 15. */
  slotMinutes?: 5 | 10 | 15 | 20 | 30 | 60;
  /** Dates without planned sessions, in the horizon's zone. */
  closures?: { from: IsoDate; to: IsoDate }[];
  /** Nothing new is planned before it. */
  notBefore?: IsoInstant;
}

/** The whole input document. */
export interface Program {
  schemaVersion: 1;
  id: Id;
  horizon: Horizon;
  services: Service[];
  policies: Policy[];
  therapists: Therapist[];
  couples: Couple[];
  /** Treated without a partner. */
  clients?: Partner[];
  groups?: Group[];
  bookings?: Booking[];
  /** Replaces the default weight of any soft rule. */
  weights?: Partial<Weights>;
}

export type ParsedHorizon = Filled<Horizon, 'weekStart' | 'slotMinutes' | 'closures'>;

/** A program that has been checked, with defaults filled in; a valid `Program` itself. */
export interface ParsedProgram {
  schemaVersion: 1;
  id: Id;
  horizon: ParsedHorizon;
  services: ParsedService[];
  policies: ParsedPolicy[];
  therapists: ParsedTherapist[];
  couples: ParsedCouple[];
  clients: ParsedPartner[];
  groups: ParsedGroup[];
  bookings: ParsedBooking[];
  weights: Weights;
}

export const horizonSchema = z
  .strictObject({
    start: dateSchema('First date'),
    weeks: integerSchema(1, MAX_HORIZON_WEEKS, 'Weeks of seven dates'),
    zone: zoneSchema('Time zone'),
    weekStart: weekdaySchema.exactOptional(),
    slotMinutes: z
      .literal([5, 10, 15, 20, 30, 60])
      .register(documentation, { description: 'The grid of starts, counted from the start at midnight' })
      .default(15),
    closures: listSchema(
      z.strictObject({ from: dateSchema('First date'), to: dateSchema('Last date, inclusive') }),
      SIZE_LIMITS.closures,
      'Dates without planned sessions',
    ).default([]),
    notBefore: instantSchema('Nothing new is planned before it').exactOptional(),
  })
  .register(documentation, { id: 'Horizon', description: 'The dates that are planned' })
  .transform((horizon) => ({ ...horizon, weekStart: horizon.weekStart ?? weekdayNameOf(horizon.start) }));

/** The whole document by its form; what one part says of another is checked by `parseProgram` alone. */
export const programSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    id: idSchema('Id of the program'),
    horizon: horizonSchema,
    services: listSchema(serviceSchema, SIZE_LIMITS.services, 'Kinds of sessions'),
    policies: listSchema(policySchema, SIZE_LIMITS.policies, 'Hour rules'),
    therapists: listSchema(therapistSchema, SIZE_LIMITS.therapists, 'Therapists'),
    couples: listSchema(coupleSchema, SIZE_LIMITS.couples, 'Couples'),
    clients: listSchema(partnerSchema, SIZE_LIMITS.clients, 'Treated without a partner').default([]),
    groups: listSchema(groupSchema, SIZE_LIMITS.groups, 'Groups').default([]),
    bookings: listSchema(bookingSchema, SIZE_LIMITS.bookings, 'Sessions already on calendars').default([]),
    weights: weightsSchema.register(documentation, { description: 'Weight per unit of each soft rule' }).prefault({}),
  })
  .register(documentation, { title: 'Program', description: 'The input document of iop-scheduler' });

function weekdayNameOf(date: IsoDate): WeekdayName {
  return WEEKDAYS[weekdayOf(dayFromIso(date) ?? 0)] ?? 'mon';
}
