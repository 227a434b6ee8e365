import { describe, expect, test } from 'vitest';
import { HARD_RULES, type HardRule } from '../../../src/domain/weights.ts';
import type { ParsedProgram } from '../../../src/domain/program.ts';
import { RELAXATIONS } from '../../../src/explain/relax.ts';
import { verifyParsed } from '../../../src/verify/verify.ts';
import { CASES } from '../../invalid-plans/cases.ts';
import { planOf } from '../../support/verify-fixtures.ts';

const RULES = HARD_RULES.filter((rule) => RELAXATIONS[rule] !== undefined);
/** Plans that break one rule each; facts cannot be set aside. */
const CASES_SET_ASIDE = RULES.flatMap((rule) => CASES[rule].map((one) => ({ rule, ...one }))).filter(
  ({ rule, program }) => rule !== 'kept-booking' || program.bookings.some(({ state }) => state === 'locked'),
);
/** Those whose rule can be set aside for some and not for others. */
const BY_ENTITY = CASES_SET_ASIDE.filter(({ rule, program }) => RELAXATIONS[rule]!.entities(program).length > 0);

/** The program as if a rule did not hold for those reached. */
function without(program: ParsedProgram, rule: HardRule, reach: (id: string) => boolean = () => true): ParsedProgram {
  return RELAXATIONS[rule]!.change(program, reach);
}

test('all rules can be set aside but those without which a plan means nothing', () => {
  const never: readonly HardRule[] = ['plan-shape', 'no-overlap', 'group-meeting'];
  expect(HARD_RULES.filter((rule) => !RULES.includes(rule))).toEqual(HARD_RULES.filter((rule) => never.includes(rule)));
});

describe('a program without a rule', () => {
  test.each(CASES_SET_ASIDE)('$rule does not hold: $name', ({ rule, program, breaks }) => {
    const broken = verifyParsed(without(program, rule), planOf(breaks)).violations.map((violation) => violation.rule);
    expect(broken).not.toContain(rule);
  });

  test.each(CASES_SET_ASIDE)('$rule is set aside in a copy: $name', ({ rule, program }) => {
    const before = structuredClone(program);
    expect(without(program, rule)).not.toEqual(before);
    expect(program).toEqual(before);
  });

  test.each(BY_ENTITY)('$rule holds as before where nobody is reached: $name', ({ rule, program, breaks }) => {
    const broken = verifyParsed(
      without(program, rule, () => false),
      planOf(breaks),
    ).violations.map((violation) => violation.rule);
    expect(broken).toContain(rule);
  });

  test('most can be set aside for some and not for others', () => {
    expect(BY_ENTITY.length).toBeGreaterThan(0.8 * CASES_SET_ASIDE.length);
  });
});
