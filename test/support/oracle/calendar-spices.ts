import type { Booking, BookingState } from '../../../src/domain/booking.ts';
import { SOFT_RULES } from '../../../src/domain/weights.ts';
import { isoFromMinute, wallFromMinutes } from '../../../src/time/instant.ts';
import { instantOf } from '../../../src/time/zone.ts';
import { dateAt, openOffset, type Kitchen, type Spice } from './kitchen.ts';

/** A booking of some care item at an open hour on a date (offset from the horizon's start). */
function book(kitchen: Kitchen, state: BookingState, offset: number, off = 0): Booking | undefined {
  const { random, program, open, partners, from } = kitchen;
  const hours = (open.end - open.start) / 60;
  const start = isoFromMinute(instantOf(program.horizon.zone, from + offset, open.start + 60 * random.below(hours)) + off);
  const id = `b${(program.bookings?.length ?? 0) + 1}`;
  const owner = random.pick([...partners, ...program.couples]);
  const care = 'partners' in owner ? owner.jointCare : owner.care;
  const service = program.services.find((one) => one.id === care?.[random.below(care.length)]?.service);
  if (service === undefined) return undefined;
  const attendees = 'partners' in owner ? owner.partners.map((one) => one.id) : [owner.id];
  const group = service.kind === 'group' ? program.groups?.[0] : undefined;
  if (service.kind === 'group' && group === undefined) return undefined;
  const offering = group?.leaders ?? program.therapists.filter((one) => one.services.includes(service.id)).map((one) => one.id);
  if (offering.length === 0) return undefined;
  const therapists = group === undefined ? [random.pick(offering)] : offering.slice(0, group.leadersNeeded ?? 1);
  const booking: Booking = { id, service: service.id, start, therapists, attendees, state };
  if (service.kind === 'joint') booking.couple = owner.id;
  if (group !== undefined) booking.group = group.id;
  if (offset < 0)
    for (const one of partners) if (attendees.includes(one.id)) one.stay ??= { from: dateAt(kitchen, offset - random.below(9)) };
  program.bookings = [...(program.bookings ?? []), booking];
  return booking;
}

/** Services, groups, the horizon, bookings and weights. */
export const CALENDAR_SPICES: Readonly<Record<string, Spice>> = {
  credit: ({ random, program }) => void (random.pick(program.services).creditMinutes = random.pick([0, 30, 45])),
  buffer: ({ random, program }) => void (random.pick(program.services).bufferMinutes = random.pick([10, 30, 60])),
  'odd minutes': ({ random, program }) => void (random.pick(program.services).minutes = random.pick([25, 50, 75])),
  'shared role': ({ random, program }) => void (random.pick(program.services).sharedRole = random.chance(0.8)),
  capacity: ({ random, program }) => {
    const group = program.groups?.[0];
    if (group === undefined) return false;
    const max = random.between(1, 5);
    const taken = random.below(max + 1);
    group.capacity = { min: Math.min(max, random.between(0, 3)), max, taken };
    return true;
  },
  'two leaders': ({ program }) => {
    const group = program.groups?.find(({ leaders }) => leaders.length >= 2);
    if (group === undefined) return false;
    group.leadersNeeded = 2;
    return true;
  },
  'group dates': (kitchen) => {
    const group = kitchen.program.groups?.[0];
    if (group === undefined) return false;
    Object.assign(group, kitchen.random.pick([{ from: dateAt(kitchen, 2) }, { to: dateAt(kitchen, 3) }]));
    return true;
  },
  'group exception': (kitchen) => {
    const { random, program, open } = kitchen;
    const group = program.groups?.[0];
    if (group === undefined) return false;
    const at = random.chance(0.4) ? [] : [wallFromMinutes(open.start + random.pick([0, 30, 60]))];
    group.exceptions = [{ date: dateAt(kitchen, openOffset(kitchen)), at }];
    return true;
  },
  closure: (kitchen) => {
    const offset = openOffset(kitchen);
    kitchen.program.horizon.closures = [{ from: dateAt(kitchen, offset), to: dateAt(kitchen, offset + kitchen.random.below(2)) }];
  },
  'not before': (kitchen) => {
    const { program, random, open, from } = kitchen;
    program.horizon.notBefore = isoFromMinute(
      instantOf(program.horizon.zone, from + openOffset(kitchen), open.start) + random.pick([0, 60, 120]),
    );
  },
  history: (kitchen) => {
    for (let left = kitchen.random.between(1, 2); left > 0; left--) {
      const booking = book(kitchen, kitchen.random.chance(0.75) ? 'delivered' : 'missed', -kitchen.random.between(1, 12));
      if (booking?.state === 'delivered' && kitchen.random.chance(0.2)) booking.missedBy = [booking.attendees[0]!];
    }
  },
  delivered: (kitchen) => {
    const booking = book(kitchen, 'delivered', openOffset(kitchen));
    if (booking !== undefined && kitchen.random.chance(0.3)) booking.missedBy = [booking.attendees[0]!];
    return booking !== undefined;
  },
  missed: (kitchen) => book(kitchen, 'missed', openOffset(kitchen)) !== undefined,
  locked: (kitchen) => book(kitchen, 'locked', openOffset(kitchen)) !== undefined,
  movable: (kitchen) => book(kitchen, 'movable', openOffset(kitchen), kitchen.random.pick([0, 0, 15])) !== undefined,
  'another movable': (kitchen) => book(kitchen, 'movable', openOffset(kitchen)) !== undefined,
  weights: ({ random, program }) => {
    program.weights = Object.fromEntries(SOFT_RULES.filter(() => random.chance(0.4)).map((rule) => [rule, random.pick([0, 1, 3, 7, 50])]));
  },
  balance: ({ random, program }) => void (program.weights = { ...program.weights, 'therapist-balance': random.between(1, 5) }),
};
