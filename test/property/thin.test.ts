import { expect, test } from 'vitest';
import { Random } from '../../src/kernel/random.ts';
import { compile } from '../../src/model/compile.ts';
import { Work } from '../../src/solver/household/memory.ts';
import { solveHousehold } from '../../src/solver/household/solve.ts';
import { thickened, thinOut } from '../../src/solver/thin.ts';
import { finish } from '../support/model-fixtures.ts';
import { runs } from '../support/oracle/judge.ts';
import { parsedProgram } from '../support/oracle/some-programs.ts';
import { tinyProgram } from '../support/oracle/tiny-programs.ts';

const USUAL = 60;

test('a thin household has the best plan that the whole one has of the same sessions', { timeout: Infinity }, () => {
  const tally = { thinner: 0, planned: 0, none: 0 };
  for (let seed = 150_000; seed < 150_000 + runs(USUAL); seed++) {
    const random = new Random(seed);
    const { problem, contradictions } = finish(compile(parsedProgram(tinyProgram(seed).program)));
    if (contradictions.length > 0) continue;
    for (const household of problem.households) {
      const { count, forced, booking } = household.candidates;
      const extra = Float64Array.from({ length: count }, () => (random.chance(0.1) ? Infinity : random.below(8)));
      const width = { servers: random.between(1, 2), sessions: random.between(1, 3), meetings: random.between(1, 3) };
      const thin = thinOut(problem, household, { extra, choiceCost: () => 0 }, width);
      const kept = new Set(thin.rows);
      const standing = Array.from({ length: count }, (_, row) => row).filter((row) => forced[row] !== 0 || booking[row]! >= 0);
      expect(standing.every((row) => kept.has(row))).toBe(true);
      const ofThin = { extra: Float64Array.from(thin.rows, (row) => extra[row]!) };
      const { plan } = finish(solveHousehold(problem, thin.household, ofThin, new Work()));
      const ofWhole = { extra: extra.map((each, row) => (kept.has(row) ? each : Infinity)) };
      const whole = finish(solveHousehold(problem, household, ofWhole, new Work())).plan;
      const where = `seed ${seed}, household ${household.index}`;
      expect(plan?.priced, where).toBe(whole?.priced);
      if (thin.rows.length < count) tally.thinner++;
      if (plan === undefined) {
        tally.none++;
        continue;
      }
      const { rows, cost } = thickened(plan, thin);
      expect(rows.every((row) => kept.has(row) && extra[row]! < Infinity)).toBe(true);
      // The same sessions cost the whole household as much.
      const only = { extra: extra.map((each, row) => (rows.includes(row) ? each : Infinity)) };
      expect(finish(solveHousehold(problem, household, only, new Work())).plan?.cost, where).toBe(cost);
      tally.planned++;
    }
  }
  expect(Math.min(tally.thinner, tally.planned, tally.none)).toBeGreaterThan(3);
});
