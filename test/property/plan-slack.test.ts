import { expect, test } from 'vitest';
import { Random } from '../../src/kernel/random.ts';
import { compile } from '../../src/model/compile.ts';
import { buildDomain } from '../../src/solver/household/domain.ts';
import { UNMARKED } from '../../src/solver/household/marks.ts';
import { Work } from '../../src/solver/household/memory.ts';
import type { SearchResult } from '../../src/solver/household/label-search.ts';
import { searchHousehold } from '../../src/solver/household/search.ts';
import { finish } from '../support/model-fixtures.ts';
import { runs } from '../support/oracle/judge.ts';
import { parsedProgram } from '../support/oracle/some-programs.ts';
import { tinyProgram } from '../support/oracle/tiny-programs.ts';

const USUAL = 250;

test('patterns left out under an upper bound are of no plan below it', { timeout: Infinity }, () => {
  const different: string[] = [];
  const tally = { found: 0, less: 0, none: 0, short: 0 };
  for (let seed = 100_000; seed < 100_000 + runs(USUAL); seed++) {
    const random = new Random(seed);
    const { problem, contradictions } = finish(compile(parsedProgram(tinyProgram(seed).program)));
    if (contradictions.length > 0 || problem.weekCount > 1) continue;
    for (const household of problem.households) {
      const extra = Float64Array.from({ length: household.candidates.count }, () => random.between(-4, 20) / 4);
      const shortfalls = random.chance(0.2);
      const free = random.chance(0.5);
      const choice = new Int32Array(household.roles.length).fill(-1);
      const domain = buildDomain(problem, household, choice, extra, () => !free, { free, lesser: shortfalls });
      const searchBelow = (upperBound: number): { result: SearchResult; spent: number } => {
        const work = new Work();
        const setting = { marks: UNMARKED, shortfalls, labels: 20_000, mostLabels: 20_000, thorough: true, upperBound, fewToBound: 0 };
        return { result: finish(searchHousehold(problem, household, domain, setting, work)), spent: work.spent };
      };
      const all = searchBelow(Infinity);
      const where = `seed ${seed}, household ${household.index}`;
      const cost = all.result.found ? all.result.cost : 1e9;
      expect(searchBelow(cost).result, where).toMatchObject({ found: false, bound: Infinity });
      if (!all.result.found) {
        tally.none++;
        continue;
      }
      const near = searchBelow(cost + 0.25);
      different.push(...(near.result.found && near.result.cost === cost && near.result.bound === cost ? [] : [where]));
      tally.found++;
      if (near.spent < all.spent) tally.less++;
      if (shortfalls && cost > 1_000) tally.short++;
    }
  }
  expect(different).toEqual([]);
  expect(tally.found).toBeGreaterThan(0.3 * runs(USUAL));
  expect(tally.less).toBeGreaterThan(0.5 * tally.found);
  expect(tally.none).toBeGreaterThan(0.02 * runs(USUAL));
  expect(tally.short).toBeGreaterThan(0.01 * runs(USUAL));
});
