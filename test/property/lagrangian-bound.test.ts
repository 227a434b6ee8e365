import { describe, expect, test } from 'vitest';
import { generate } from '../../bench/instances/generate.ts';
import type { ParsedProgram, Program } from '../../src/domain/program.ts';
import { Random } from '../../src/kernel/random.ts';
import { compile } from '../../src/model/compile.ts';
import type { Household, Problem } from '../../src/model/problem.ts';
import type { Capacities } from '../../src/solver/bound/capacities.ts';
import { Lagrangian } from '../../src/solver/bound/lagrangian.ts';
import { adderTo } from '../../src/solver/bound/use.ts';
import { SearchContext, type Incumbent } from '../../src/solver/context.ts';
import { solveChoice } from '../../src/solver/household/one-choice.ts';
import { solveHousehold } from '../../src/solver/household/solve.ts';
import { solve } from '../../src/solver/solve.ts';
import { verify } from '../../src/verify/verify.ts';
import { finish } from '../support/model-fixtures.ts';
import { bruteForce } from '../support/oracle/brute-force.ts';
import { runs } from '../support/oracle/judge.ts';
import { bestByMilp, expressible } from '../support/oracle/milp.ts';
import { parsedProgram } from '../support/oracle/some-programs.ts';
import { tinyProgram } from '../support/oracle/tiny-programs.ts';

/** Calls of the verifier that trying all plans of one program may take. */
const CHECKS = 600;
/** Rounds on the way up, and at prices that are drawn. */
const CLIMB = 25;
const DRAWN = 25;
/** What sums of prices may be off by. */
const ROUNDING = 1e-6;

/** Rows that any candidate or choice uses: prices of others only lower the bound. */
function usedRows(problem: Problem, capacities: Capacities): number[] {
  const used = new Set<number>();
  const add = (household: Household, rows: number[], choice: readonly number[]): void => {
    const use = new Float64Array(capacities.price.length);
    capacities.use(household, { rows, choice: Int32Array.from(choice), cost: 0, priced: 0 }, adderTo(use));
    use.forEach((amount, row) => amount !== 0 && used.add(row));
  };
  for (const household of problem.households) {
    const { candidates, roles } = household;
    const nobody = roles.map(() => -1);
    for (let row = 0; row < candidates.count; row++) add(household, [row], nobody);
    roles.forEach(({ domain }, role) =>
      domain.forEach((server) =>
        add(
          household,
          [],
          nobody.map((none, index) => (index === role ? server : none)),
        ),
      ),
    );
  }
  return [...used].filter((row) => capacities.limit[row]! < Infinity);
}

/** The best plan that is found soon. */
function soonBest(problem: Problem): Incumbent | undefined {
  const context = new SearchContext(problem, new Random(1));
  const search = solve(context);
  for (let steps = 0; steps < 200 && context.best === undefined; steps++) if (search.next().done === true) break;
  return context.best;
}

/**
 * A way up where a plan is known: by prices of a master problem where there may be one, or (`many`) as where there are too many
 * households for that.
 */
class Guided {
  readonly context: SearchContext;
  readonly lagrangian: Lagrangian;

  constructor(problem: Problem, best: Incumbent, many: boolean) {
    this.context = new SearchContext(problem, new Random(1));
    this.context.best = best;
    this.lagrangian = new Lagrangian(this.context);
    if (many) (this.lagrangian as unknown as { generation: { lost: boolean } }).generation.lost = true;
  }

  /** Goes up, and returns the best bound. */
  climb(): number {
    for (let count = 0; count < CLIMB && this.lagrangian.open; count++) this.round();
    return this.lagrangian.bound;
  }

  round(): void {
    const { lagrangian } = this;
    for (const before = lagrangian.rounds; lagrangian.rounds === before;) lagrangian.step();
  }

  /** How much more than the bound the plans known are worth at the present prices, as the latest round has it. */
  get promised(): number {
    const { worth, bound } = this.lagrangian as unknown as { worth: number; bound: number };
    return worth > bound ? worth - bound : 0;
  }

  /** The bound of the present prices, by searches that miss nothing. */
  boundHere(): number {
    const { problem, work } = this.context;
    const { capacities } = this.lagrangian;
    capacities.reprice();
    const use = new Float64Array(capacities.price.length);
    let bound = 0;
    for (const household of problem.households) {
      const request = {
        extra: capacities.extraOf(household, this.context.ownExtra(household)),
        choiceCost: capacities.choiceCostOf(household),
      };
      const { plan, bound: least } = finish(solveHousehold(problem, household, request, work));
      bound += least + household.baseCost;
      if (plan !== undefined) capacities.use(household, plan, adderTo(use));
    }
    return bound + capacities.hold(use) + capacities.balance(use) - capacities.worth();
  }
}

/** Households whose cheapest plan known costs more at the present prices than another one with the same therapists and groups. */
function behind({ context, lagrangian: { pool, capacities } }: Guided): number[] {
  const { problem, work } = context;
  capacities.reprice();
  return problem.households.flatMap((household) => {
    const { column, value } = pool.cheapest(household.index);
    if (column === undefined || !household.exact) return [];
    const request = { extra: capacities.extraOf(household, context.ownExtra(household)), choiceCost: capacities.choiceCostOf(household) };
    const cheaper = finish(solveChoice(problem, household, request, column.plan.choice, value - 10 * ROUNDING, work));
    return cheaper === undefined ? [] : [household.index];
  });
}

/** Best bounds of a way up, and of prices drawn around those of that way and around none. */
function bounds(problem: Problem, random: Random): { climbed: number; drawn: number } {
  const context = new SearchContext(problem, new Random(1));
  const climber = new Lagrangian(context);
  const jumper = new Lagrangian(context);
  const rows = usedRows(problem, jumper.capacities);
  const round = (lagrangian: Lagrangian): void => {
    for (const before = lagrangian.rounds; lagrangian.rounds === before;) lagrangian.step();
  };
  for (let count = 0; count < CLIMB && climber.open; count++) round(climber);
  const { price, most } = jumper.capacities;
  for (let count = 0; count < DRAWN; count++) {
    if (random.chance(0.3)) price.set(random.chance(0.5) ? climber.capacities.price : new Float64Array(price.length));
    for (let times = random.between(1, 4); rows.length > 0 && times > 0; times--) {
      const row = random.pick(rows);
      price[row] = random.chance(0.3) ? 0 : Math.min(most[row]!, random.unit() * random.pick([2, 8, 30]));
    }
    round(jumper);
  }
  return { climbed: climber.bound, drawn: jumper.bound };
}

/** The programs whose bounds are above the score of a plan; tells how close the others come. */
class Tally {
  readonly wrong: string[] = [];
  all = 0;
  /** Bounds that prove the plan best, and drawn ones that prove anything. */
  tight = 0;
  drawn = 0;
  /** Bounds where a plan is known, by a master problem and without, and those that prove the plan best. */
  guided = 0;
  guidedTight = 0;
  pooledTight = 0;

  add(name: string, problem: Problem, random: Random, score: number): void {
    const { climbed, drawn } = bounds(problem, random);
    const best = soonBest(problem);
    const [guided, pooled] = best === undefined ? [0, 0] : [false, true].map((many) => new Guided(problem, best, many).climb());
    if (best !== undefined) this.guided++;
    if (best !== undefined && guided! > score - 1 + ROUNDING) this.guidedTight++;
    if (best !== undefined && pooled! > score - 1 + ROUNDING) this.pooledTight++;
    const bound = Math.max(climbed, drawn, guided!, pooled!);
    this.all++;
    if (climbed > score - 1 + ROUNDING) this.tight++;
    if (drawn > 0) this.drawn++;
    if (bound > score + ROUNDING)
      this.wrong.push(
        `${name}: ${climbed} on the way, ${drawn} at drawn prices, ${guided} by a master problem, ${pooled} without, but a plan scores ${score}`,
      );
  }
}

/** A program, at times with weights for the rules that prices know of. */
function weighed(program: Program, random: Random): Program {
  if (random.chance(0.4)) return program;
  return { ...program, weights: { ...program.weights, 'therapist-balance': random.between(0, 4), 'same-slot': random.between(0, 20) } };
}

/** A program in which more is scarce: cases of therapists, for which several services of one person count as one, and attendees. */
function pressed(program: Program, random: Random): Program {
  const { services, therapists, groups = [] } = structuredClone(program);
  if (random.chance(0.5)) for (const one of therapists) one.limits = { ...one.limits, caseload: random.between(1, 2) };
  if (random.chance(0.5)) for (const one of services) delete one.sharedRole;
  if (random.chance(0.5)) for (const { capacity } of groups) capacity.min = Math.min(capacity.max, 2);
  return { ...program, services, therapists, ...(groups.length > 0 && { groups }) };
}

function problemOf(program: ParsedProgram): Problem | undefined {
  const { problem, contradictions } = finish(compile(program));
  return contradictions.length > 0 ? undefined : problem;
}

describe('no bound at any prices is above', { timeout: Infinity }, () => {
  test('the best of all plans of tiny programs', () => {
    const tally = new Tally();
    const usual = 70;
    for (let seed = 70_000; seed < 70_000 + runs(usual); seed++) {
      const random = new Random(seed);
      const { program, features } = tinyProgram(seed);
      const parsed = parsedProgram(pressed(weighed(program, random), random));
      const problem = problemOf(parsed);
      const best = problem && bruteForce(parsed, CHECKS)?.best;
      if (problem === undefined || best === undefined) continue;
      tally.add(`seed ${seed} (${features.join(', ')})`, problem, random, best.score);
    }
    expect(tally.wrong).toEqual([]);
    expect(tally.all).toBeGreaterThan(0.25 * runs(usual));
    expect(tally.tight).toBeGreaterThan(0.5 * tally.all);
    expect(tally.drawn).toBeGreaterThan(0.1 * tally.all);
    expect(tally.guided).toBeGreaterThan(0.5 * tally.all);
    expect(tally.guidedTight).toBeGreaterThan(0.5 * tally.guided);
    expect(tally.pooledTight).toBeGreaterThan(0.5 * tally.guided);
  });

  test('the best plan of a time-indexed integer program', () => {
    const tally = new Tally();
    const usual = 15;
    for (let seed = 80_000; tally.all < runs(usual); seed++) {
      const { program, features } = tinyProgram(seed);
      const known = expressible(program, features);
      const parsed = known && parsedProgram(known);
      const best = parsed && bestByMilp(parsed);
      const problem = parsed && problemOf(parsed);
      if (best !== undefined && problem !== undefined) tally.add(`seed ${seed}`, problem, new Random(seed), best.cost);
    }
    expect(tally.wrong).toEqual([]);
    expect(tally.tight).toBeGreaterThan(0.5 * tally.all);
  });
});

/** Shapes of programs written around a plan. */
const SHAPES = [
  { tier: 'one', weeks: 1, tightness: 'loose' },
  { tier: 'one', weeks: 2, tightness: 'tight' },
  { tier: 'one', couples: 4, therapists: 5, weeks: 1, tightness: 'tight' },
  { tier: 'one', couples: 2, therapists: 4, weeks: 2, tightness: 'loose' },
] as const;

test.each(SHAPES)('nor above a plan that was there first: %o', { timeout: Infinity }, (shape) => {
  const tally = new Tally();
  for (let seed = 300; seed < 300 + runs(2); seed++) {
    const random = new Random(seed);
    const instance = generate({ ...shape, seed });
    const program = weighed(instance.program, random);
    const problem = problemOf(parsedProgram(program));
    if (problem === undefined) throw new Error('the program has a plan');
    tally.add(`seed ${seed}`, problem, random, verify(program, instance.planted).score.total);
  }
  expect(tally.wrong).toEqual([]);
});

describe('every round', { timeout: Infinity }, () => {
  interface Round {
    label: string;
    problem: Problem;
    guided: Guided;
  }
  interface Start {
    /** Whether prices are never those of a master problem; else they are from the third round on, when a plan is first known. */
    many: boolean;
    /** Share of programs whose first prices are drawn, so that bounds have a long way to go. */
    astray: number;
  }

  /** Rounds of tiny programs that have a plan. */
  function* rounds(from: number, count: number, { many, astray }: Start): Generator<Round> {
    for (let seed = from; seed < from + count; seed++) {
      const random = new Random(seed);
      const problem = problemOf(parsedProgram(pressed(weighed(tinyProgram(seed).program, random), random)));
      const best = problem && soonBest(problem);
      if (best === undefined || (!many && (problem!.households.length === 1 || problem!.weekCount > 1))) continue;
      const guided = new Guided(problem!, best, many);
      const { lagrangian, context } = guided;
      if (random.chance(astray)) {
        const { price, most } = lagrangian.capacities;
        for (const row of usedRows(problem!, lagrangian.capacities))
          if (random.chance(0.5)) price[row] = Math.min(most[row]!, 20 * random.unit());
      }
      while (lagrangian.open && lagrangian.rounds < CLIMB) {
        context.best = many || lagrangian.rounds >= 2 ? best : undefined;
        yield { label: `seed ${seed}, round ${lagrangian.rounds}`, guided, problem: problem! };
      }
    }
  }

  /** Whether searches of all households prove what they find: of more bookings than sessions they do not know which are spared. */
  const isSure = ({ households }: Problem): boolean =>
    households.every(({ exact, movable }) => exact && movable.every(({ spared }) => spared.length === 0));

  test('leaves no household with a plan that is not the best with its therapists at the new prices', () => {
    const tally = { rounds: 0, sought: 0 };
    const usual = 50;
    for (const { label, guided, problem } of rounds(75_000, runs(usual), { many: true, astray: 0.2 })) {
      guided.round();
      tally.rounds++;
      expect(behind(guided), label).toEqual([]);
      const known = problem.households.reduce((sum, { index }) => sum + guided.lagrangian.pool.of(index).length, 0);
      // Each full search brings one plan at most, and so does the best plan.
      if (known > guided.context.householdSolves + problem.households.length) tally.sought++;
    }
    expect(tally.rounds).toBeGreaterThan(runs(usual));
    expect(tally.sought).toBeGreaterThan(0.05 * tally.rounds);
  });

  test('proves no more than holds at its prices, and less by a fifth at most of what these promised', () => {
    const tally = { rounds: 0, less: 0 };
    const usual = 100;
    let most = -Infinity;
    for (const { label, guided, problem } of rounds(76_200, runs(usual), { many: true, astray: 0.8 })) {
      const { lagrangian } = guided;
      const [before, promised] = [lagrangian.bound, guided.promised];
      const here = guided.boundHere();
      most = Math.max(lagrangian.rounds === 0 ? -Infinity : most, here);
      guided.round();
      if (!isSure(problem)) continue;
      tally.rounds++;
      expect(lagrangian.bound, label).toBeLessThanOrEqual(most + ROUNDING);
      expect(lagrangian.bound, label).toBeGreaterThanOrEqual(here - promised / 5 - ROUNDING);
      if (lagrangian.bound < Math.max(before, here) - ROUNDING) tally.less++;
    }
    expect(tally.rounds).toBeGreaterThan(runs(usual));
    expect(tally.less).toBeGreaterThan(0.02 * tally.rounds);
  });

  test('proves all that holds at its prices where these are those of a master problem', () => {
    let count = 0;
    const usual = 200;
    for (const { label, guided, problem } of rounds(77_000, runs(usual), { many: false, astray: 0.8 })) {
      const here = guided.boundHere();
      guided.round();
      if (!isSure(problem) || !guided.lagrangian.fast) continue;
      count++;
      expect(guided.lagrangian.bound, label).toBeGreaterThanOrEqual(here - ROUNDING);
    }
    expect(count).toBeGreaterThan(0.05 * runs(usual));
  });
});
