import { expect, test } from 'vitest';
import type { Booking } from '../../src/domain/booking.ts';
import type { Couple } from '../../src/domain/couple.ts';
import type { Authorization } from '../../src/domain/person.ts';
import type { Program } from '../../src/domain/program.ts';
import { parseProgram } from '../../src/domain/parse.ts';
import { Random } from '../../src/kernel/random.ts';
import { compile } from '../../src/model/compile.ts';
import type { Household, Problem } from '../../src/model/problem.ts';
import { buildDomain, type Domain } from '../../src/solver/household/domain.ts';
import { toldApart, UNMARKED, withWords, type Marks } from '../../src/solver/household/marks.ts';
import { PatternMaker, type Pattern } from '../../src/solver/household/pattern.ts';
import { nodePatterns, PatternSearch } from '../../src/solver/household/patterns.ts';
import { itemsOf } from '../../src/solver/household/sides.ts';
import { dayFromIso, WEEKDAYS, weekdayOf } from '../../src/time/calendar.ts';
import { isoFromMinute, minutesFromWall } from '../../src/time/instant.ts';
import { instantOf } from '../../src/time/zone.ts';
import { finish } from '../support/model-fixtures.ts';
import { AllPatterns } from '../support/oracle/all-patterns.ts';
import { runs } from '../support/oracle/judge.ts';
import { parsedProgram } from '../support/oracle/some-programs.ts';
import { tinyProgram } from '../support/oracle/tiny-programs.ts';

const USUAL = 400;
const MOST_ROWS = 10;
/** A tiny program in which partners depend on each other more often than in others. */
function dayProgram(seed: number, random: Random): Program {
  const { program } = tinyProgram(seed);
  const [group] = program.groups ?? [];
  if (group !== undefined && program.groups!.length < 3 && random.chance(0.5)) {
    program.groups!.push({ ...structuredClone(group), id: 'twin', leaders: random.shuffle(program.therapists.map(({ id }) => id)) });
    for (const one of program.therapists) one.services = [...new Set([...one.services, 'grp'])];
  }
  for (const couple of program.couples) {
    if (random.chance(0.7)) couple.together = random.pick(['simultaneous', 'staggered']);
    if (random.chance(0.6)) couple.groupsTogether = random.pick(['always', 'always', 'never']);
    if (random.chance(0.3)) couple.household = { ...couple.household, privateRooms: 1 };
    for (const { care } of couple.partners) {
      for (const item of care) {
        if (random.chance(0.5)) Object.assign(item, { maxPerDay: 2, sessions: { min: 0, max: 3 } });
      }
      if (group !== undefined && random.chance(0.8)) {
        const known = care.find(({ service }) => service === 'grp');
        if (known === undefined) care.push({ service: 'grp', sessions: { min: 0, max: 2 } });
        else {
          known.continuity = 'none';
          delete known.group;
        }
      }
    }
    if (random.chance(0.2)) random.pick(couple.partners).authorizations = competing(program, random);
  }
  for (const couple of program.couples) {
    if (couple.groupsTogether === 'always' && random.chance(0.7)) bookMeeting(program, couple, random);
  }
  program.weights = { ...program.weights, together: random.pick([0, 1, 2, 5]), 'compact-days': random.pick([0, 1, 2]) };
  return program;
}

/** A meeting in the first week at which one partner has a place that stands, where bookings leave room for it. */
function bookMeeting(program: Program, { partners }: Couple, random: Random): void {
  const [group] = program.groups ?? [];
  const [at] = group !== undefined && 'at' in group.meetings ? group.meetings.at : [];
  if (group === undefined || at === undefined) return;
  const { start, zone } = program.horizon;
  const day = Array.from({ length: 7 }, (_, offset) => dayFromIso(start)! + offset).find((date) => WEEKDAYS[weekdayOf(date)] === at.day)!;
  const booking: Booking = {
    id: 'meeting',
    service: 'grp',
    start: isoFromMinute(instantOf(zone, day, minutesFromWall(at.start)!)),
    therapists: group.leaders.slice(0, group.leadersNeeded ?? 1),
    attendees: [random.pick(partners).id],
    group: group.id,
    state: 'locked',
  };
  const bookings = program.bookings ?? [];
  program.bookings = [...bookings, booking];
  if (!parseProgram(program).ok) program.bookings = bookings;
}

/** Two grants that cover some service both, each for the whole time. */
function competing(program: Program, random: Random): Authorization[] {
  const services = random.shuffle(program.services.map(({ id }) => id));
  const grant = (ids: string[]): Authorization => ({ services: ids, from: '2026-01-01', to: '2026-12-31', unit: 'session' });
  return [grant(services.slice(0, 2)), grant(services.slice(1, 3))];
}

/** The domain of a household under random prices, with so few rows per date that all sets can be tried. */
function thinDomain(problem: Problem, household: Household, random: Random): Domain {
  const extra = Float64Array.from({ length: household.candidates.count }, () => {
    return random.chance(0.1) ? Infinity : random.chance(0.3) ? 0 : random.between(-10, 30);
  });
  const relaxation = { free: random.chance(0.2), lesser: false };
  const distinct = () => random.chance(relaxation.free ? 0.2 : 0.7);
  const domain = buildDomain(problem, household, new Int32Array(household.roles.length).fill(-1), extra, distinct, relaxation);
  for (let node = 0; node < household.nodeCount; node++) {
    const all = domain.rows[node]!.flatMap((rows) => [...rows]);
    random.shuffle(all);
    if (random.chance(0.5)) all.sort((a, b) => household.candidates.meeting[b]! - household.candidates.meeting[a]!);
    const kept = new Set(all.slice(0, random.between(MOST_ROWS - 3, MOST_ROWS)));
    const rows = domain.rows[node]!.map((each) => each.filter((row) => kept.has(row)));
    domain.items[node] = domain.items[node]!.filter((_, place) => rows[place]!.length > 0);
    domain.rows[node] = rows.filter((each) => each.length > 0);
  }
  return domain;
}

/** Some therapists told apart in some roles. */
function drawMarks({ roles }: Household, random: Random): Marks {
  if (random.chance(0.6)) return UNMARKED;
  const bits = roles.map(({ kind, domain }) => {
    const told = kind === 'group' ? [] : domain.filter(() => random.chance(0.5));
    return told.length === 0 ? undefined : new Map(told.map((therapist) => [therapist, 29 + therapist]));
  });
  return withWords(bits);
}

/** What makes the dates of couples differ in how hard they are. */
const TRAITS = [
  'one room',
  'children',
  'simultaneous',
  'staggered',
  'always',
  'never',
  'place kept',
  'twins',
  'grants',
  'marks',
  'forced',
  'free',
  'alone',
];

/** Which of them a date has; those of couples only where both have sessions of their own to choose from. */
function traits(problem: Problem, household: Household, domain: Domain, marks: Marks, node: number): string[] {
  const { pairing, together, candidates } = household;
  const rows = domain.rows[node]!.flatMap((each) => [...each]);
  const [first, second] = [1, 2].map((person) => rows.filter((row) => candidates.persons[row] === person)) as [number[], number[]];
  const both = first.length > 0 && second.length > 0;
  const meets = rows.filter((row) => candidates.meeting[row]! >= 0);
  // Two meetings at once, of which one partner may attend any and the other one of them.
  const at = (row: number, other: number): boolean =>
    candidates.start[row] === candidates.start[other] && meets.includes(row) && meets.includes(other);
  const twins = first.some((row) =>
    first.some(
      (other) =>
        candidates.meeting[row] !== candidates.meeting[other] &&
        at(row, other) &&
        second.some((shared) => candidates.meeting[shared] === candidates.meeting[other] && meets.includes(shared)),
    ),
  );
  const found: Record<string, boolean> = {
    'one room': both && household.oneRoom,
    children: both && household.childcare,
    simultaneous: both && problem.weights.together > 0 && together === 'simultaneous',
    staggered: both && problem.weights.together > 0 && together === 'staggered',
    always: both && pairing === 'always' && meets.some((row) => candidates.pairable[row] === 1),
    never: both && pairing === 'never' && meets.some((row) => candidates.apart[row] === 1),
    'place kept': both && pairing === 'always' && domain.forced[node]!.some((row) => candidates.pairable[row] === 1),
    twins: twins && pairing !== 'always' && (household.oneRoom || household.childcare || together === 'staggered'),
    grants: new PatternMaker(household, marks, node).ordered.some((each) => each),
    marks: marks.roles.length > 0,
    forced: domain.forced[node]!.length > 0,
    free: domain.free,
    alone: household.persons.length === 1,
  };
  return TRAITS.filter((name) => found[name]);
}

/** Patterns of which some partner's share costs less than the bound for so many sessions. */
function tooDear(
  problem: Problem,
  household: Household,
  domain: Domain,
  marks: Marks,
  node: number,
  patterns: readonly Pattern[],
): Pattern[] {
  const sides = new PatternSearch(problem, household, domain, marks, node, { spent: 0 }).looseSides();
  return patterns.filter((pattern) =>
    sides.some(({ side }, person) => {
      const items = itemsOf(household, person);
      const entries = Array.from(side.cost.keys()).filter((entry) =>
        items.every((item, index) => side.sessions[index * side.count + entry] === pattern.byItem[item]),
      );
      const bound = Math.min(...entries.map((entry) => side.cost[entry]!));
      const share = sides.length === 1 ? pattern.cost : person === 0 ? pattern.share : pattern.cost - pattern.share;
      const days = entries.every(
        (entry) =>
          side.has[entry] === Number(pattern.has[person as 0 | 1]) && side.service[entry] === Number(pattern.service[person as 0 | 1]),
      );
      return share < bound || !days;
    }),
  );
}

test('the patterns of a date are the cheapest of each kind among all sets of its sessions', { timeout: Infinity }, () => {
  const tally = new Map<string, number>();
  let kinds = 0;
  for (let seed = 70_000; seed < 70_000 + runs(USUAL); seed++) {
    const random = new Random(seed);
    const parsed = parsedProgram(dayProgram(seed, random));
    const all = finish(compile(parsed));
    for (const household of all.problem.households) {
      const domain = thinDomain(all.problem, household, random);
      const marks = domain.free ? UNMARKED : drawMarks(household, random);
      for (let node = 0; node < household.nodeCount; node++) {
        if (domain.rows[node]!.length < 2) continue;
        const twin = new AllPatterns(all.problem, household, domain, marks, node);
        const patterns = finish(nodePatterns(all.problem, household, domain, marks, node, { spent: 0 }));
        const where = `seed ${seed}, household ${household.index}, node ${node}`;
        const least = twin.leastByKind();
        expect(new Map(patterns.map((pattern) => [twin.kindOf([...pattern.rows]), pattern.cost])), where).toEqual(least);
        expect(patterns, where).toHaveLength(least.size);
        for (const { rows, cost } of patterns) expect([twin.isAllowed([...rows]), twin.costOf([...rows])], where).toEqual([true, cost]);

        expect(tooDear(all.problem, household, domain, marks, node, patterns), where).toEqual([]);
        for (const name of ['all', ...traits(all.problem, household, domain, marks, node)]) tally.set(name, (tally.get(name) ?? 0) + 1);
        kinds += least.size;
      }
    }
  }
  const few = TRAITS.filter((name) => (tally.get(name) ?? 0) < 0.02 * runs(USUAL));
  expect(few).toEqual([]);
  expect(tally.get('all')).toBeGreaterThan(runs(USUAL));
  expect(kinds).toBeGreaterThan(5 * tally.get('all')!);
});

/** Lets individual care change therapist within a date, with a buffer between sessions. */
function changeTherapists(program: Program): void {
  for (const service of program.services) if (service.kind !== 'group') service.bufferMinutes = 15;
  for (const { care } of program.couples.flatMap(({ partners }) => [...partners])) {
    for (const item of care) {
      if (item.service === 'grp') continue;
      Object.assign(item, { continuity: 'none', maxPerDay: 2, sessions: { min: 0, max: 3 } });
      delete item.therapist;
    }
  }
}

/** Least cost by kind of the patterns of a node. */
function leastByKind(all: { problem: Problem; household: Household; domain: Domain; node: number }): Map<string, number> {
  const { problem, household, domain, node } = all;
  const maker = new PatternMaker(household, UNMARKED, node);
  const patterns = finish(nodePatterns(problem, household, domain, UNMARKED, node, { spent: 0 }));
  return new Map(patterns.map((pattern) => [`${pattern.byItem.join()}|${maker.kindOf(pattern)}`, pattern.cost]));
}

test('sessions that others can stand for make no pattern cheaper', { timeout: Infinity }, () => {
  const tally = { nodes: 0, fewer: 0, busy: 0 };
  for (let seed = 80_000; seed < 80_000 + runs(USUAL); seed++) {
    const random = new Random(seed);
    const program = dayProgram(seed, random);
    if (random.chance(0.5)) changeTherapists(program);
    const { problem } = finish(compile(parsedProgram(program)));
    for (const household of problem.households) {
      const extra = Float64Array.from({ length: household.candidates.count }, () => random.between(0, 12) / 4);
      const choice = new Int32Array(household.roles.length).fill(-1);
      const free = random.chance(0.5);
      const told = free ? () => false : toldApart(household, UNMARKED);
      const full = buildDomain(problem, household, choice, extra, () => true, { free, lesser: false });
      const thin = buildDomain(problem, household, choice, extra, told, { free, lesser: false });
      for (let node = 0; node < household.nodeCount; node++) {
        const rows = full.rows[node]!.flatMap((each) => [...each]);
        if (rows.length < 2 || rows.length > 40) continue;
        const kept = thin.rows[node]!.flatMap((each) => [...each]);
        const where = `seed ${seed}, household ${household.index}, node ${node}`;
        const setting = { problem, household, node };
        expect(leastByKind({ ...setting, domain: thin }), where).toEqual(leastByKind({ ...setting, domain: full }));
        tally.nodes++;
        if (kept.length < rows.length) tally.fewer++;
        const { start, item, meeting } = household.candidates;
        const ofOneStart = kept.some((a) => kept.some((b) => a !== b && meeting[a]! < 0 && start[a] === start[b] && item[a] === item[b]));
        if (free && ofOneStart) tally.busy++;
      }
    }
  }
  expect(tally.nodes).toBeGreaterThan(runs(USUAL));
  expect(tally.fewer).toBeGreaterThan(0.1 * tally.nodes);
  expect(tally.busy).toBeGreaterThan(0.01 * tally.nodes);
});
