import { describe, expect, test } from 'vitest';
import { calendarsOf, type Slot } from '../../../../bench/peers/translate/calendars.ts';
import type { CpConstraint } from '../../../../bench/peers/translate/cp-model.ts';
import { expertModelOf } from '../../../../bench/peers/translate/expert-model.ts';
import { generate } from '../../../../bench/instances/generate.ts';
import { exportModel, type LinearModel } from '../../../../src/export.ts';
import { Random } from '../../../../src/kernel/random.ts';

const session = (start: number, end: number, ...variables: number[]): Slot => ({ start, end, variables, fact: false });
const fact = (start: number, end: number): Slot => ({ start, end, variables: [], fact: true });

/** A model of so many binaries without rows. */
function binaries(count: number): LinearModel {
  return { name: 'm', rows: [], variables: Array.from({ length: count }, (_, index) => ({ name: `x${index}`, lower: 0, upper: 1, integer: true, cost: 0 })) }; // prettier-ignore
}

/** Whether the intervals that are present keep every disjunction. */
function keepsDisjunctions(constraints: readonly CpConstraint[], chosen: ReadonlySet<number>): boolean {
  return constraints.every(({ noOverlap }) => {
    if (noOverlap === undefined) return true;
    const present = noOverlap.intervals
      .map((index) => constraints[index]!)
      .filter(({ enforcementLiteral: [literal] = [] }) => literal === undefined || chosen.has(literal))
      .map(({ interval }) => [interval!.start.offset, interval!.end.offset] as const)
      .sort(([a], [b]) => a - b);
    return present.every(([start], at) => at === 0 || start >= present[at - 1]![1]);
  });
}

describe('an expert model', () => {
  test('has an optional interval for each session, with the literal of the session, and one disjunction for a calendar', () => {
    const { constraints } = expertModelOf(binaries(3), [[session(60, 120, 0), session(90, 150, 1, 2)]]);
    expect(constraints).toHaveLength(4);
    expect(constraints.map(({ enforcementLiteral }) => enforcementLiteral)).toEqual([[0], [1], [2], undefined]);
    expect(constraints[1]!.interval).toEqual({ start: constant(90), size: constant(60), end: constant(150) });
    expect(constraints[3]!.noOverlap).toEqual({ intervals: [0, 1, 2] });
  });

  test('makes the interval of a session once for all who attend it, and another one where a buffer follows', () => {
    const shared = session(0, 60, 0);
    const { constraints } = expertModelOf(binaries(2), [[shared, session(0, 60, 1)], [shared, session(30, 90, 1)], [session(0, 70, 0), session(0, 60, 1)]]); // prettier-ignore
    expect(constraints.flatMap(({ noOverlap }) => (noOverlap === undefined ? [] : [noOverlap.intervals]))).toEqual([
      [0, 1],
      [0, 2],
      [3, 1],
    ]);
  });

  test('lets facts overlap each other, but nothing overlap a fact', () => {
    const { constraints } = expertModelOf(binaries(2), [[fact(0, 60), fact(30, 90), session(80, 140, 0), session(90, 150, 1)]]);
    expect(keepsDisjunctions(constraints, new Set())).toBe(true);
    expect(keepsDisjunctions(constraints, new Set([0]))).toBe(false);
    expect(keepsDisjunctions(constraints, new Set([1]))).toBe(true);
  });

  test('leaves out rows of overlaps only, and gives no hints', () => {
    const rows = ['no_overlap.p.1', 'care_frequency.p.no_overlap.1'].map((name) => ({
      name,
      terms: [{ variable: 0, coefficient: 1 }],
      sense: '>=' as const,
      rhs: 1,
    }));
    const expert = expertModelOf({ ...binaries(1), rows }, []);
    expect(expert.constraints).toEqual([{ boolOr: { literals: [0] } }]);
    expect(Object.keys(expert).sort()).toEqual(['constraints', 'objective', 'variables']);
  });

  // Bookings stand in the second program, groups and buffers in both.
  test.each([1, 2])('has no plan that the rows of overlaps forbid, and forbids no other (program %i)', (seed) => {
    const { program } = generate({ couples: 5, therapists: 5, states: 2, seed, tightness: 'tight' });
    const exported = exportModel(program);
    const calendars = calendarsOf(program);
    const { constraints } = expertModelOf(exported, calendars);
    const overlaps = exported.rows.filter(({ name }) => name.startsWith('no_overlap.'));
    const random = new Random(seed);
    const variables = [...new Set(calendars.flatMap((slots) => slots.flatMap((slot) => slot.variables)))];
    const seen = [0, 0];
    for (let draw = 0; draw < 2000; draw++) {
      const chosen = new Set(Array.from({ length: 1 + random.below(5) }, () => random.pick(variables)));
      // Leaders of one meeting exclude each other by another row; a calendar then holds the meeting twice at most in the rows' sum too.
      const kept = overlaps.every(({ terms, rhs }) => terms.reduce((sum, { variable, coefficient }) => sum + (chosen.has(variable) ? coefficient : 0), 0) <= rhs); // prettier-ignore
      expect(keepsDisjunctions(constraints, chosen), [...chosen].map((index) => exported.variables[index]!.name).join()).toBe(kept);
      seen[kept ? 1 : 0]!++;
    }
    expect(Math.min(...seen)).toBeGreaterThan(50);
  });
});

function constant(offset: number): object {
  return { vars: [], coeffs: [], offset };
}
