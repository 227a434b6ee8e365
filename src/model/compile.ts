import type { ParsedProgram } from '../domain/program.ts';
import { bookingEntries, type BookingEntries } from './entries.ts';
import { frameOf, type Frame } from './frame.ts';
import { compileHousehold } from './household.ts';
import { compileMeetings } from './meetings.ts';
import type { ModelWeights, Problem } from './problem.ts';
import type { MeetingsByStart, Workshop } from './source.ts';
import { staffOf, therapistModel } from './staff.ts';
import { StaffSets } from './staff-sets.ts';
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

/** Translates a checked program into numbers; yields after each therapist, group and household, so that a caller may pause. */
export function* compile(program: ParsedProgram): Generator<void, Compiled> {
  const frame = frameOf(program);
  const bookings = yield* bookingEntries(frame, program);
  const staff = yield* staffOf(frame, program, bookings);
  const { groups, meetings, byBooking, contradictions: unled } = yield* compileMeetings(frame, program, staff, bookings);
  const shop = workshop(frame, program, staff, { meetings, byBooking, bookings });
  yield;
  const sources = [
    ...program.couples.map((couple) => ({ couple, persons: couple.partners })),
    ...program.clients.map((client) => ({ couple: undefined, persons: [client] })),
  ];
  const problem: Problem = {
    minutes: frame.minutes,
    weekCount: frame.weekCount,
    weekOneDay: frame.weekOneDay,
    weights: modelWeights(program),
    therapists: [],
    groups,
    meetings,
    households: [],
  };
  for (const each of staff) {
    problem.therapists.push(therapistModel(frame, program, each, bookings));
    yield;
  }
  const contradictions = new Set([...unled, ...clashingBookings(frame, program, staff, bookings)]);
  yield;
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
  { meetings, byBooking, bookings }: { meetings: Workshop['meetings']; byBooking: Map<string, number>; bookings: BookingEntries },
): Workshop {
  const staffSets = new StaffSets(frame, staff);
  const joinable = new Map<string, number[]>(program.services.map((service) => [service.id, []]));
  meetings.forEach(({ group, joinable: isJoinable, fact }, index) => {
    if (isJoinable && !fact) joinable.get(program.groups[group]!.service)!.push(index);
  });
  return {
    frame,
    program,
    services: new Map(program.services.map((service) => [service.id, service])),
    serviceIndex: new Map(program.services.map((service, index) => [service.id, index])),
    staff,
    staffById: new Map(staff.map((each) => [each.therapist.id, each])),
    staffByService: new Map(program.services.map(({ id }) => [id, staff.filter(({ services }) => services.has(id))])),
    staffSets,
    offering: new Map(program.services.map(({ id }) => [id, staffSets.where(({ services }) => services.has(id))])),
    groupIndex: new Map(program.groups.map((group, index) => [group.id, index])),
    meetings,
    joinable: new Map([...joinable].map(([service, indexes]) => [service, byStart(meetings, indexes)])),
    meetingOfBooking: byBooking,
    bookingsByAttendee: bookings.byAttendee,
  };
}

function byStart(meetings: Workshop['meetings'], indexes: number[]): MeetingsByStart {
  indexes.sort((a, b) => meetings[a]!.start - meetings[b]!.start);
  return {
    indexes,
    starts: Int32Array.from(indexes, (index) => meetings[index]!.start),
    ends: Int32Array.from(indexes, (index) => meetings[index]!.end),
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
