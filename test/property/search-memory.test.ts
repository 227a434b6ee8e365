import { expect, test } from 'vitest';
import { Random } from '../../src/kernel/random.ts';
import { compile } from '../../src/model/compile.ts';
import type { Household, Problem } from '../../src/model/problem.ts';
import { buildDomain } from '../../src/solver/household/domain.ts';
import type { SearchResult } from '../../src/solver/household/label-search.ts';
import { UNMARKED } from '../../src/solver/household/marks.ts';
import { Work } from '../../src/solver/household/memory.ts';
import { searchHousehold } from '../../src/solver/household/search.ts';
import { finish } from '../support/model-fixtures.ts';
import { runs } from '../support/oracle/judge.ts';
import { parsedProgram } from '../support/oracle/some-programs.ts';
import { tinyProgram } from '../support/oracle/tiny-programs.ts';

const USUAL = 120;
const SEARCHES = 4;

/** A search of a household under random prices, the same with whatever memory it is made. */
function searchOf(problem: Problem, household: Household, random: Random): (work: Work) => Generator<void, SearchResult> {
  const extra = Float64Array.from({ length: household.candidates.count }, () => random.between(-4, 20) / 4);
  const shortfalls = random.chance(0.3);
  const choice = new Int32Array(household.roles.length).fill(-1);
  const domain = buildDomain(problem, household, choice, extra, () => false, { free: true, lesser: shortfalls });
  const setting = {
    marks: UNMARKED,
    shortfalls,
    labels: random.chance(0.5) ? 2 : 50,
    mostLabels: 20_000,
    thorough: true,
    upperBound: random.chance(0.5) ? random.between(0, 300) : Infinity,
    fewToBound: random.chance(0.5) ? 0 : 60,
  };
  return (work) => searchHousehold(problem, household, domain, setting, work);
}

test('a search finds the same after others, beside one that goes on and after one that was left, as alone', { timeout: Infinity }, () => {
  const shared = new Work();
  const tally = { searches: 0, found: 0 };
  const later: { where: string; result: SearchResult; alone: SearchResult }[] = [];
  for (let seed = 110_000; seed < 110_000 + runs(USUAL); seed++) {
    const random = new Random(seed);
    const { problem, contradictions } = finish(compile(parsedProgram(tinyProgram(seed).program)));
    if (contradictions.length > 0) continue;
    for (const household of problem.households) {
      for (let count = 0; count < SEARCHES; count++) {
        const [search, other] = [searchOf(problem, household, random), searchOf(problem, household, random)];
        const alone = finish(search(new Work()));
        const beside = other(shared);
        const steps = random.below(30);
        const over = Array.from({ length: steps }, () => beside.next().done).includes(true);
        const result = finish(search(shared));
        const where = `seed ${seed}, household ${household.index}`;
        expect(result, where).toEqual(alone);
        if (!over && random.chance(0.5)) later.push({ where, result: finish(beside), alone: finish(other(new Work())) });
        tally.searches++;
        if (alone.found) tally.found++;
      }
    }
  }
  for (const { where, result, alone } of later) expect(result, where).toEqual(alone);
  expect(later.length).toBeGreaterThan(0.3 * tally.searches);
  expect(tally.searches).toBeGreaterThan(2 * runs(USUAL));
  expect(tally.found).toBeGreaterThan(0.2 * tally.searches);
});
