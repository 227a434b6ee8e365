import { z } from 'zod';
import { documentation, idSchema, instantSchema, listSchema, type Filled, type Id, type IsoInstant } from './common.ts';
import { MAX_BOOKING_THERAPISTS, SIZE_LIMITS } from './limits.ts';

export type BookingState = 'delivered' | 'missed' | 'locked' | 'movable';

/** A session already on calendars. Delivered and missed ones are facts. */
export interface Booking {
  id: Id;
  service: Id;
  start: IsoInstant;
  therapists: Id[];
  attendees: Id[];
  /** The couple of a joint session. */
  couple?: Id;
  /** The group of a group session. */
  group?: Id;
  state: BookingState;
  /** Attendees of a delivered session who were absent. */
  missedBy?: Id[];
}

export type ParsedBooking = Filled<Booking, 'missedBy'>;

export const bookingSchema = z
  .strictObject({
    id: idSchema('Id of the booking'),
    service: idSchema('Id of the service'),
    start: instantSchema('Start, on a whole minute'),
    therapists: listSchema(idSchema('Id of a therapist'), MAX_BOOKING_THERAPISTS, 'Who leads it').min(1),
    attendees: listSchema(idSchema('Id of a partner'), SIZE_LIMITS.attendees, 'Who attends it').min(1),
    couple: idSchema('Id of the couple of a joint session').exactOptional(),
    group: idSchema('Id of the group of a group session').exactOptional(),
    state: z.enum(['delivered', 'missed', 'locked', 'movable']),
    missedBy: listSchema(idSchema('Id of a partner'), SIZE_LIMITS.missedBy, 'Attendees of a delivered session who were absent').default([]),
  })
  .register(documentation, { id: 'Booking', description: 'A session already on calendars' });
