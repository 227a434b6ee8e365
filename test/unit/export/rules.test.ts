import { describe, expect, test } from 'vitest';
import { exportModel, readSolution } from '../../../src/export.ts';
import type { WeekdayName } from '../../../src/domain/common.ts';
import type { Partner, Therapist, TherapistLimits } from '../../../src/domain/person.ts';
import type { Program } from '../../../src/domain/program.ts';
import { verify } from '../../../src/verify/verify.ts';
import { solveModel } from '../../support/export-engine.ts';

const HOUR = { start: '09:00', end: '10:00' };
const TWO_HOURS = { start: '09:00', end: '11:00' };

function free(weekly: { start: string; end: string }, days: WeekdayName[] = ['mon']) {
  return { locations: [{ zone: 'UTC', state: 'NY' }], availability: { weekly: [{ ...weekly, days }] } };
}

function therapist(id: string, limits: TherapistLimits = {}, more: Partial<Therapist> = {}): Therapist {
  const days: WeekdayName[] = ['mon', 'tue'];
  return {
    id,
    ...free({ start: '09:00', end: '12:00' }, days),
    services: ['talk', 'group'],
    authorities: [{ state: 'NY' }],
    limits,
    ...more,
  };
}

function partner(id: string, when: ReturnType<typeof free>, service = 'talk', count = 1, more = {}): Partner {
  return { id, ...when, care: [{ service, sessions: { min: count, max: count }, ...more }] };
}

/** A week on a grid of half hours. */
function program(therapists: Therapist[], clients: Partner[], more: Partial<Program> = {}): Program {
  const services: Program['services'] = [
    { id: 'talk', kind: 'individual', minutes: 60 },
    { id: 'group', kind: 'group', minutes: 60 },
  ];
  const horizon: Program['horizon'] = { start: '2026-10-05', weeks: 1, zone: 'UTC', slotMinutes: 30 };
  return { schemaVersion: 1, id: 'small', horizon, services, policies: [], therapists, couples: [], clients, ...more };
}

function withGroup(count: number, leaders: string[]): Partial<Program> {
  const windows = [{ days: ['mon' as const], start: '09:00', end: '12:00' }];
  return { groups: [{ id: 'g', service: 'group', leaders, capacity: { max: 9 }, zone: 'UTC', meetings: { count, windows } }] };
}

function couple(covered: { start: string; end: string }[]): Partial<Program> {
  const partners: [Partner, Partner] = [partner('a', free(HOUR)), partner('b', free(HOUR))];
  const household = { childcare: { zone: 'UTC', covered } };
  return { couples: [{ id: 'c', partners, jointWork: { status: 'cleared' }, household }] };
}

const pair = [partner('p', free(TWO_HOURS)), partner('q', free(TWO_HOURS))];
const blocking = (p: string[], q: string[]) => [therapist('t', {}, { blocked: p }), therapist('u', {}, { blocked: q })];
const atOneMeeting = [partner('p', free(HOUR), 'group'), partner('q', free(HOUR), 'group')];
const askew = [partner('p', free(HOUR), 'group'), partner('q', free({ start: '09:30', end: '10:30' }), 'group')];
const later = [partner('p', free(HOUR), 'group'), partner('q', free({ start: '10:00', end: '11:00' }), 'group')];
const often = (count: number) => program([therapist('t')], [partner('p', free(TWO_HOURS), 'group', 2)], withGroup(count, ['t']));
const twice = (days: WeekdayName[], more: object) => program([therapist('t')], [partner('p', free(TWO_HOURS, days), 'talk', 2, more)]);

/** What breaks a rule, and what is like it but for the one thing that matters. */
const cases: [rule: string, broken: Program, kept: Program][] = [
  ['caseload', program([therapist('t', { caseload: 1 })], pair), program([therapist('t', { caseload: 2 })], pair)],
  ['therapist-daily', program([therapist('t', { dailyMinutes: 119 })], pair), program([therapist('t', { dailyMinutes: 120 })], pair)],
  ['therapist-weekly', program([therapist('t', { weeklyMinutes: 119 })], pair), program([therapist('t', { weeklyMinutes: 120 })], pair)],
  [
    'therapist-run',
    program([therapist('t', { run: { minutes: 119, breakMinutes: 5 } })], pair),
    program([therapist('t', { run: { minutes: 120, breakMinutes: 5 } })], pair),
  ],
  ['group-meeting (count)', often(1), often(2)],
  [
    'group-meeting (one at a time)',
    program([therapist('t'), therapist('u')], askew, withGroup(2, ['t', 'u'])),
    program([therapist('t'), therapist('u')], later, withGroup(2, ['t', 'u'])),
  ],
  [
    'blocked-pair',
    program(blocking(['p'], ['q']), atOneMeeting, withGroup(1, ['t', 'u'])),
    program(blocking(['p'], []), atOneMeeting, withGroup(1, ['t', 'u'])),
  ],
  ['care-spacing (free dates)', twice(['mon', 'tue'], { minFreeDays: 1 }), twice(['mon', 'tue'], {})],
  ['care-spacing (a date)', twice(['mon'], {}), twice(['mon'], { maxPerDay: 2 })],
  [
    'household-childcare',
    program([therapist('t'), therapist('u')], [], couple([])),
    program([therapist('t'), therapist('u')], [], couple([HOUR])),
  ],
];

describe.each(cases)('%s', (_, broken, kept) => {
  test('leaves no solution where it cannot be kept', () => {
    expect(solveModel(exportModel(broken))).toBeUndefined();
  });

  test('leaves one where it can, which reads back as a plan', () => {
    const model = exportModel(kept);
    const solved = solveModel(model);
    const { violations, score } = verify(kept, readSolution(model, solved!.values));
    expect(violations).toEqual([]);
    expect(solved!.objective).toBeCloseTo(score.total, 6);
  });
});

test('joint-spacing costs what two dates are too near to each other', () => {
  const partners: [Partner, Partner] = [
    { id: 'a', ...free(HOUR, ['mon', 'tue']), care: [] },
    { id: 'b', ...free(HOUR, ['mon', 'tue']), care: [] },
  ];
  const near: Program = {
    ...program([therapist('t', {}, { services: ['both'] })], []),
    services: [{ id: 'both', kind: 'joint', minutes: 60 }],
    couples: [{ id: 'c', partners, jointWork: { status: 'cleared' }, jointCare: [{ service: 'both', sessions: { min: 2, max: 2 } }] }],
    weights: { 'few-days': 0 },
  };
  // One date apart, 4 short of 5, at weight 2.
  expect(solveModel(exportModel(near))?.objective).toBeCloseTo(8, 6);
});

test('together counts minutes by the date on which they are, also those of one session', () => {
  // From 23:40 to 00:40 UTC, which is an evening in New York: 20 minutes alone are two units, and 40 minutes of the next date three.
  const evening = {
    locations: [{ zone: 'America/New_York', state: 'NY' }],
    availability: { weekly: [{ days: ['mon' as const], start: '19:40', end: '20:40' }] },
  };
  const care = [{ service: 'talk', sessions: { min: 1, max: 1 } }];
  const partners: [Partner, Partner] = [
    { id: 'a', ...evening, care },
    { id: 'b', ...evening, care: [] },
  ];
  // A session of a's that keeps whole dates of UTC from being nodes: it is the same evening in New York.
  const late = therapist('t', {}, { ...evening, availability: { weekly: [{ days: ['mon'], start: '19:40', end: '20:40' }] } });
  const horizon: Program['horizon'] = { start: '2026-10-05', weeks: 1, zone: 'UTC', slotMinutes: 5 };
  const model = exportModel(
    program([late], [], { horizon, couples: [{ id: 'c', partners, jointWork: { status: 'cleared' }, together: 'simultaneous' }] }),
  );
  const solved = solveModel(model);
  expect(solved?.objective).toBe(5);
});
