import type { ParsedProgram } from '../../src/domain/program.ts';
import type { Session } from '../../src/domain/plan.ts';
import type { HardRule } from '../../src/domain/weights.ts';
import {
  booked,
  givePolicy,
  goodWeek,
  ind,
  iso,
  item,
  joint,
  kept,
  make,
  meeting,
  NEW_YORK,
  session,
  type Parts,
} from '../support/verify-fixtures.ts';

/** A program, a plan that breaks one rule of it and no other, and one that keeps all of them at the limit. */
export interface Case {
  name: string;
  program: ParsedProgram;
  breaks: Session[];
  keeps: Session[];
}

const one = (name: string, change: (parts: Parts) => void, breaks: Session[], keeps: Session[]): Case => ({
  name,
  program: make(change),
  breaks,
  keeps,
});
const nothing = () => undefined;

/** At least one case of every hard rule. */
export const CASES: Readonly<Record<HardRule, Case[]>> = {
  'plan-shape': [
    one(
      'outside the horizon',
      nothing,
      [...goodWeek(), ind('a', 'sun 23:11')],
      [...goodWeek(), ind('a', 'sun 23:10')], // 23:10 + 50 minutes is midnight, the horizon's end
    ),
    one(
      'before notBefore',
      ({ program }) => void (program.horizon.notBefore = iso('mon 10:00')),
      [ind('a', 'mon 09:59')],
      [ind('a', 'mon 10:00')],
    ),
    one(
      'outside the stay',
      ({ a }) => void (a.stay = { from: '2026-10-06', to: '2026-10-07' }),
      [ind('a', 'thu 00:00')],
      [ind('a', 'wed 23:59')],
    ),
    one(
      'no care item in that week of care',
      ({ program, a }) => {
        program.horizon.weeks = 2;
        a.care = [item('ind', { toWeek: 1 })];
      },
      [ind('a', 'mon+1 00:00')],
      [ind('a', 'sun 23:59')],
    ),
  ],
  availability: [
    one(
      'windows of the attendee',
      ({ a }) => void (a.availability.weekly = [{ days: ['mon'], start: '10:00', end: '12:00' }]),
      [ind('a', 'mon 11:11')],
      [ind('a', 'mon 11:10')], // ends at 12:00
    ),
    one(
      'busy therapist',
      ({ ta }) => void (ta.availability.busy = [{ start: iso('mon 11:00'), end: iso('mon 12:00') }]),
      [ind('a', 'mon 10:11')],
      [ind('a', 'mon 10:10'), ind('b', 'mon 12:00', 'tb')],
    ),
  ],
  closure: [
    one(
      'a closed date, up to its midnight',
      ({ program }) => void (program.horizon.closures = [{ from: '2026-10-07', to: '2026-10-07' }]),
      [ind('a', 'tue 23:11')],
      [ind('a', 'tue 23:10'), ind('b', 'thu 00:00')],
    ),
  ],
  'no-overlap': [
    one('an attendee in two sessions', nothing, [ind('a', 'mon 10:00'), joint('mon 10:49')], [ind('a', 'mon 10:00'), joint('mon 10:50')]),
    one(
      'the buffer of a therapist',
      nothing,
      [session('check', 'mon 10:00', ['ta'], ['a']), ind('a', 'mon 11:00'), session('check', 'mon 11:59', ['ta'], ['b'])],
      [session('check', 'mon 10:40', ['ta'], ['a']), ind('a', 'mon 11:00'), session('check', 'mon 12:00', ['ta'], ['b'])],
    ),
  ],
  'weekly-minimum': [
    one(
      'credited minutes of both',
      (parts) => givePolicy(parts, { weeklyMinutes: { min: 140 } }),
      [meeting('tue 18:00'), ind('a', 'mon 10:00'), session('check', 'fri 10:00', ['tb'], ['b'])], // b: 90, a check credits nothing
      [meeting('tue 18:00'), joint('wed 12:00')], // 90 + 50 each
    ),
  ],
  'weekly-maximum': [
    one(
      'joint sessions credit both',
      (parts) => givePolicy(parts, { weeklyMinutes: { min: 0, max: 140 } }),
      [meeting('tue 18:00', ['a']), joint('wed 12:00'), ind('a', 'thu 10:00')],
      [meeting('tue 18:00', ['a', 'b']), joint('wed 12:00')],
    ),
  ],
  'service-days': [
    one(
      'too few',
      (parts) => givePolicy(parts, { serviceDays: { min: 2, minutes: 50 } }),
      [joint('mon 10:00'), session('check', 'tue 10:00', ['ta'], ['a']), ind('b', 'tue 10:00')],
      [joint('mon 10:00'), ind('a', 'tue 10:00'), ind('b', 'tue 10:00')],
    ),
    one(
      'too many',
      (parts) => givePolicy(parts, { serviceDays: { max: 1, minutes: 50 } }),
      [ind('a', 'mon 10:00'), session('check', 'tue 10:00', ['ta'], ['a'])],
      [ind('a', 'mon 10:00'), session('check', 'mon 12:00', ['ta'], ['a'])],
    ),
    one(
      'a lesser day',
      (parts) => givePolicy(parts, { serviceDays: { minutes: 90, lesser: 'forbidden' } }),
      [meeting('tue 18:00'), ind('a', 'wed 10:00')],
      [meeting('tue 18:00'), ind('a', 'tue 10:00')],
    ),
  ],
  'free-days': [
    one(
      'between service days',
      (parts) => givePolicy(parts, { maxFreeDays: 2 }),
      [ind('a', 'mon 10:00'), ind('a', 'fri 10:00')],
      [ind('a', 'mon 10:00'), ind('a', 'thu 10:00')],
    ),
  ],
  'daily-maximum': [
    one(
      'clock minutes on a date',
      (parts) => givePolicy(parts, { dailyMinutes: { max: 140 } }),
      [ind('a', 'tue 10:00'), meeting('tue 18:00'), session('check', 'tue 12:00', ['ta'], ['a'])],
      [ind('a', 'tue 10:00'), meeting('tue 18:00')],
    ),
  ],
  'care-frequency': [
    one(
      'fewer than the minimum',
      ({ a }) => void (a.care[0]!.sessions = { min: 2, max: 3 }),
      [ind('a', 'mon 10:00')],
      [ind('a', 'mon 10:00'), ind('a', 'tue 10:00')],
    ),
    one(
      'more than the maximum',
      ({ c }) => void (c.jointCare![0]!.sessions = { min: 0, max: 1 }),
      [joint('mon 10:00'), joint('wed 10:00')],
      [joint('mon 10:00')],
    ),
    one(
      'in all',
      ({ a }) => void (a.care[0]!.total = { max: 2 }),
      [ind('a', 'mon 10:00'), ind('a', 'tue 10:00'), ind('a', 'wed 10:00')],
      [ind('a', 'mon 10:00'), ind('a', 'tue 10:00')],
    ),
  ],
  'care-spacing': [
    one(
      'free days between',
      ({ a }) => void (a.care[0]!.minFreeDays = 2),
      [ind('a', 'mon 10:00'), ind('a', 'wed 10:00')],
      [ind('a', 'mon 10:00'), ind('a', 'thu 10:00')],
    ),
    one(
      'one a day where nothing is said',
      ({ a }) => void delete a.care[0]!.maxPerDay,
      [ind('a', 'mon 10:00'), ind('a', 'mon 14:00')],
      [ind('a', 'mon 10:00'), ind('a', 'tue 00:00')],
    ),
  ],
  qualified: [
    one('the service', ({ ta }) => void (ta.services = ['check']), [ind('a', 'mon 10:00')], [session('check', 'mon 10:00', ['ta'], ['a'])]),
    one(
      'attributes',
      ({ a, tb }) => {
        a.requires = ['spanish', 'emdr'];
        tb.attributes = ['emdr', 'spanish', 'dbt'];
      },
      [ind('a', 'mon 10:00', 'ta')],
      [ind('a', 'mon 10:00', 'tb'), meeting('tue 18:00')], // leaders need none
    ),
  ],
  assigned: [
    one('the therapist', ({ a }) => void (a.care[0]!.therapist = 'ta'), [ind('a', 'mon 10:00', 'tb')], [ind('a', 'mon 10:00', 'ta')]),
    one(
      'the group',
      ({ program, g, a }) => {
        program.groups!.push({ ...g, id: 'h' });
        a.care[1]!.group = 'h';
      },
      [meeting('tue 18:00', ['a'])],
      [meeting('tue 18:00', ['a'], { group: 'h', therapists: ['tx'] }), meeting('tue 18:00', ['b'])],
    ),
  ],
  authority: [
    one(
      'a state that the therapist is not licensed in',
      ({ a }) =>
        void (a.locations = [
          { zone: NEW_YORK, state: 'NY' },
          { from: '2026-10-07', zone: NEW_YORK, state: 'NJ' },
        ]),
      [ind('a', 'wed 00:00')],
      [ind('a', 'tue 23:59')],
    ),
    one(
      'dates of the authority, for a leader',
      ({ tg }) => void (tg.authorities = [{ state: 'NY', from: '2026-10-07', to: '2026-10-08' }]),
      [meeting('tue 18:00')],
      [meeting('thu 18:00')],
    ),
  ],
  'role-separation': [
    one(
      'individual therapist of both',
      nothing,
      [ind('a', 'mon 10:00', 'tx'), ind('b', 'tue 10:00', 'tx')],
      [ind('a', 'mon 10:00', 'tx'), session('check', 'tue 10:00', ['tx'], ['b'])], // sharedRole
    ),
    one(
      'individual and couples therapist',
      nothing,
      [ind('a', 'mon 10:00', 'tx'), joint('tue 10:00', 'tx')],
      [meeting('tue 18:00', ['a'], { therapists: ['tx'] }), joint('tue 10:00', 'tx')], // a leader
    ),
  ],
  'joint-gate': [
    one(
      'joint session before the gate opens',
      ({ c }) => void (c.jointWork = { status: 'cleared', from: '2026-10-07' }),
      [joint('tue 23:59')],
      [joint('wed 00:00')],
    ),
    one(
      'the same group while pending',
      ({ c }) => void (c.jointWork = { status: 'pending' }),
      [meeting('tue 18:00', ['a', 'b'])],
      [meeting('tue 18:00', ['a']), meeting('thu 18:00', ['b'])],
    ),
  ],
  'blocked-pair': [
    one(
      'a leader and a partner',
      ({ tg }) => void (tg.blocked = ['b']),
      [meeting('tue 18:00', ['a', 'b'])],
      [meeting('tue 18:00', ['a']), meeting('thu 18:00', ['b'], { therapists: ['tx'] })],
    ),
  ],
  continuity: [
    one(
      'two therapists',
      ({ a }) => void (a.care[0]!.continuity = 'strict'),
      [ind('a', 'mon 10:00', 'ta'), ind('a', 'tue 10:00', 'tx')],
      [ind('a', 'mon 10:00', 'ta'), ind('a', 'tue 10:00', 'ta'), session('check', 'wed 10:00', ['tx'], ['a'])],
    ),
  ],
  'therapist-daily': [
    one(
      'clock minutes without buffers',
      ({ ta }) => void (ta.limits = { dailyMinutes: 100 }),
      [ind('a', 'mon 08:00'), ind('a', 'mon 10:00'), session('check', 'mon 12:00', ['ta'], ['b'])],
      [ind('a', 'mon 08:00'), ind('a', 'mon 10:00'), session('check', 'tue 00:00', ['ta'], ['b'])],
    ),
  ],
  'therapist-weekly': [
    one(
      'clock minutes of a week',
      ({ program, ta }) => {
        program.horizon.weeks = 2;
        ta.limits = { weeklyMinutes: 100 };
      },
      [ind('a', 'mon 08:00'), ind('a', 'wed 10:00'), session('check', 'sun 23:50', ['ta'], ['b'])],
      [ind('a', 'mon 08:00'), ind('a', 'wed 10:00'), session('check', 'mon+1 00:00', ['ta'], ['b'])],
    ),
  ],
  'therapist-run': [
    one(
      'a gap of the break after the buffer',
      ({ ta }) => void (ta.limits = { run: { minutes: 100, breakMinutes: 15 } }),
      [ind('a', 'mon 08:00'), ind('a', 'mon 09:00'), session('check', 'mon 10:14', ['ta'], ['b'])],
      [ind('a', 'mon 08:00'), ind('a', 'mon 09:00'), session('check', 'mon 10:15', ['ta'], ['b'])], // 09:50 + 10 + 15
    ),
  ],
  caseload: [
    one(
      'partners and couples',
      ({ program, tx }) => {
        tx.limits = { caseload: 1 };
        program.clients = [{ ...make().couples[0]!.partners[0], id: 'd' }];
      },
      [ind('a', 'mon 10:00', 'tx'), ind('d', 'tue 10:00', 'tx')],
      [ind('a', 'mon 10:00', 'tx'), ind('a', 'tue 10:00', 'tx'), session('check', 'wed 10:00', ['tx'], ['d'])],
    ),
  ],
  'group-meeting': [
    one('off its times', nothing, [meeting('tue 18:15')], [meeting('tue 18:00'), meeting('thu 18:00')]),
    one(
      'more often than count',
      ({ g }) => void (g.meetings = { count: 2, windows: [{ start: '09:00', end: '20:00' }] }),
      [meeting('mon 09:00'), meeting('tue 18:30'), meeting('wed 09:00')],
      [meeting('mon 09:00'), meeting('tue 18:30')],
    ),
    one('nobody comes', nothing, [meeting('tue 18:00', [])], [meeting('tue 18:00', ['a'])]),
  ],
  'group-capacity': [
    one(
      'too many seats',
      ({ g }) => void (g.capacity = { max: 8, taken: 7 }),
      [meeting('tue 18:00', ['a', 'b'])],
      [meeting('tue 18:00', ['a']), meeting('thu 18:00', ['b'])],
    ),
    one(
      'too few',
      ({ g }) => void (g.capacity = { min: 5, max: 8, taken: 3 }),
      [meeting('tue 18:00', ['a'])],
      [meeting('tue 18:00', ['a', 'b'])],
    ),
  ],
  'group-pairing': [
    one('always', ({ c }) => void (c.groupsTogether = 'always'), [meeting('tue 18:00', ['a'])], [meeting('tue 18:00', ['a', 'b'])]),
    one(
      'never',
      ({ c }) => void (c.groupsTogether = 'never'),
      [meeting('tue 18:00', ['a', 'b'])],
      [meeting('tue 18:00', ['a']), meeting('thu 18:00', ['b'])],
    ),
  ],
  'household-rooms': [
    one(
      'one private room',
      ({ c }) => void (c.household = { privateRooms: 1 }),
      [ind('a', 'mon 10:00'), ind('b', 'mon 10:49')],
      [ind('a', 'mon 10:00'), ind('b', 'mon 10:50'), meeting('tue 18:00', ['a', 'b']), joint('wed 12:00')],
    ),
  ],
  'household-childcare': [
    one(
      'not covered',
      ({ c }) => void (c.household = { childcare: { zone: NEW_YORK, covered: [{ days: ['mon'], start: '10:00', end: '10:50' }] } }),
      [joint('mon 10:01')],
      [joint('mon 10:00'), ind('a', 'tue 10:00'), ind('b', 'tue 10:50')],
    ),
  ],
  authorization: [
    one(
      'units of a grant',
      ({ a }) =>
        void (a.authorizations = [
          { services: ['ind', 'joint'], from: '2026-10-05', to: '2026-10-11', unit: 'session', total: 3, used: 1 },
        ]),
      [ind('a', 'mon 10:00'), joint('wed 10:00'), ind('a', 'fri 10:00')],
      [ind('a', 'mon 10:00'), joint('wed 10:00'), meeting('thu 18:00')],
    ),
  ],
  'kept-booking': [
    one(
      'a locked one that moved',
      ({ program }) => void program.bookings!.push(booked('k', 'locked', ind('a', 'mon 10:00'))),
      [kept('k', ind('a', 'mon 10:15'))],
      [kept('k', ind('a', 'mon 10:00'))],
    ),
    one(
      'a delivered one that is not there',
      ({ program }) => void program.bookings!.push(booked('k', 'delivered', ind('a', 'mon 10:00'))),
      [ind('a', 'tue 10:00')],
      [kept('k', ind('a', 'mon 10:00')), ind('a', 'tue 10:00')],
    ),
  ],
};
