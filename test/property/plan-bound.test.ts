import { expect, test } from 'vitest';
import { Random } from '../../src/kernel/random.ts';
import { compile } from '../../src/model/compile.ts';
import type { Household, Problem } from '../../src/model/problem.ts';
import { Completion } from '../../src/solver/household/completion.ts';
import { buildDomain } from '../../src/solver/household/domain.ts';
import { Futures } from '../../src/solver/household/futures.ts';
import { initialState } from '../../src/solver/household/layout.ts';
import { UNMARKED } from '../../src/solver/household/marks.ts';
import { Work } from '../../src/solver/household/memory.ts';
import { PlanBound } from '../../src/solver/household/plan-bound.ts';
import { Stepper } from '../../src/solver/household/step.ts';
import { finish } from '../support/model-fixtures.ts';
import { runs } from '../support/oracle/judge.ts';
import { parsedProgram } from '../support/oracle/some-programs.ts';
import { tinyProgram } from '../support/oracle/tiny-programs.ts';

const USUAL = 300;
const WALKS = 40;

/** Bounds of a household's plans beside the steps that they bound, under random prices. */
class Walker {
  readonly bound: PlanBound;
  private readonly stepper: Stepper;
  private readonly layout;
  private readonly choices;
  private readonly futures;
  private readonly spared: number;

  constructor(
    problem: Problem,
    private readonly household: Household,
    private readonly random: Random,
    shortfalls: boolean,
  ) {
    const work = new Work();
    const { patterns, tables } = work.memoryOf(problem, household);
    const extra = Float64Array.from({ length: household.candidates.count }, () => random.between(-4, 16) / 4);
    const choice = new Int32Array(household.roles.length).fill(-1);
    const domain = buildDomain(problem, household, choice, extra, () => false, { free: true, lesser: shortfalls });
    this.choices = Array.from({ length: household.nodeCount }, (_, node) => finish(patterns.patterns(domain, UNMARKED, node, work)));
    this.layout = tables.layout;
    this.futures = new Futures().prepare(tables, this.choices);
    this.stepper = new Stepper(problem, tables, this.layout, UNMARKED, shortfalls);
    const completion = new Completion().prepare(tables, this.choices, shortfalls);
    const { fewDays, excessMinutes } = problem.weights;
    this.bound = new PlanBound(this.choices, tables.segments, completion, tables, { shortfalls, fewDays, excessMinutes });
    this.spared = household.movable.reduce((sum, { spared }) => sum + spared.reduce((all, saved) => all + saved, 0), 0);
  }

  /** Walks at random from the first node to the last; undefined where a rule stops the walk. Bounds of what was still to pay, and what was paid. */
  walk(): { bounds: number[]; paid: number[] } | undefined {
    let state = initialState(this.household, this.layout);
    const [bounds, costs]: [number[], number[]] = [[], []];
    for (let node = 0; node < this.household.nodeCount; node++) {
      const { patterns } = this.choices[node]!;
      bounds.push(this.bound.of(state, 0, node));
      const promises = new Float64Array(patterns.length);
      this.bound.promises(state, 0, node, promises, 0);
      const open = this.random.shuffle([...patterns.keys()]).map((step) => ({
        step,
        cost: patterns[step]!.cost + this.stepper.apply(state, 0, patterns[step]!, node, this.futures),
      }));
      const next = open.find(({ cost }) => cost < Infinity);
      if (next === undefined) return undefined;
      this.stepper.apply(state, 0, patterns[next.step]!, node, this.futures);
      state = this.stepper.state.slice();
      bounds.push(promises[next.step]!);
      costs.push(next.cost, 0);
    }
    const paid = costs.map((_, at) => costs.slice(at - (at % 2)).reduce((sum, cost) => sum + cost, 0));
    return { bounds: bounds.map((each) => each - this.spared), paid };
  }
}

test('no bound by persons is above what a walk through the patterns still pays', { timeout: Infinity }, () => {
  const tally = { walks: 0, tight: 0, weeks: 0 };
  for (let seed = 90_000; seed < 90_000 + runs(USUAL); seed++) {
    const random = new Random(seed);
    const { problem, contradictions } = finish(compile(parsedProgram(tinyProgram(seed).program)));
    if (contradictions.length > 0) continue;
    for (const household of problem.households) {
      const walker = new Walker(problem, household, random, random.chance(0.2));
      if (!walker.bound.fits) continue;
      for (let walk = 0; walk < WALKS; walk++) {
        const done = walker.walk();
        if (done === undefined) continue;
        tally.walks++;
        if (household.weekEnd[0].filter((week) => week > 0).length > 1) tally.weeks++;
        done.bounds.forEach((bound, at) =>
          expect(bound, `seed ${seed}, household ${household.index}`).toBeLessThanOrEqual(done.paid[at]! + 1e-9),
        );
        if (Math.abs(done.bounds[0]! - done.paid[0]!) < 1e-9) tally.tight++;
      }
    }
  }
  expect(tally.walks).toBeGreaterThan(10 * runs(USUAL));
  expect(tally.weeks).toBeGreaterThan(0.1 * tally.walks);
  expect(tally.tight).toBeGreaterThan(0.05 * tally.walks);
});
