import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generate, type Instance } from '../../../bench/instances/generate.ts';
import type { GenerateOptions, Tier, Tightness } from '../../../bench/instances/shape.ts';
import { parseProgram } from '../../../src/domain/parse.ts';
import type { Program } from '../../../src/domain/program.ts';
import { minutesFromWall } from '../../../src/time/instant.ts';
import { verify } from '../../../src/verify/verify.ts';

/** What is wrong with the generated documents; the seed's options stand in front. */
function faults(options: GenerateOptions): string[] {
  const { program, planted } = generate(options);
  const name = JSON.stringify(options);
  const parsed = parseProgram(program);
  if (!parsed.ok) return parsed.issues.map((issue) => `${name}: ${issue.code} ${issue.message}`);
  return verify(program, planted).violations.map((violation) => `${name}: ${violation.rule} ${violation.message}`);
}

const TIGHTNESS: readonly Tightness[] = ['loose', 'tight'];

describe('the planted plan', () => {
  test.each([
    ['one', 1, 150],
    ['one', 12, 25],
    ['S', 1, 50],
    ['S', 3, 15],
    ['S', 12, 5],
    ['M', 1, 5],
  ] as const)('keeps every hard rule: tier %s, %i weeks, %i seeds', (tier, weeks, seeds) => {
    for (let seed = 1; seed <= seeds; seed++) {
      for (const tightness of TIGHTNESS) expect(faults({ tier, weeks, seed, tightness })).toEqual([]);
    }
  });

  test('keeps every hard rule for odd sizes, with too few therapists too', () => {
    const sizes = fc.record({
      couples: fc.integer({ min: 0, max: 9 }),
      therapists: fc.integer({ min: 4, max: 7 }),
      states: fc.integer({ min: 1, max: 45 }),
      weeks: fc.integer({ min: 1, max: 3 }),
      seed: fc.integer(),
      tightness: fc.constantFrom(...TIGHTNESS),
    });
    fc.assert(
      fc.property(sizes, (options) => {
        expect(faults(options)).toEqual([]);
      }),
      { numRuns: 60, seed: 20260901 },
    );
  });

  test('is a plan that can be broken: a session left out, or an hour later, shows', () => {
    const found = { removed: 0, moved: 0 };
    for (let seed = 1; seed <= 30; seed++) {
      const { program, planted } = generate({ tier: 'one', weeks: 2, seed, tightness: 'tight' });
      const [first, ...rest] = planted.sessions;
      if (first === undefined) continue;
      const later = (instant: string): string => new Date(Date.parse(instant) + 3_600_000).toISOString().replace('.000', '');
      const moved = { ...first, start: later(first.start), end: later(first.end) };
      found.removed += Math.sign(verify(program, { ...planted, sessions: rest }).violations.length);
      found.moved += Math.sign(verify(program, { ...planted, sessions: [moved, ...rest] }).violations.length);
    }
    // Not each of them: what lies in a partial week is seldom due, and two short windows may join.
    expect(found.removed).toBeGreaterThan(20);
    expect(found.moved).toBeGreaterThan(25);
  });

  test('stands in the order of the contract, attendees and therapists sorted', () => {
    const { sessions } = generate({ tier: 'S', weeks: 2, seed: 3 }).planted;
    const keys = sessions.map((session) => `${session.start} ${session.id}`);
    expect(keys.length).toBeGreaterThan(50);
    expect(keys).toEqual([...keys].sort());
    for (const list of sessions.flatMap((session) => [session.attendees, session.therapists])) expect(list).toEqual([...list].sort());
  });
});

describe('generate', () => {
  test('gives the same documents for the same options, and others for another seed', () => {
    const make = (seed: number): string => JSON.stringify(generate({ tier: 'S', weeks: 2, seed, tightness: 'tight' }));
    expect(make(5)).toBe(make(5));
    expect(make(5)).not.toBe(make(6));
  });

  test.each([
    ['one', 1, 4],
    ['S', 10, 6],
    ['M', 50, 15],
    ['L', 300, 75],
  ] as const)('tier %s has %i couples and %i therapists', (tier: Tier, couples, therapists) => {
    const { program } = generate({ tier, seed: 2 });
    expect([program.couples.length, program.therapists.length]).toEqual([couples, therapists]);
    expect(program.horizon.weeks).toBe(1);
  });

  test('keeps to the sizes, start and weeks that it is given', () => {
    const { program } = generate({ tier: 'S', couples: 3, therapists: 5, states: 1, weeks: 4, start: '2027-03-01', seed: 4 });
    expect([program.couples.length, program.therapists.length]).toEqual([3, 5]);
    expect(program.horizon).toMatchObject({ start: '2027-03-01', weeks: 4 });
    const partners = program.couples.flatMap((couple) => couple.partners);
    const states = [...partners, ...program.therapists].flatMap((person) => person.locations.map((location) => location.state));
    expect(new Set(states).size).toBe(1);
  });

  test('refuses a start that is no date', () => {
    expect(() => generate({ start: '2027-02-30' })).toThrow(RangeError);
  });

  test('treats enough people: nearly all have care, and most a nine-hour minimum', () => {
    for (const tightness of TIGHTNESS) {
      const { program } = generate({ tier: 'M', seed: 8, tightness });
      const partners = program.couples.flatMap((couple) => couple.partners);
      const nineHours = new Set(program.policies.filter((policy) => policy.weeklyMinutes.min >= 540).map((policy) => policy.id));
      expect(partners.filter((partner) => partner.care.length > 0).length).toBeGreaterThanOrEqual(95);
      expect(partners.filter((partner) => nineHours.has(partner.policy ?? '')).length).toBeGreaterThanOrEqual(60);
    }
  });

  test('is tighter where tight: less availability, and a fullest meeting without a free seat', () => {
    const [loose, tight] = TIGHTNESS.map((tightness) => generate({ tier: 'S', seed: 9, tightness }));
    expect(windowMinutes(tight)).toBeLessThan(windowMinutes(loose) / 2);
    for (const group of tight?.program.groups ?? []) {
      const sizes = (tight?.planted.sessions ?? [])
        .filter((session) => session.group === group.id)
        .map((session) => session.attendees.length);
      expect(group.capacity.max).toBe(Math.max(...sizes) + (group.capacity.taken ?? 0));
    }
  });
});

/** Minutes in the weekly windows of all people. */
function windowMinutes(instance: Instance | undefined): number {
  const { couples = [], therapists = [] } = instance?.program ?? {};
  const windows = [...couples.flatMap((couple) => couple.partners), ...therapists].flatMap((person) => person.availability.weekly);
  return windows.reduce(
    (sum, { days, start, end }) => sum + (days?.length ?? 7) * ((minutesFromWall(end) ?? 0) - (minutesFromWall(start) ?? 0)),
    0,
  );
}

describe('the mix', () => {
  const programs = Array.from({ length: 12 }, (_, index) => generate({ tier: 'S', weeks: 7, seed: 100 + index }).program);
  const partnersOf = (program: Program) => [...program.couples.flatMap((couple) => couple.partners), ...(program.clients ?? [])];
  const partners = programs.flatMap(partnersOf);
  const couples = programs.flatMap((program) => program.couples);
  const groups = programs.flatMap((program) => program.groups ?? []);
  const care = [...partners.flatMap((partner) => partner.care), ...couples.flatMap((couple) => couple.jointCare ?? [])];
  const places = partners.flatMap((partner) => partner.locations.map(({ state, zone }) => `${state} ${zone}`));
  const zones = new Set(partners.flatMap((partner) => partner.locations.map((location) => location.zone)));

  const statesOfZone = [...zones].map(
    (zone) => new Set(places.filter((place) => place.endsWith(zone)).map((place) => place.split(' ')[0])),
  );

  test.each([
    ['four zones', zones.size >= 4],
    ['one zone in several states', statesOfZone.some((states) => states.size > 1)],
    ['one state in several zones', new Set(places).size > new Set(places.map((place) => place.split(' ')[0])).size],
    ['clients without a partner', programs.some((program) => (program.clients ?? []).length > 0)],
    ['closures', programs.some((program) => (program.horizon.closures ?? []).length > 0)],
    [
      'bookings of each kind',
      ['delivered', 'locked', 'movable'].every((state) =>
        programs.some((program) => program.bookings?.some((booking) => booking.state === state)),
      ),
    ],
    ['a week that starts on another weekday', programs.some((program) => program.horizon.weekStart !== undefined)],
    ['several policies', new Set(partners.map((partner) => partner.policy)).size >= 5],
    ['trips', partners.some((partner) => partner.locations.length > 1)],
    ['late starts', programs.some((program) => partnersOf(program).some((partner) => (partner.stay?.from ?? '') > program.horizon.start))],
    ['early ends', partners.some((partner) => partner.stay?.to !== undefined)],
    [
      'authorizations by day and by session',
      ['day', 'session'].every((unit) => partners.some((partner) => partner.authorizations?.some((grant) => grant.unit === unit))),
    ],
    ['required attributes', partners.some((partner) => partner.requires !== undefined)],
    ['preferred attributes', partners.some((partner) => partner.prefers?.attributes !== undefined)],
    ['preferred times', partners.some((partner) => partner.prefers?.times !== undefined)],
    ['exceptions', partners.some((partner) => partner.availability.exceptions !== undefined)],
    ['busy hours', partners.some((partner) => partner.availability.busy !== undefined)],
    ['one private room', couples.some((couple) => couple.household?.privateRooms === 1)],
    ['childcare', couples.some((couple) => couple.household?.childcare !== undefined)],
    [
      'both ways to be in session',
      ['simultaneous', 'staggered'].every((together) => couples.some((couple) => couple.together === together)),
    ],
    ['groups together and never together', ['always', 'never'].every((how) => couples.some((couple) => couple.groupsTogether === how))],
    ['a closed gate', couples.some((couple) => couple.jointWork.status !== 'cleared')],
    [
      'a gate that opens inside the horizon',
      programs.some((program) => program.couples.some((couple) => (couple.jointWork.from ?? '') > program.horizon.start)),
    ],
    ['a taper', care.some((item) => item.toWeek !== undefined)],
    ['care every other week', care.some((item) => item.everyWeeks === 2)],
    ['care without strict continuity', care.some((item) => item.continuity === 'prefer')],
    ['named therapists and groups', care.some((item) => item.therapist !== undefined) && care.some((item) => item.group !== undefined)],
    ['groups with a count of meetings', groups.some((group) => 'count' in group.meetings)],
    ['groups with fixed meetings', groups.some((group) => 'at' in group.meetings)],
    ['groups made up on other dates', groups.some((group) => group.exceptions !== undefined)],
    ['two leaders of whom one is needed', groups.some((group) => group.leaders.length === 2 && group.leadersNeeded === undefined)],
    [
      'dated authorities',
      programs.some((program) => program.therapists.some((one) => one.authorities.some(({ from }) => from !== undefined))),
    ],
    ['blocked pairs', programs.some((program) => program.therapists.some((therapist) => therapist.blocked !== undefined))],
  ])('has %s', (_, found) => {
    expect(found).toBe(true);
  });

  test('has horizons with a change of clocks', () => {
    // The second Sundays of March and first of November, 2026 to 2028.
    const changes = ['2026-03-08', '2026-11-01', '2027-03-14', '2027-11-07', '2028-03-12', '2028-11-05'];
    const starts = Array.from({ length: 60 }, (_, seed) => generate({ tier: 'one', weeks: 1, seed }).program.horizon.start);
    const end = (start: string): string => new Date(Date.parse(start) + 6 * 86_400_000).toISOString().slice(0, 10);
    const crossing = starts.filter((start) => changes.some((change) => start <= change && change <= end(start)));
    // Drawn in four of ten; a start moved back to its Monday or Sunday may lose it.
    expect(crossing.length).toBeGreaterThan(10);
    expect(starts.every((start) => start >= '2026-01-01' && start < '2029-01-01')).toBe(true);
  });
});
