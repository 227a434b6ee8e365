import { z } from 'zod';
import { careItemSchema, type CareItem, type CareItemDraft, type ParsedCareItem } from './care.ts';
import {
  dateRangeSchema,
  dateSchema,
  daySpanSchema,
  documentation,
  idSchema,
  instantSchema,
  integerSchema,
  listSchema,
  textSchema,
  windowSchema,
  zoneSchema,
  type DateRange,
  type Filled,
  type Id,
  type IsoDate,
  type IsoInstant,
  type WallTime,
  type Window,
  type ZoneName,
} from './common.ts';
import { MAX_COUNT, MAX_DAY_MINUTES, MAX_WEEK_MINUTES, SIZE_LIMITS } from './limits.ts';

/** Where a person is from a date on (midnight of its own zone); the first one holds before its `from` too. */
export interface Location {
  from?: IsoDate;
  zone: ZoneName;
  /** Opaque; never derived from the zone. */
  state: string;
}

export interface Availability {
  /** Default: the zone of the person's location on that date. */
  zone?: ZoneName;
  weekly: Window[];
  /** Each replaces the windows that start on its date; an empty list is away. */
  exceptions?: { date: IsoDate; windows: { start: WallTime; end: WallTime }[] }[];
  /** Instants at which the person cannot be in a session. */
  busy?: { start: IsoInstant; end: IsoInstant }[];
}

export interface Person {
  id: Id;
  /** For display by the caller; never written to errors or reports. */
  name?: string;
  locations: Location[];
  availability: Availability;
}

/** A therapist's right to practise toward a client who is physically in `state`, on dates `from` to `to`. */
export interface Authority extends DateRange {
  state: string;
}

export interface TherapistLimits {
  /** Clock minutes in sessions on the therapist's local date. */
  dailyMinutes?: number;
  /** Clock minutes in sessions in the therapist's week. */
  weeklyMinutes?: number;
  /** At most `minutes` of session in a run, which only a gap of `breakMinutes` after the buffer ends. */
  run?: { minutes: number; breakMinutes: number };
  /** Partners in individual care plus couples in joint care. */
  caseload?: number;
}

export interface Therapist extends Person {
  services: Id[];
  authorities: Authority[];
  attributes?: string[];
  /** Partners this therapist never meets. */
  blocked?: Id[];
  limits?: TherapistLimits;
}

/** A payer's grant: sessions of `services` on dates `from` to `to` draw on it. */
export interface Authorization {
  services: Id[];
  from: IsoDate;
  to: IsoDate;
  unit: 'session' | 'day';
  total?: number;
  /** Units used that no listed booking shows. Default 0. */
  used?: number;
  /** Units a week (of the partner). */
  maxPerWeek?: number;
  /** Sessions a date. */
  maxPerDay?: number;
}

/** One who is in treatment: half of a couple, or a client without a partner. */
export interface Partner extends Person {
  /** Default: the horizon. */
  stay?: DateRange;
  /** Id of a policy; none: no hour rules. */
  policy?: Id;
  care: CareItem[];
  /** Attributes that a therapist of an individual or joint session must have. */
  requires?: string[];
  prefers?: { attributes?: string[]; times?: Window[] };
  authorizations?: Authorization[];
}

export type ParsedAvailability = Filled<Availability, 'exceptions' | 'busy'>;
export interface ParsedPerson extends Omit<Person, 'availability'> {
  availability: ParsedAvailability;
}
export interface ParsedTherapist extends Omit<Filled<Therapist, 'attributes' | 'blocked' | 'limits'>, 'availability'> {
  availability: ParsedAvailability;
}
export type ParsedAuthorization = Filled<Authorization, 'used'>;
export interface ParsedPartner extends Omit<Filled<Partner, 'requires'>, 'availability' | 'care' | 'authorizations' | 'prefers'> {
  availability: ParsedAvailability;
  care: ParsedCareItem[];
  prefers: { attributes: string[]; times?: Window[] };
  authorizations: ParsedAuthorization[];
}

/** A partner by itself: defaults of care that depend on the kind of service are still missing. */
export type PartnerDraft = Omit<ParsedPartner, 'care'> & { care: CareItemDraft[] };

const locationSchema = z
  .strictObject({
    from: dateSchema('First date; may be missing in the first location only').exactOptional(),
    zone: zoneSchema('Time zone'),
    state: textSchema('State or jurisdiction; never derived from the zone'),
  })
  .register(documentation, { id: 'Location', description: 'Where a person is from a date on' });

const availabilitySchema = z
  .strictObject({
    zone: zoneSchema("Zone of the windows; default: that of the person's location on the date").exactOptional(),
    weekly: listSchema(windowSchema, SIZE_LIMITS.weekly, 'Windows of every week'),
    exceptions: listSchema(
      z.strictObject({ date: dateSchema('Date'), windows: listSchema(daySpanSchema, SIZE_LIMITS.windows, 'Windows; none: away') }),
      SIZE_LIMITS.exceptions,
      'Each replaces the windows that start on its date',
    ).default([]),
    busy: listSchema(
      z.strictObject({ start: instantSchema('Start'), end: instantSchema('End, exclusive') }),
      SIZE_LIMITS.busy,
      'When the person cannot be in a session',
    ).default([]),
  })
  .register(documentation, { id: 'Availability', description: 'When a person can be in a session' });

const person = {
  id: idSchema('Id of the person'),
  name: textSchema('For display by the caller; never written to errors or reports', SIZE_LIMITS.name).exactOptional(),
  locations: listSchema(locationSchema, SIZE_LIMITS.locations, 'By date, rising').min(1),
  availability: availabilitySchema,
};

const attribute = textSchema('Attribute of a therapist');

const authoritySchema = dateRangeSchema.extend({ state: textSchema('State in which the client is') }).register(documentation, {
  id: 'Authority',
  description: "A therapist's right to practise toward a client who is physically in the state",
});

const therapistLimitsSchema = z
  .strictObject({
    dailyMinutes: integerSchema(0, MAX_DAY_MINUTES, 'Clock minutes in sessions on a date').exactOptional(),
    weeklyMinutes: integerSchema(0, MAX_WEEK_MINUTES, 'Clock minutes in sessions in a week').exactOptional(),
    run: z
      .strictObject({
        minutes: integerSchema(1, MAX_WEEK_MINUTES, 'Most minutes of session in a run'),
        breakMinutes: integerSchema(0, MAX_DAY_MINUTES, 'Gap after the buffer that ends a run'),
      })
      .exactOptional(),
    caseload: integerSchema(0, SIZE_LIMITS.clients, 'Partners in individual care plus couples in joint care').exactOptional(),
  })
  .register(documentation, { id: 'TherapistLimits' });

export const therapistSchema = z
  .strictObject({
    ...person,
    services: listSchema(idSchema('Id of a service'), SIZE_LIMITS.services, 'Services that the therapist offers'),
    authorities: listSchema(authoritySchema, SIZE_LIMITS.authorities, 'Where the therapist may practise'),
    attributes: listSchema(attribute, SIZE_LIMITS.attributes, 'What clients may require or prefer').default([]),
    blocked: listSchema(idSchema('Id of a partner'), SIZE_LIMITS.blocked, 'Partners whom the therapist never meets').default([]),
    limits: therapistLimitsSchema.default({}),
  })
  .register(documentation, { id: 'Therapist' });

const authorizationSchema = z
  .strictObject({
    services: listSchema(idSchema('Id of a service'), SIZE_LIMITS.services, 'Services that draw on it').min(1),
    from: dateSchema('First date'),
    to: dateSchema('Last date, inclusive'),
    unit: z.enum(['session', 'day']),
    total: integerSchema(0, SIZE_LIMITS.bookings, 'Units granted').exactOptional(),
    used: integerSchema(0, SIZE_LIMITS.bookings, 'Units used that no listed booking shows').default(0),
    maxPerWeek: integerSchema(0, MAX_COUNT, "Units in a week of the partner's").exactOptional(),
    maxPerDay: integerSchema(0, MAX_COUNT, 'Sessions on a date').exactOptional(),
  })
  .register(documentation, { id: 'Authorization', description: "A payer's grant" });

export const partnerSchema = z
  .strictObject({
    ...person,
    stay: dateRangeSchema.register(documentation, { description: 'Dates in treatment; default: the horizon' }).exactOptional(),
    policy: idSchema('Id of a policy; none: no hour rules').exactOptional(),
    care: listSchema(careItemSchema, SIZE_LIMITS.care, 'Individual and group care'),
    requires: listSchema(attribute, SIZE_LIMITS.requires, 'Attributes that a therapist must have').default([]),
    prefers: z
      .strictObject({
        attributes: listSchema(attribute, SIZE_LIMITS.attributes, 'Attributes that a therapist should have').default([]),
        times: listSchema(windowSchema, SIZE_LIMITS.times, 'When sessions should be').exactOptional(),
      })
      .prefault({}),
    authorizations: listSchema(authorizationSchema, SIZE_LIMITS.authorizations, 'Grants, in the order in which they are drawn on').default(
      [],
    ),
  })
  .register(documentation, { id: 'Partner', description: 'One who is in treatment: half of a couple, or a client without a partner' });
