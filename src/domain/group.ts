import { z } from 'zod';
import {
  dateSchema,
  documentation,
  idSchema,
  integerSchema,
  listSchema,
  startSchema,
  weekdaySchema,
  windowSchema,
  zoneSchema,
  type Filled,
  type Id,
  type IsoDate,
  type WallTime,
  type WeekdayName,
  type Window,
  type ZoneName,
} from './common.ts';
import { MAX_COUNT, SIZE_LIMITS } from './limits.ts';

/** A group; its dates and times are in its own zone. */
export interface Group {
  id: Id;
  service: Id;
  leaders: Id[];
  /** Leaders present at a meeting. Default 1. */
  leadersNeeded?: number;
  /** Seats of a meeting: attendees + `taken` lie within `min` (default 1) and `max`; `taken` (default 0) are members outside this program. */
  capacity: { min?: number; max: number; taken?: number };
  zone: ZoneName;
  from?: IsoDate;
  to?: IsoDate;
  /** Fixed times, or `count` meetings a week (of the horizon) within windows. */
  meetings: { at: { day: WeekdayName; start: WallTime }[] } | { count: number; windows: Window[] };
  /** Each replaces the meetings of its date. */
  exceptions?: { date: IsoDate; at: WallTime[] }[];
}

export interface ParsedGroup extends Omit<Filled<Group, 'leadersNeeded' | 'exceptions'>, 'capacity'> {
  capacity: Required<Group['capacity']>;
}

const meetingsSchema = z
  .union([
    z.strictObject({
      at: listSchema(z.strictObject({ day: weekdaySchema, start: startSchema('Start') }), SIZE_LIMITS.at, 'Fixed times'),
    }),
    z.strictObject({
      count: integerSchema(0, MAX_COUNT, 'Most meetings a week of the horizon'),
      windows: listSchema(windowSchema, SIZE_LIMITS.windows, 'Windows within which the meetings lie'),
    }),
  ])
  .register(documentation, { description: 'Fixed times, or some meetings a week within windows' });

export const groupSchema = z
  .strictObject({
    id: idSchema('Id of the group'),
    service: idSchema('Id of a group service'),
    leaders: listSchema(idSchema('Id of a therapist'), SIZE_LIMITS.leaders, 'Who may lead it').min(1),
    leadersNeeded: integerSchema(1, SIZE_LIMITS.leaders, 'Leaders present at a meeting').default(1),
    capacity: z
      .strictObject({
        min: integerSchema(0, MAX_COUNT, 'Least attendees, those of taken included').default(1),
        max: integerSchema(1, MAX_COUNT, 'Most attendees, those of taken included'),
        taken: integerSchema(0, MAX_COUNT, 'Members outside this program').default(0),
      })
      .register(documentation, { description: 'Seats of a meeting' }),
    zone: zoneSchema('Zone of its dates and times'),
    from: dateSchema('First date').exactOptional(),
    to: dateSchema('Last date, inclusive').exactOptional(),
    meetings: meetingsSchema,
    exceptions: listSchema(
      z.strictObject({
        date: dateSchema('Date'),
        at: listSchema(startSchema('Start'), SIZE_LIMITS.at, 'Meetings; none: it does not meet'),
      }),
      SIZE_LIMITS.exceptions,
      'Each replaces the meetings of its date',
    ).default([]),
  })
  .register(documentation, { id: 'Group', description: 'A group; its dates and times are in its own zone' });
