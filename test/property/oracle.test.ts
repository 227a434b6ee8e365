import { describe, expect, test } from 'vitest';
import { parseProgram } from '../../src/domain/parse.ts';
import type { ParsedProgram } from '../../src/domain/program.ts';
import { verifyParsed } from '../../src/verify/verify.ts';
import { atomsOf, subsetsOf } from '../support/oracle/atoms.ts';
import { bruteForce } from '../support/oracle/brute-force.ts';
import { planOf } from '../support/oracle/plans.ts';
import { runs } from '../support/oracle/judge.ts';
import { SPICES, tinyProgram } from '../support/oracle/tiny-programs.ts';

const parsedOf = (seed: number): ParsedProgram => {
  const parsed = parseProgram(tinyProgram(seed).program);
  if (!parsed.ok) throw new Error('the program is not valid');
  return parsed.program;
};

/** The best score of all sets of sessions, none left out and each judged by itself. */
function bestOfAll(program: ParsedProgram): number | undefined {
  const { fixed, optional } = atomsOf(program);
  let best: number | undefined;
  for (const chosen of subsetsOf(optional)) {
    const { violations, score } = verifyParsed(program, planOf(program, [...fixed, ...chosen]));
    if (violations.length === 0 && score.total < (best ?? Infinity)) best = score.total;
  }
  return best;
}

describe('the search through all plans', () => {
  test('leaves out none that matters', () => {
    const small = Array.from({ length: runs(120) }, (_, seed) => parsedOf(seed + 10_000)).filter(
      (one) => atomsOf(one).optional.length <= 10,
    );
    expect(small.length).toBeGreaterThan(5);
    for (const program of small) expect(bruteForce(program, 10_000)?.best?.score, JSON.stringify(program)).toBe(bestOfAll(program));
  });

  test('ends where its limit says so', () => {
    const large = Array.from({ length: 40 }, (_, seed) => parsedOf(seed)).filter((one) => atomsOf(one).optional.length > 40);
    expect(large.length).toBeGreaterThan(0);
    for (const program of large) expect(bruteForce(program, 50)?.checks ?? 0).toBeLessThanOrEqual(50);
    expect(large.some((program) => bruteForce(program, 50) === undefined)).toBe(true);
  });
});

describe('tiny programs', () => {
  test('are the same for the same seed', () => {
    for (let seed = 0; seed < 20; seed++) expect(tinyProgram(seed)).toEqual(tinyProgram(seed));
  });

  test('have every feature now and then', () => {
    const found = new Set(Array.from({ length: 400 }, (_, seed) => tinyProgram(seed).features).flat());
    expect([...found].sort()).toEqual(Object.keys(SPICES).sort());
  });
});
