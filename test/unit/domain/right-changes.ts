import { REMOVED } from './edit.ts';

const partner = 'couples.0.partners.0';
const oneWeek = (fromWeek: number, toWeek = fromWeek) => ({ service: 's-individual', sessions: { min: 0, max: 1 }, fromWeek, toWeek });

/** Changes to the complete program after which it is still right: what lies on a limit, and what is not ours to refuse. */
export const RIGHT_CHANGES: readonly (readonly [what: string, path: string, value: unknown])[] = [
  ['a closure of one date', 'horizon.closures.0.to', '2026-06-05'],
  ['a stay of one date', `${partner}.stay`, { from: '2026-05-04', to: '2026-05-04' }],
  ['a phase of one week', 'policies.0.phases.1.toWeek', 5],
  ['care of one week', `${partner}.care.1.toWeek`, 5],
  ['care in weeks that follow each other', 'couples.0.partners.1.care', [oneWeek(3), oneWeek(1), oneWeek(2), oneWeek(4, 8)]],
  ['care in one service with another between', `${partner}.care.0.toWeek`, 3],
  ['no sessions at all', `${partner}.care.1.sessions`, { min: 0, max: 0 }],
  ['a minimum at its maximum', 'policies.0.weeklyMinutes.max', 540],
  ['all seats taken by others', 'groups.0.capacity', { min: 8, max: 8, taken: 8 }],
  ['as many leaders as are named', 'groups.0', { ...groupOf(['t-one', 't-three']), leadersNeeded: 2 }],
  ['a leader who does not offer the service', 'groups.1.leaders', ['t-two']],
  ['a group without meetings of its own', 'groups.0.meetings', { at: [] }],
  ['a window of a whole day', 'therapists.0.availability.weekly.1', { start: '00:00', end: '24:00' }],
  ['a window that ends at midnight', 'therapists.0.availability.weekly.1', { start: '18:00', end: '00:00' }],
  ['nobody available', 'clients.0.availability.weekly', []],
  ['no therapists for a service', 'therapists.1.services', ['s-joint', 's-group']],
  ['a session on the first minute of the horizon', 'bookings.3.start', '2026-06-01T04:00:00Z'],
  ['the same for one whose stay is open', 'bookings.3', { ...booking('2026-06-01T04:00:00Z'), attendees: ['p-client'] }],
  ['a session that ends with the horizon', 'bookings.3.start', '2026-06-15T03:10:00Z'],
  ['a session delivered just before the horizon', 'bookings.3', { ...booking('2026-06-01T03:59:00Z'), state: 'delivered' }],
  ['seconds that make a whole minute', 'bookings.3.start', '2026-06-10T22:00:00.000+00:00'],
  ['busy time of a second', 'clients.0.availability.busy', [{ start: '2026-06-01T13:00:00Z', end: '2026-06-01T13:00:01Z' }]],
  ['a first location with a date', `${partner}.locations.0.from`, '2026-06-07'],
  ['missedBy without entries', 'bookings.3.missedBy', []],
  ['a horizon of 53 weeks', 'horizon.weeks', 53],
  ['no weights', 'weights', REMOVED],
];

function groupOf(leaders: string[]): object {
  return { id: 'group', service: 's-group', leaders, capacity: { max: 8 }, zone: 'UTC', meetings: { at: [] } };
}

function booking(start: string): object {
  return { id: 'b-movable', service: 's-individual', start, therapists: ['t-three'], attendees: ['p-two'], state: 'movable' };
}
