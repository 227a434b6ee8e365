import { describe, expect, test } from 'vitest';
import { generate } from '../../bench/instances/generate.ts';
import type { ParsedProgram } from '../../src/domain/program.ts';
import { Random } from '../../src/kernel/random.ts';
import { compile, type Compiled } from '../../src/model/compile.ts';
import type { Household, Problem } from '../../src/model/problem.ts';
import { SearchContext } from '../../src/solver/context.ts';
import { NOBODY, type Choice } from '../../src/solver/household/domain.ts';
import { keepsApart } from '../../src/solver/household/one-choice.ts';
import { serverOf } from '../../src/solver/household/options.ts';
import type { Work } from '../../src/solver/household/memory.ts';
import type { HouseholdAnswer, HouseholdRequest } from '../../src/solver/household/request.ts';
import { sharedRoles, sharesGroups } from '../../src/solver/household/shared-groups.ts';
import { solveChoice } from '../../src/solver/household/one-choice.ts';
import { solveHousehold } from '../../src/solver/household/solve.ts';
import { finish } from '../support/model-fixtures.ts';
import { bestOfAll, drawPrices, scoreOf } from '../support/oracle/all-sets.ts';
import { runs } from '../support/oracle/judge.ts';
import { parsedProgram } from '../support/oracle/some-programs.ts';
import { tinyProgram } from '../support/oracle/tiny-programs.ts';

/** What sums of prices may be off by. */
const ROUNDING = 1e-6;
/** So many rows are few enough to try all sets of them. */
const MOST_ROWS = 12;

type ChoiceCost = (role: number, server: number) => number;

/** What therapists of roles that keep one cost: mostly something, some nothing, and some cannot be had. */
function drawChoiceCost({ roles }: Household, random: Random): ChoiceCost {
  const draw = (): number => (random.chance(0.05) ? Infinity : random.chance(0.3) ? 0 : 10 * random.unit());
  const costs = roles.map(({ domain }) => new Map(domain.map((server) => [server, draw()])));
  return (role, server) => (roles[role]!.continuity === 'strict' ? costs[role]!.get(server)! : 0);
}

/** A tolerance, and at times an upper bound somewhere about the least cost. */
function drawLimits(random: Random, least: number): { tolerance: number; upperBound?: number } {
  const tolerance = random.pick([0, 3, 10, 30]) * random.unit();
  if (random.chance(0.5)) return { tolerance };
  return { tolerance, upperBound: (least < Infinity ? least : 10) + 30 * (random.unit() - 0.3) };
}

/** How often plans were missed and bounds low because of a tolerance, and how often none was found below an upper bound. */
class Tally {
  all = 0;
  missed = 0;
  low = 0;
  none = 0;

  /** What is wrong with an answer where the best plan costs `least`; where a search may be `loose`, all it must do is bound that. */
  judge({ plan, bound }: HouseholdAnswer, limits: Partial<HouseholdRequest>, least: number, loose = false): string[] {
    const { upperBound = Infinity, tolerance = 0 } = limits;
    this.all++;
    if (plan !== undefined && plan.priced > least + ROUNDING) this.missed++;
    if (bound < least - ROUNDING) this.low++;
    if (plan === undefined && least < upperBound) this.none++;
    const wrong: string[] = [];
    const claim = (holds: boolean, what: string): void => void (holds || wrong.push(what));
    claim(bound <= least + ROUNDING, `bound ${bound} though a plan costs ${least}`);
    if (plan !== undefined) {
      claim(bound <= plan.priced, `bound ${bound} above ${plan.priced}`);
      claim(plan.priced < upperBound, `plan of ${plan.priced}, not below ${upperBound}`);
    }
    if (loose) return wrong;
    if (plan !== undefined) claim(bound >= plan.priced - tolerance - ROUNDING, `bound ${bound} too far below ${plan.priced}`);
    else {
      claim(least >= upperBound - tolerance - ROUNDING, `none below ${upperBound} within ${tolerance} though one costs ${least}`);
      claim(bound >= upperBound - tolerance - ROUNDING, `none below ${upperBound} within ${tolerance}, yet bound ${bound}`);
    }
    return wrong;
  }
}

/** What a set of sessions costs for the therapists (or groups) that roles keep. */
function chargeOf({ problem }: Compiled, household: Household, choiceCost: ChoiceCost): (rows: readonly number[]) => number {
  const { candidates } = household;
  return (rows) => {
    const servers = new Map<number, number>();
    for (const row of rows) if (candidates.forced[row] !== 2) servers.set(candidates.role[row]!, serverOf(problem, household, row));
    return [...servers].reduce((sum, [role, server]) => sum + choiceCost(role, server), 0);
  };
}

/** Small enough to try all sets of rows; moves and `same-slot` are not the search's alone. */
function isSmall({ problem, program }: Compiled): boolean {
  const [household, ...others] = problem.households;
  if (household === undefined || others.length > 0 || problem.weekCount > 1 || !household.exact) return false;
  const { count } = household.candidates;
  return count > 0 && count <= MOST_ROWS && program.bookings.every(({ state }) => state !== 'movable');
}

function compiledTiny(seed: number): { program: ParsedProgram; all: Compiled } | undefined {
  const tiny = tinyProgram(seed).program;
  const program = parsedProgram({ ...tiny, weights: { ...tiny.weights, 'therapist-balance': 0 } });
  const all = finish(compile(program));
  return all.contradictions.length > 0 ? undefined : { program, all };
}

/** Prices of another household's making, in parts of units. */
function drawExtra(context: SearchContext, household: Household, random: Random): { extra: Float64Array; prices: Float64Array } {
  const prices = drawPrices(random, household.candidates.count).map((price) => price * (random.chance(0.5) ? 1 : random.unit()));
  return { prices, extra: context.ownExtra(household).map((cost, row) => cost + prices[row]!) };
}

/** Tiny programs of one or more households, and among them generated ones of one couple. */
function* problems(from: number, count: number): Generator<{ name: string; problem: Problem; random: Random }> {
  for (let seed = from; seed < from + count; seed++) {
    const random = new Random(seed);
    if (seed % 15 === 0) {
      const instance = generate({ tier: 'one', weeks: random.pick([1, 2]), seed, tightness: random.pick(['loose', 'tight'] as const) });
      yield { name: `couple ${seed}`, problem: finish(compile(parsedProgram(instance.program))).problem, random };
    } else {
      const tiny = compiledTiny(seed);
      if (tiny !== undefined) yield { name: `seed ${seed}`, problem: tiny.all.problem, random };
    }
  }
}

/** Of more bookings than sessions a search does not know which are spared: it bounds what it may miss. */
const isLoose = ({ movable }: Household): boolean => movable.some(({ spared }) => spared.length > 0);

/** Least cost that a search without tolerance has found. */
const leastOf = ({ plan }: HouseholdAnswer): number => plan?.priced ?? Infinity;

/** Choices tried of a household at most. */
const MOST_CHOICES = 24;
/** More than any plan costs. */
const MUCH = 10_000;

/** All choices of therapists and groups that a household's roles may have; roles that keep one may have nobody, unless a booking is locked. */
function choicesOf(problem: Problem, household: Household): Choice[] {
  const { roles, items, candidates } = household;
  const options = roles.map(({ continuity, domain }, role) => {
    if (continuity === 'none' || items.every((item) => item.role !== role)) return [-1];
    if (continuity === 'prefer') return domain.length === 0 ? [-1] : domain;
    const locked = [...candidates.role.keys()].filter((row) => candidates.role[row] === role && candidates.forced[row] === 1);
    return locked.length > 0 ? [serverOf(problem, household, locked[0]!)] : [...domain, NOBODY];
  });
  return options
    .reduce<number[][]>((all, each) => all.flatMap((choice) => each.map((server) => [...choice, server])), [[]])
    .map((each) => Int32Array.from(each));
}

/** Least cost of a household's plans with one choice, by a search that may have nobody else; undefined where there is none. */
function bestWith(
  problem: Problem,
  household: Household,
  { extra, choiceCost }: { extra: Float64Array; choiceCost: ChoiceCost },
  choice: Choice,
  work: Work,
): number | undefined {
  // Who is chosen is worth much in a role that could do with nobody.
  const bonus = (role: number): number => (household.roles[role]!.continuity === 'strict' ? MUCH : 0);
  const only: ChoiceCost = (role, server) => (choice[role] === server ? choiceCost(role, server) - bonus(role) : Infinity);
  const { plan } = finish(solveHousehold(problem, household, { extra, choiceCost: only }, work));
  if (plan === undefined || plan.choice.some((server, role) => server !== choice[role])) return undefined;
  return choice.reduce((sum, server, role) => sum + (server < 0 ? 0 : bonus(role)), plan.priced);
}

describe('a search with a tolerance', { timeout: Infinity }, () => {
  test('errs by no more than that from what trying all sets of sessions finds', () => {
    const tally = new Tally();
    const usual = 250;
    for (let seed = 51_000; seed < 51_000 + runs(usual); seed++) {
      const tiny = compiledTiny(seed);
      if (tiny === undefined || !isSmall(tiny.all)) continue;
      const { program, all } = tiny;
      const random = new Random(seed);
      const household = all.problem.households[0]!;
      const context = new SearchContext(all.problem, random);
      const { extra, prices } = drawExtra(context, household, random);
      const choiceCost = drawChoiceCost(household, random);
      const charge = chargeOf(all, household, choiceCost);
      const best = bestOfAll(program, all, prices, charge);
      for (let draw = 0; draw < 10; draw++) {
        const limits = drawLimits(random, best);
        const answer = finish(solveHousehold(all.problem, household, { extra, choiceCost, ...limits }, context.work));
        const { plan } = answer;
        const score = plan && scoreOf(program, all, plan.rows);
        // What the household alone does not know may rule its plan out, and the best of others then costs more than it finds.
        if (plan !== undefined && score === undefined) continue;
        expect(tally.judge(answer, limits, best), `seed ${seed}`).toEqual([]);
        if (plan === undefined) continue;
        // Of a plan that is not the best, other therapists than it chose might make less.
        const open = plan.rows.filter((row) => household.candidates.forced[row] === 0);
        const priced = open.reduce((sum, row) => sum + prices[row]!, score! + charge(plan.rows));
        expect(plan.priced, `seed ${seed}`).toBeGreaterThanOrEqual(priced - ROUNDING);
      }
    }
    expect(tally.all).toBeGreaterThan(0.5 * runs(usual));
    expect(tally.low).toBeGreaterThan(0.1 * tally.all);
    expect(tally.none).toBeGreaterThan(0.01 * tally.all);
  });

  test('errs by no more than that from what a search without one finds', () => {
    const tally = new Tally();
    const usual = 90;
    for (const { name, problem, random } of problems(52_000, runs(usual))) {
      const context = new SearchContext(problem, random);
      for (const household of problem.households.filter(({ exact }) => exact)) {
        const { extra } = drawExtra(context, household, random);
        const choiceCost = drawChoiceCost(household, random);
        const least = leastOf(finish(solveHousehold(problem, household, { extra, choiceCost }, context.work)));
        for (let draw = 0; draw < 6; draw++) {
          const limits = drawLimits(random, least);
          const answer = finish(solveHousehold(problem, household, { extra, choiceCost, ...limits }, context.work));
          expect(tally.judge(answer, limits, least, isLoose(household)), `${name}, household ${household.index}`).toEqual([]);
        }
      }
    }
    expect(tally.all).toBeGreaterThan(3 * runs(usual));
    expect(tally.missed).toBeGreaterThan(0.01 * tally.all);
    expect(tally.low).toBeGreaterThan(0.1 * tally.all);
    expect(tally.none).toBeGreaterThan(0.02 * tally.all);
  });

  test('of nothing is a search without one, but for what it says of plans that are of no interest', () => {
    for (const { name, problem, random } of problems(53_000, runs(30))) {
      const context = new SearchContext(problem, random);
      for (const household of problem.households) {
        const { extra } = drawExtra(context, household, random);
        const request = { extra, choiceCost: drawChoiceCost(household, random) };
        const solved = (more: Partial<HouseholdRequest>) =>
          finish(solveHousehold(problem, household, { ...request, ...more }, context.work));
        const label = `${name}, household ${household.index}`;
        const same = (one: HouseholdAnswer, other: HouseholdAnswer, upperBound = Infinity): void => {
          expect(leastOf(one), label).toBeCloseTo(leastOf(other), 9);
          expect(Math.min(one.bound, upperBound), label).toBeCloseTo(Math.min(other.bound, upperBound), 9);
        };
        const free = solved({});
        same(solved({ tolerance: 0 }), free);
        const upperBound = (free.plan?.priced ?? 0) + 20 * (random.unit() - 0.5);
        same(solved({ upperBound, tolerance: 0 }), solved({ upperBound }), upperBound);
      }
    }
  });
});

describe('a search with one choice', { timeout: Infinity }, () => {
  test('finds what a search finds that has no other', () => {
    const tally = { all: 0, none: 0, whole: 0 };
    const usual = 60;
    for (const { name, problem, random } of problems(54_000, runs(usual))) {
      const context = new SearchContext(problem, random);
      const { work } = context;
      for (const household of problem.households.filter((each) => !isLoose(each))) {
        const label = `${name}, household ${household.index}`;
        const { extra } = drawExtra(context, household, random);
        const request = { extra, choiceCost: drawChoiceCost(household, random) };
        const choices = choicesOf(problem, household);
        const some = random.shuffle([...choices]).slice(0, MOST_CHOICES);
        const shared = sharedRoles(household);
        let least = Infinity;
        for (const choice of some) {
          if (!keepsApart(household, choice) || !sharesGroups(shared, choice)) continue;
          const solved = (upper: number) => finish(solveChoice(problem, household, request, choice, upper, work));
          const found = solved(Infinity);
          const expected = bestWith(problem, household, request, choice, work);
          tally.all++;
          if (found === undefined) tally.none++;
          expect(found === undefined, label).toBe(expected === undefined);
          if (found === undefined) continue;
          expect(found.priced, label).toBeCloseTo(expected!, 6);
          expect([...found.choice], label).toEqual([...choice]);
          least = Math.min(least, found.priced);
          expect(solved(found.priced - ROUNDING), label).toBeUndefined();
          expect(solved(found.priced + 20 * random.unit() + ROUNDING)?.priced, label).toBeCloseTo(found.priced, 6);
        }
        if (some.length < choices.length) continue;
        tally.whole++;
        expect(least, label).toBeCloseTo(leastOf(finish(solveHousehold(problem, household, request, work))), 6);
      }
    }
    expect(tally.all).toBeGreaterThan(2 * runs(usual));
    expect(tally.none).toBeGreaterThan(0.1 * tally.all);
    expect(tally.none).toBeLessThan(0.8 * tally.all);
    expect(tally.whole).toBeGreaterThan(0.3 * runs(usual));
  });
});
