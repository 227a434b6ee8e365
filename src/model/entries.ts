import type { ParsedBooking } from '../domain/booking.ts';
import type { ParsedProgram } from '../domain/program.ts';
import { minuteNumber, type Frame } from './frame.ts';

/** A booking with its place among the bookings and its relative start. */
export interface BookingEntry {
  booking: ParsedBooking;
  index: number;
  start: number;
}

/** All bookings, and those of each attendee, therapist and group by id; in the order given, and each once. */
export interface BookingEntries {
  all: BookingEntry[];
  byAttendee: ReadonlyMap<string, BookingEntry[]>;
  byTherapist: ReadonlyMap<string, BookingEntry[]>;
  byGroup: ReadonlyMap<string, BookingEntry[]>;
}

/** Bookings read between two pauses. */
const PAUSE = 1_000;

/** Reads the starts of all bookings, once; pauses now and then. */
export function* bookingEntries(frame: Frame, program: ParsedProgram): Generator<void, BookingEntries> {
  const all: BookingEntry[] = [];
  const byAttendee = new Map<string, BookingEntry[]>();
  const byTherapist = new Map<string, BookingEntry[]>();
  const byGroup = new Map<string, BookingEntry[]>();
  for (const [index, booking] of program.bookings.entries()) {
    const entry = { booking, index, start: Math.floor(minuteNumber(booking.start)) - frame.origin };
    all.push(entry);
    for (const id of booking.attendees) add(byAttendee, id, entry);
    for (const id of booking.therapists) add(byTherapist, id, entry);
    if (booking.group !== undefined) add(byGroup, booking.group, entry);
    if (index % PAUSE === PAUSE - 1) yield;
  }
  return { all, byAttendee, byTherapist, byGroup };
}

function add(lists: Map<string, BookingEntry[]>, id: string, entry: BookingEntry): void {
  const list = lists.get(id);
  if (list === undefined) lists.set(id, [entry]);
  else if (list.at(-1) !== entry) list.push(entry);
}
