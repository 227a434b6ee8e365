import type { Program } from '../../../src/domain/program.ts';

const zone = 'America/New_York';
const locations = () => [{ zone, state: 'NY' }];
const evenings = () => ({ weekly: [{ days: ['mon' as const, 'wed' as const], start: '17:00', end: '21:00' }] });

/**
 * A valid program that uses every key there is. It starts on Monday 2026-06-01 and has two weeks, the last date being 2026-06-14;
 * New York is at UTC-4 then.
 */
export function completeProgram(): Program {
  return {
    schemaVersion: 1,
    id: 'program',
    horizon: {
      start: '2026-06-01',
      weeks: 2,
      zone,
      weekStart: 'sun',
      slotMinutes: 30,
      closures: [{ from: '2026-06-05', to: '2026-06-06' }],
      notBefore: '2026-06-02T12:00:00Z',
    },
    services: [
      { id: 's-individual', kind: 'individual', minutes: 50, creditMinutes: 60, bufferMinutes: 10, sharedRole: false, code: '90834' },
      { id: 's-joint', kind: 'joint', minutes: 60 },
      { id: 's-group', kind: 'group', minutes: 90, creditMinutes: 0 },
    ],
    policies: [
      {
        id: 'policy',
        weeklyMinutes: { min: 540, max: 1140 },
        averageWeeks: 2,
        serviceDays: { min: 3, max: 5, minutes: 150, lesser: 'forbidden' },
        dailyMinutes: { max: 240 },
        maxFreeDays: 2,
        partialWeeks: 'prorate',
        phases: [
          { fromWeek: 1, toWeek: 4, weeklyMinutes: { min: 600 }, serviceDays: { min: 4 } },
          { fromWeek: 5, dailyMinutes: { max: 180 }, maxFreeDays: 3, partialWeeks: 'enforce' },
        ],
      },
    ],
    therapists: [
      {
        id: 't-one',
        name: 'Robin Ash',
        locations: locations(),
        availability: {
          zone,
          weekly: [
            { days: ['mon', 'tue', 'wed'], start: '09:00', end: '21:00' },
            { start: '22:00', end: '01:00' },
          ],
          exceptions: [
            { date: '2026-06-03', windows: [{ start: '10:00', end: '24:00' }] },
            { date: '2026-06-04', windows: [] },
          ],
          busy: [{ start: '2026-06-01T13:00:00Z', end: '2026-06-01T14:00:30+00:00' }],
        },
        services: ['s-individual', 's-group'],
        authorities: [{ state: 'NY', from: '2020-01-01', to: '2029-12-31' }, { state: 'NJ' }],
        attributes: ['lmft', 'spanish'],
        blocked: ['p-client'],
        limits: { dailyMinutes: 360, weeklyMinutes: 1500, run: { minutes: 180, breakMinutes: 15 }, caseload: 12 },
      },
      { id: 't-two', locations: locations(), availability: evenings(), services: ['s-joint'], authorities: [{ state: 'NY' }] },
      { id: 't-three', locations: locations(), availability: evenings(), services: ['s-individual'], authorities: [{ state: 'NY' }] },
    ],
    couples: [
      {
        id: 'couple',
        partners: [
          {
            id: 'p-one',
            name: 'Ana Doe',
            locations: [
              { zone, state: 'NY' },
              { from: '2026-06-08', zone: 'America/Chicago', state: 'IL' },
            ],
            availability: evenings(),
            stay: { from: '2026-05-04', to: '2026-07-31' },
            policy: 'policy',
            care: [
              {
                service: 's-individual',
                sessions: { min: 1, max: 2 },
                everyWeeks: 2,
                fromWeek: 1,
                toWeek: 4,
                total: { min: 2, max: 8 },
                therapist: 't-one',
                continuity: 'strict',
                minFreeDays: 1,
                maxPerDay: 1,
              },
              { service: 's-individual', sessions: { min: 1, max: 1 }, fromWeek: 5, therapist: 't-one' },
              { service: 's-group', sessions: { min: 1, max: 3 }, group: 'group', continuity: 'strict' },
            ],
            requires: ['lmft'],
            prefers: { attributes: ['spanish'], times: [{ days: ['mon'], start: '17:00', end: '20:00' }] },
            authorizations: [
              {
                services: ['s-individual', 's-joint'],
                from: '2026-05-01',
                to: '2026-08-31',
                unit: 'session',
                total: 20,
                used: 2,
                maxPerWeek: 5,
                maxPerDay: 2,
              },
            ],
          },
          {
            id: 'p-two',
            locations: locations(),
            availability: evenings(),
            stay: { from: '2026-05-04' },
            care: [{ service: 's-individual', sessions: { min: 1, max: 1 } }],
          },
        ],
        jointCare: [{ service: 's-joint', sessions: { min: 1, max: 1 }, therapist: 't-two' }],
        jointWork: { status: 'cleared', from: '2026-05-20' },
        household: { privateRooms: 1, childcare: { zone, covered: [{ start: '08:00', end: '18:00' }] } },
        together: 'simultaneous',
        groupsTogether: 'never',
      },
    ],
    clients: [
      {
        id: 'p-client',
        locations: locations(),
        availability: evenings(),
        care: [{ service: 's-group', sessions: { min: 1, max: 1 } }],
      },
    ],
    groups: [
      {
        id: 'group',
        service: 's-group',
        leaders: ['t-one', 't-three'],
        leadersNeeded: 1,
        capacity: { min: 2, max: 8, taken: 3 },
        zone,
        from: '2026-05-01',
        to: '2026-12-31',
        meetings: {
          at: [
            { day: 'mon', start: '18:00' },
            { day: 'wed', start: '18:00' },
          ],
        },
        exceptions: [{ date: '2026-06-03', at: ['17:00', '19:00'] }],
      },
      {
        id: 'group-open',
        service: 's-group',
        leaders: ['t-one'],
        capacity: { max: 8 },
        zone,
        meetings: { count: 2, windows: [{ days: ['tue'], start: '17:00', end: '21:00' }] },
      },
    ],
    bookings: [
      {
        id: 'b-history',
        service: 's-individual',
        start: '2026-05-20T22:00:00Z',
        therapists: ['t-one'],
        attendees: ['p-one'],
        state: 'missed',
      },
      {
        id: 'b-locked',
        service: 's-joint',
        start: '2026-06-03T17:00:00-04:00',
        therapists: ['t-two'],
        attendees: ['p-one', 'p-two'],
        couple: 'couple',
        state: 'locked',
      },
      {
        id: 'b-group',
        service: 's-group',
        start: '2026-06-01T22:00:00Z',
        therapists: ['t-one'],
        attendees: ['p-one', 'p-client'],
        group: 'group',
        state: 'delivered',
        missedBy: ['p-client'],
      },
      {
        id: 'b-movable',
        service: 's-individual',
        start: '2026-06-10T22:00:00Z',
        therapists: ['t-three'],
        attendees: ['p-two'],
        state: 'movable',
      },
    ],
    weights: { 'preferred-times': 2, together: 0, 'moved-session': 1000 },
  };
}
