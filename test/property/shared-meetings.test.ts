import { expect, test } from 'vitest';
import type { CareItem } from '../../src/domain/care.ts';
import type { Group } from '../../src/domain/group.ts';
import { Random } from '../../src/kernel/random.ts';
import type { Compiled } from '../../src/model/compile.ts';
import type { Household } from '../../src/model/problem.ts';
import { SearchContext } from '../../src/solver/context.ts';
import { solveHousehold } from '../../src/solver/household/solve.ts';
import { bare, compiled, finish, householdOf, only } from '../support/model-fixtures.ts';
import { bestOfAll, drawPrices } from '../support/oracle/all-sets.ts';
import { runs } from '../support/oracle/judge.ts';
import { booked, item, meeting, type Parts } from '../support/verify-fixtures.ts';

const USUAL = 400;
const LEADERS = ['ta', 'tg', 'tx'];

/** A couple who attend groups together, several of which meet at the same time, and may want individual care by those who lead them. */
function drawCouple(random: Random): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { program, a, b, c, ta, tg, tx } = parts;
    program.horizon.slotMinutes = 30;
    program.weights = { 'same-slot': 0 };
    program.therapists = [ta, tg, tx];
    program.services.push({ id: 'other', kind: 'group', minutes: 90 });
    for (const each of program.therapists) each.services = ['ind', 'grp', 'other', 'joint'];
    for (const service of program.services) if (service.kind !== 'group') service.bufferMinutes = random.pick([10, 40, 60]);
    c.groupsTogether = 'always';
    if (random.chance(0.3)) c.together = random.pick(['simultaneous', 'staggered']);
    program.groups = drawGroups(parts, random);
    for (const partner of [a, b]) {
      partner.availability = only('tue 17:00-20:00', 'thu 18:00-20:00');
      partner.care = drawCare(program.groups, random);
    }
    if (random.chance(0.2)) bookPlace(parts, random);
  });
}

/** Two or three groups that meet on Tuesday or Thursday, mostly at the same time. */
function drawGroups({ g }: Parts, random: Random): Group[] {
  return ['g', 'h', 'i'].slice(0, random.between(2, 3)).map((id, index): Group => {
    const start = random.chance(0.85) ? '18:00' : '18:30';
    const days = index === 0 && random.chance(0.5) ? (['tue', 'thu'] as const) : (['tue'] as const);
    const service = random.chance(0.25) ? 'other' : 'grp';
    return { ...g, id, service, leaders: [random.pick(LEADERS)], meetings: { at: days.map((day) => ({ day, start })) } };
  });
}

/** Sessions of the groups' services, and mostly one individual session by someone who leads a group. */
function drawCare(groups: readonly Group[], random: Random): CareItem[] {
  const services = [...new Set(groups.map(({ service }) => service))].filter(() => random.chance(0.95));
  const shared = services.map((service) => {
    const continuity = random.pick(['none', 'none', 'none', 'prefer', 'strict'] as const);
    return item(service, { sessions: { min: random.below(2), max: random.between(1, 2) }, continuity });
  });
  const alone = item('ind', { sessions: { min: random.below(2), max: 1 }, therapist: random.pick(groups).leaders[0]! });
  return random.chance(0.8) ? [...shared, alone] : shared;
}

/** A place of one partner that stands. */
function bookPlace({ program, a, b }: Parts, random: Random): void {
  const { id, service, leaders, meetings } = random.pick(program.groups!);
  const [at] = 'at' in meetings ? meetings.at : [];
  const partner = random.pick([a, b]);
  if (!partner.care.some((each) => each.service === service)) return;
  const place = { ...meeting(`tue ${at!.start}`, [partner.id], { group: id, therapists: leaders }), service };
  program.bookings = [booked('place', 'locked', place)];
}

/** Prices at which most individual sessions cannot be had. */
function drawFew(random: Random, { meeting: meetings, count }: Household['candidates']): Float64Array {
  return drawPrices(random, count).map((price, row) => (meetings[row]! < 0 && random.chance(0.75) ? Infinity : price));
}

/** Whether partners can share one of several meetings of a service at some time. */
function hasTwins(all: Compiled, prices: Float64Array): boolean {
  const { meeting: meetings, start, item: items, persons, pairable } = householdOf(all).candidates;
  const open = [...pairable.keys()].filter((row) => pairable[row] === 1 && prices[row]! < Infinity);
  const shared = open.filter((row) => open.some((other) => meetings[other] === meetings[row] && persons[other] === 3 - persons[row]!));
  return shared.some((row) => shared.some((other) => other !== row && start[other] === start[row] && items[other] === items[row]));
}

test('partners who attend groups together have the plan that trying all sets of sessions finds', { timeout: Infinity }, () => {
  const tally = { plans: 0, none: 0, twins: 0, attended: 0, booked: 0 };
  for (let seed = 160_600; seed < 160_600 + runs(USUAL); seed++) {
    const random = new Random(seed);
    const all = drawCouple(random);
    if (all.contradictions.length > 0) continue;
    const household = householdOf(all);
    const context = new SearchContext(all.problem, new Random(1));
    const prices = drawFew(random, household.candidates);
    const extra = context.ownExtra(household).map((cost, row) => cost + prices[row]!);
    const { plan, bound } = finish(solveHousehold(all.problem, household, { extra }, context.work));
    const best = bestOfAll(all.program, all, prices);
    const where = `seed ${seed}`;
    expect(plan?.priced ?? Infinity, where).toBe(best);
    expect(bound, where).toBe(best);
    if (plan === undefined) tally.none++;
    else tally.plans++;
    const { pairable, forced } = household.candidates;
    if (hasTwins(all, prices)) tally.twins++;
    if (plan?.rows.some((row) => pairable[row] === 1) === true) tally.attended++;
    if (forced.some((each, row) => each === 1 && pairable[row] === 1)) tally.booked++;
  }
  expect(tally.plans).toBeGreaterThan(0.4 * runs(USUAL));
  expect(tally.none).toBeGreaterThan(0.1 * runs(USUAL));
  expect(Math.min(tally.twins, tally.attended)).toBeGreaterThan(0.3 * runs(USUAL));
  expect(tally.booked).toBeGreaterThan(0.1 * runs(USUAL));
});
