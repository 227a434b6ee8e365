import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan, Session, Unmet } from '../../../src/domain/plan.ts';
import type { ParsedProgram } from '../../../src/domain/program.ts';
import { InvalidProgramError } from '../../../src/errors.ts';
import { personReport } from '../../../src/report/person-report.ts';
import { isoFromMinute, minuteFromIso } from '../../../src/time/instant.ts';
import {
  bookingOf,
  careOf,
  coupleOf,
  groupOf,
  NEW_YORK,
  partnerOf,
  PHOENIX,
  planOf,
  policyOf,
  programOf,
  therapistOf,
  visit,
} from '../../support/soft-fixtures.ts';

const lines = (program: ParsedProgram, plan: Plan, id: string) => personReport(program, plan, id).split('\n');

describe('personReport', () => {
  const moving = [NEW_YORK[0]!, { from: '2026-10-08', zone: 'America/Phoenix', state: 'AZ' }];
  const policies = [policyOf({ weeklyMinutes: { min: 180, max: 300 } })];
  const bookings = [
    bookingOf('moved', 'ind', '2026-10-06T10:00-04:00', ['a'], { state: 'movable' }),
    bookingOf('half', 'joint', '2026-10-05T10:00-04:00', ['a', 'b'], { missedBy: ['b'] }),
    bookingOf('kept', 'check', '2026-10-07T09:00-04:00', ['a'], { state: 'locked' }),
  ];
  const program = programOf({
    policies,
    couples: [coupleOf(partnerOf('a', { policy: 'policy', locations: moving }), partnerOf('b', { locations: PHOENIX }))],
    bookings,
    therapists: [therapistOf('t1', { limits: { weeklyMinutes: 120 } }), therapistOf('t2'), therapistOf('t3')],
  });
  const plan = planOf([
    visit('joint', '2026-10-05T10:00-04:00', ['a', 'b'], { booking: 'half' }),
    visit('ind', '2026-10-06T23:30-04:00', ['a'], { booking: 'moved' }),
    visit('check', '2026-10-07T09:00-04:00', ['a'], { booking: 'kept' }),
    visit('ind', '2026-10-07T15:00-04:00', ['b'], { with: ['t2'] }),
    visit('grp', '2026-10-09T10:00-04:00', ['a', 'b'], { id: 'meeting' }),
  ]);

  it('tells the sessions in local time, zone by zone, with what became of bookings', () => {
    // 10:00 in New York is 07:00 in Phoenix, where a is from the 8th. Credited: 50 + 50 + 0 + 60 = 160 minutes of 180.
    expect(lines(program, plan, 'a')).toEqual([
      'Plan of program, 2026-10-05 to 2026-10-11',
      '',
      'Partner a of couple c',
      '  Week 1, 2026-10-05 to 2026-10-11: 2:40 credited',
      '    local time of America/New_York',
      '    mon 2026-10-05  10:00-10:50    joint  t1, b         delivered',
      '    tue 2026-10-06  23:30-00:20+1  ind    t1            moved from tue 2026-10-06 10:00',
      '    wed 2026-10-07  09:00-09:20    check  t1            booked',
      '    local time of America/Phoenix',
      '    fri 2026-10-09  07:00-08:00    grp    group g1, t1',
      '  Hours (h:mm)',
      '            credited  minimum  maximum',
      '    week 1      2:40     3:00     5:00  0:20 short',
      '',
    ]);
  });

  it('tells one who was absent so, and the other nothing of it', () => {
    expect(personReport(program, plan, 'b')).toContain('mon 2026-10-05  07:00-07:50  joint  t1, a         missed');
    expect(personReport(program, plan, 'a')).not.toContain('missed');
  });

  it('tells a therapist whom they meet, how many come to a group, and the hours against their limit', () => {
    // Clock minutes 50 + 50 + 20 + 60 = 180 of 120.
    const report = lines(program, plan, 't1');
    expect(report).toContain('    mon 2026-10-05  10:00-10:50    joint  a, b                   delivered');
    expect(report).toContain('    fri 2026-10-09  10:00-11:00    grp    group g1, 2 attending');
    expect(report).toContain('    week 1         3:00        -     2:00  1:00 over');
    expect(lines(program, plan, 't3')).toContain('  no sessions');
  });

  it('sums hours over averaged weeks, and prorates partial ones', () => {
    const averaged = [policyOf({ weeklyMinutes: { min: 140, max: 200 }, averageWeeks: 2, partialWeeks: 'prorate' })];
    const a = partnerOf('a', { policy: 'policy', stay: { from: '2026-10-08', to: '2026-10-25' } });
    const three = programOf({ policies: averaged, couples: [coupleOf(a, partnerOf('b'))], horizon: { weeks: 3 } });
    const sessions = ['2026-10-09', '2026-10-13', '2026-10-19'].map((date) => visit('ind', `${date}T10:00-04:00`, ['a']));
    const report = lines(three, planOf(sessions), 'a');
    // Week 1 has 4 of its 7 dates: floor(140 x 4 / 7) = 80, and 140 for week 2: 220 (3:40), 100 credited. Maximum 400. Week 3: 140.
    expect(report).toContain('    weeks 1 to 2      1:40     3:40     6:40  2:00 short');
    expect(report).toContain('    week 3            0:50     2:20     3:20  1:30 short');
    expect(report).toContain('  Week 2, 2026-10-12 to 2026-10-18: 0:50 credited');
  });

  it('asks no minimum of a week outside the stay, even where partial weeks are enforced', () => {
    const policy = policyOf({ weeklyMinutes: { min: 120 }, partialWeeks: 'enforce' });
    const a = partnerOf('a', { policy: 'policy', stay: { from: '2026-10-05', to: '2026-10-09' } });
    const two = programOf({ policies: [policy], couples: [coupleOf(a, partnerOf('b'))], horizon: { weeks: 2 } });
    const report = lines(two, planOf([visit('ind', '2026-10-13T10:00-04:00', ['a'])]), 'a');
    expect(report).toContain('    week 1      0:00     2:00        -  2:00 short');
    expect(report).toContain('    week 2      0:50     0:00        -');
  });

  it('shows no bound where there is none, and weeks without sessions', () => {
    const open = programOf({ policies: [policyOf()], couples: [coupleOf(partnerOf('a', { policy: 'policy' }), partnerOf('b'))] });
    expect(lines(open, planOf([]), 'a')).toContain('    week 1      0:00     0:00        -');
    expect(lines(open, planOf([]), 'b').slice(2, -1)).toEqual(['Partner b of couple c', '  Week 1, 2026-10-05 to 2026-10-11: no sessions']);
  });

  it('tells bookings before the horizon in a week that its start cuts, and no earlier ones', () => {
    const earlier = [
      bookingOf('h1', 'ind', '2026-10-01T10:00-04:00', ['a'], { state: 'missed' }),
      bookingOf('h2', 'ind', '2026-09-30T10:00-04:00', ['a']),
    ];
    const a = partnerOf('a', { stay: { from: '2026-09-21' } });
    const cut = programOf({ bookings: earlier, couples: [coupleOf(a, partnerOf('b'))], horizon: { weekStart: 'thu' } });
    const report = lines(cut, planOf([]), 'a');
    expect(report).toContain('  Week 1, 2026-10-01 to 2026-10-07: 0:00 credited');
    expect(report).toContain('    thu 2026-10-01  10:00-10:50  ind  t1  missed');
    expect(report.join('\n')).not.toContain('2026-09-30');
  });

  it('tells what of the own care is unmet, and own clock changes', () => {
    const told: Plan = {
      ...plan,
      unmet: [
        { rule: 'weekly-minimum', entities: ['a'], week: 1, required: 180, planned: 160 },
        { rule: 'care-frequency', entities: ['c', 'joint'], week: 1, required: 2, planned: 1 },
        { rule: 'care-frequency', entities: ['b', 'ind'], week: 1, required: 7, planned: 1 },
        { rule: 'joint-gate', entities: ['c', 'joint'], week: 1, required: 9, planned: 0 },
        { rule: 'therapist-weekly', entities: ['t1'], week: 1, required: 120, planned: 180 },
      ],
      clockChanges: [
        { session: 'meeting', person: 'a', usual: '10:00', actual: '07:00' },
        { session: 'meeting', person: 'b', usual: '06:00', actual: '07:00' },
      ],
    };
    expect(lines(program, told, 'a').slice(-8)).toEqual([
      '',
      'Unmet (planned of required)',
      '  weekly-minimum  week 1  160 of 180  minutes   a',
      '  care-frequency  week 1  1 of 2      sessions  c, joint',
      '',
      'Local starts that a change of clocks moves',
      '  10:00 -> 07:00  session meeting',
      '',
    ]);
    expect(lines(program, told, 't1').slice(-3)).toEqual([
      'Unmet (planned of required)',
      '  therapist-weekly  week 1  180 of 120  minutes  t1',
      '',
    ]);
  });

  it('writes ids, however they read, and never names', () => {
    const d = partnerOf('__proto__', { name: 'Dana Doe', care: [careOf('ind')] });
    const odd = programOf({ clients: [d], therapists: [therapistOf('constructor', { name: 'Tess' }), ...program.therapists.slice(0, 1)] });
    odd.groups = odd.groups.map((group) => ({ ...group, leaders: ['t1'] }));
    const report = personReport(
      odd,
      planOf([visit('ind', '2026-10-05T10:00-04:00', ['__proto__'], { with: ['constructor'] })]),
      '__proto__',
    );
    expect(report).toContain('Client __proto__\n');
    expect(report).toContain('ind  constructor\n');
    expect(report).not.toMatch(/Dana|Tess/);
  });

  it('keeps to 100 columns with ordinary ids, and ends each line without spaces', () => {
    const report = lines(program, plan, 'a');
    expect(Math.max(...report.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(report.filter((line) => line !== line.trimEnd())).toEqual([]);
  });

  it('throws on a program that is not valid and on a person it does not have', () => {
    expect(() => personReport({ ...program, id: '' }, plan, 'a')).toThrow(InvalidProgramError);
    expect(() => personReport(program, plan, 'nobody')).toThrow(RangeError);
    expect(() => personReport(program, plan, 'c')).toThrow(RangeError);
  });
});

describe('personReport and the other partner', () => {
  const groups = [groupOf('g-shared'), groupOf('g-of-a'), groupOf('g-of-b'), groupOf('g-of-d')];
  const base = (over: Partial<ParsedProgram> = {}): ParsedProgram =>
    programOf({
      groups,
      couples: [coupleOf(partnerOf('a'), partnerOf('b', { locations: PHOENIX }))],
      clients: [partnerOf('d')],
      ...over,
    });
  const shared = [
    visit('joint', '2026-10-05T10:00-04:00', ['a', 'b'], { id: 'joint-1' }),
    visit('grp', '2026-10-06T10:00-04:00', ['a', 'b', 'd'], { id: 'shared-1', group: 'g-shared' }),
  ];
  const ofA = [
    visit('ind', '2026-10-07T11:11-04:00', ['a'], { id: 'ind-of-a', with: ['t2'] }),
    visit('grp', '2026-10-08T12:12-04:00', ['a'], { id: 'grp-of-a', group: 'g-of-a', with: ['t2'] }),
  ];
  const ofB = [
    visit('ind', '2026-10-09T13:13-04:00', ['b'], { id: 'ind-of-b', with: ['t3'] }),
    visit('grp', '2026-10-10T14:14-04:00', ['b'], { id: 'grp-of-b', group: 'g-of-b', with: ['t3'] }),
  ];
  const unmetOfB: Unmet[] = [
    { rule: 'weekly-minimum', entities: ['b'], week: 1, required: 555, planned: 110 },
    { rule: 'care-frequency', entities: ['b', 'ind'], week: 1, required: 5, planned: 1 },
    { rule: 'joint-gate', entities: ['c', 'joint'], week: 1, required: 3, planned: 1 },
    { rule: 'blocked-pair', entities: ['joint-1', 't1', 'b'], required: 0, planned: 1 },
    { rule: 'household-rooms', entities: ['ind-of-a', 'ind-of-b', 'a', 'b'], required: 0, planned: 50 },
    { rule: 'authorization', entities: ['joint-1', 'b'], required: 0, planned: 1 },
    { rule: 'authorization', entities: ['joint-1'], required: 0, planned: 1 },
    { rule: 'care-spacing', entities: ['c', 'ind-of-b'], week: 1, required: 1, planned: 0 },
  ];
  const clocksOfB = [
    { session: 'ind-of-b', person: 'b', usual: '09:13', actual: '10:13' },
    { session: 'joint-1', person: 'b', usual: '06:00', actual: '07:00' },
  ];
  const planWith = (own: Session[], unmet: Unmet[] = [], clockChanges = clocksOfB): Plan => ({
    ...planOf([...shared, ...own].sort((x, y) => (x.start < y.start ? -1 : 1))),
    unmet,
    clockChanges,
  });

  it('shows no id, time, date, therapist or group of their separate sessions', () => {
    const plan = planWith([...ofA, ...ofB], unmetOfB);
    const toA = personReport(base(), plan, 'a');
    for (const trace of ['of-b', 't3', '13:13', '10:13', '14:14', '11:14', '09:13', '06:00', '2026-10-09', '2026-10-10', '555', 'gate']) {
      expect(toA).not.toContain(trace);
    }
    expect(toA).toContain('ind');
    expect(toA).toContain('group g-of-a, t2');
    const toB = personReport(base(), plan, 'b');
    for (const trace of ['of-a', 't2', '11:11', '08:11', '12:12', '09:12', '2026-10-07', '2026-10-08', 'gate', 'blocked', 'household']) {
      expect(toB).not.toContain(trace);
    }
    expect(toB).toContain('weekly-minimum');
    expect(toB).toContain('group g-of-b, t3');
  });

  it('names no other members of a group', () => {
    const report = personReport(base(), planWith([]), 'a');
    expect(report).toMatch(/grp +group g-shared, t1$/m);
    expect(report).not.toMatch(/\bd\b/);
  });

  it('does not tell that joint work is closed, nor why', () => {
    const closed = base();
    closed.couples = closed.couples.map((couple) => ({ ...couple, jointWork: { status: 'barred' as const } }));
    const plan = planWith(ofA, unmetOfB);
    expect(personReport(closed, plan, 'a')).toBe(personReport(base(), plan, 'a'));
  });

  it('is the same text whatever the other partner has, misses, wants and lacks', () => {
    const first = minuteFromIso('2026-10-05T04:00Z')!;
    const session = fc.record({
      service: fc.constantFrom('ind', 'check', 'grp'),
      at: fc.integer({ min: 0, max: 6 * 1440 }),
      therapist: fc.constantFrom('t1', 't2', 't3'),
      group: fc.constantFrom('g-shared', 'g-of-a', 'g-of-b'),
      state: fc.constantFrom('none' as const, 'delivered' as const, 'missed' as const, 'movable' as const, 'locked' as const),
    });
    const expected = personReport(base(), planWith(ofA), 'a');
    const world = fc.record({
      sessions: fc.array(session, { maxLength: 6 }),
      absent: fc.boolean(),
      unmet: fc.subarray(unmetOfB),
      stay: fc.option(fc.constantFrom('2026-10-05', '2026-10-04'), { nil: undefined }),
      clocks: fc.subarray(clocksOfB),
    });
    fc.assert(
      fc.property(world, ({ sessions, absent, unmet, stay, clocks }) => {
        const own = sessions.map(({ service, at, therapist, group }, index) =>
          visit(service, isoFromMinute(first + at), ['b'], { id: `b-${index}`, with: [therapist], group }),
        );
        const bookings = sessions.flatMap(({ service, at, therapist, group, state }, index) =>
          state === 'none' ? [] : [bookingOf(`b-${index}`, service, isoFromMinute(first + at), ['b'], { with: [therapist], group, state })],
        );
        const booked = own.map((each) => (bookings.some((booking) => booking.id === each.id) ? { ...each, booking: each.id } : each));
        const missed = bookingOf('shared-1', 'grp', '2026-10-06T10:00-04:00', ['a', 'b', 'd'], { group: 'g-shared', missedBy: ['b'] });
        const b = partnerOf('b', { locations: PHOENIX, policy: 'policy', ...(stay !== undefined && { stay: { from: stay } }) });
        const program = base({
          policies: [policyOf({ weeklyMinutes: { min: 540 } })],
          couples: [coupleOf(partnerOf('a'), b)],
          bookings: absent ? [...bookings, missed] : bookings,
        });
        const plan = planWith([...ofA, ...booked], unmet, clocks);
        const withMissed = plan.sessions.map((each) => (absent && each.id === 'shared-1' ? { ...each, booking: 'shared-1' } : each));
        const actual = personReport(program, { ...plan, sessions: withMissed }, 'a');
        // That the shared meeting took place is a's own.
        expect(actual.replace(/ +delivered$/m, '')).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });
});
