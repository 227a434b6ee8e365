import type { ParsedProgram } from '../domain/program.ts';
import { frameOf, type Frame } from './frame.ts';
import { compileHousehold } from './household.ts';
import { compileMeetings } from './meetings.ts';
import type { ModelWeights, Problem } from './problem.ts';
import { bookingEntries, type Workshop } from './source.ts';
import { staffOf, therapistModel } from './staff.ts';
import { clashingBookings } from './standing.ts';

/** A compiled program, and what leads from its numbers back to words. */
export interface Compiled {
  problem: Problem;
  frame: Frame;
  program: ParsedProgram;
  /** Household index to the ids of its couple (if it is one) and persons. */
  households: { couple?: string; persons: string[] }[];
  /** Bookings (by index) that cannot stand though they are locked: by themselves, or beside others that stand. */
  contradictions: number[];
}

/** Translates a checked program into numbers; `onHousehold` is called after each household, so that a caller may pause. */
export function* compile(program: ParsedProgram): Generator<void, Compiled> {
  const frame = frameOf(program);
  const staff = staffOf(frame, program);
  const { groups, meetings, byBooking, contradictions: unled } = compileMeetings(frame, program, staff);
  const shop = workshop(frame, program, staff, { meetings, byBooking });
  const sources = [
    ...program.couples.map((couple) => ({ couple, persons: couple.partners })),
    ...program.clients.map((client) => ({ couple: undefined, persons: [client] })),
  ];
  const problem: Problem = {
    minutes: frame.minutes,
    weekCount: frame.weekCount,
    weekOneDay: frame.weekOneDay,
    weights: modelWeights(program),
    therapists: staff.map((each) => therapistModel(frame, program, each)),
    groups,
    meetings,
    households: [],
  };
  const contradictions = new Set([...unled, ...clashingBookings(frame, program, staff)]);
  for (const [index, { couple, persons }] of sources.entries()) {
    const compiled = compileHousehold(shop, index, persons, couple);
    problem.households.push(compiled.household);
    for (const booking of compiled.contradictions) contradictions.add(booking);
    yield;
  }
  const households = sources.map(({ couple, persons }) => ({
    ...(couple === undefined ? {} : { couple: couple.id }),
    persons: persons.map((person) => person.id),
  }));
  return { problem, frame, program, households, contradictions: [...contradictions] };
}

function workshop(
  frame: Frame,
  program: ParsedProgram,
  staff: Workshop['staff'],
  { meetings, byBooking }: { meetings: Workshop['meetings']; byBooking: Map<string, number> },
): Workshop {
  const staffByService = new Map(program.services.map((service) => [service.id, staff.filter((each) => each.services.has(service.id))]));
  const meetingsByService = new Map<string, number[]>(program.services.map((service) => [service.id, []]));
  meetings.forEach((meeting, index) => meetingsByService.get(program.groups[meeting.group]!.service)!.push(index));
  return {
    frame,
    program,
    services: new Map(program.services.map((service) => [service.id, service])),
    serviceIndex: new Map(program.services.map((service, index) => [service.id, index])),
    staff,
    staffById: new Map(staff.map((each) => [each.therapist.id, each])),
    staffByService,
    groupIndex: new Map(program.groups.map((group, index) => [group.id, index])),
    meetings,
    meetingsByService,
    meetingOfBooking: byBooking,
    bookingsByAttendee: bookingEntries(frame, program),
  };
}

function modelWeights({ weights }: ParsedProgram): ModelWeights {
  return {
    preferredTimes: weights['preferred-times'],
    preferredAttributes: weights['preferred-attributes'],
    continuityPreferred: weights['continuity-preferred'],
    sameSlot: weights['same-slot'],
    together: weights.together,
    compactDays: weights['compact-days'],
    fewDays: weights['few-days'],
    jointSpacing: weights['joint-spacing'],
    excessMinutes: weights['excess-minutes'],
    therapistBalance: weights['therapist-balance'],
    movedSession: weights['moved-session'],
  };
}
