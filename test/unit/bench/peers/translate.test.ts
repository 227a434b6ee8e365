import { describe, expect, test } from 'vitest';
import { clausesOf } from '../../../../bench/peers/translate/clauses.ts';
import { cpModelOf, finiteUppers } from '../../../../bench/peers/translate/cp-model.ts';
import { highsModelOf } from '../../../../bench/peers/translate/highs-model.ts';
import { impliedUppers, tableauOf } from '../../../../bench/peers/translate/tableau.ts';
import type { LinearModel, Row, Variable } from '../../../../src/export.ts';

const binary = (name: string, cost = 0): Variable => ({ name, lower: 0, upper: 1, integer: true, cost });

function row(coefficients: readonly number[], sense: Row['sense'], rhs: number): Row {
  const terms = coefficients.flatMap((coefficient, variable) => (coefficient === 0 ? [] : [{ variable, coefficient }]));
  return { name: 'row', terms, sense, rhs };
}

function model(variables: readonly Variable[], rows: readonly Row[]): LinearModel {
  return { name: 'm', variables, rows };
}

describe('a tableau', () => {
  const variables = [binary('x', 2), binary('y'), { name: 'z', lower: 0, upper: 4, integer: false, cost: 1 }, { name: 'one', lower: 1, upper: 1, integer: false, cost: 7 }]; // prettier-ignore
  const tableau = tableauOf(model(variables, [row([1, 0, 1, 0], '<=', 1), row([0, 3, -1, 0], '>=', 2), row([0, 1, 0, 0], '=', 1)]));

  test('has a constraint for each row, with generated names', () => {
    expect([...tableau.constraints].filter(([name]) => name.startsWith('r'))).toEqual([
      ['r0', { max: 1 }],
      ['r1', { min: 2 }],
      ['r2', { min: 1, max: 1 }],
    ]);
    expect([...tableau.variables.get('v1')!]).toEqual([['cost', 0], ['r1', 3], ['r2', 1]]); // prettier-ignore
    expect([...tableau.integers]).toEqual(['v0', 'v1']);
  });

  test('has rows for bounds that no row implies', () => {
    // x and z are at most 1 by the first row, y by the last one; the fixed variable is limited by none.
    expect([...tableau.constraints].filter(([name]) => name.startsWith('b'))).toEqual([['b3', { min: 1, max: 1 }]]);
    expect(tableau.variables.get('v3')).toEqual(new Map([['cost', 7], ['b3', 1]])); // prettier-ignore
  });

  test('does not take a row that some other variable can widen for a bound', () => {
    const rows = [row([1, -1, 0], '<=', 1), row([2, 0, 1], '<=', 3), row([0, 1, 0], '>=', 1)];
    expect(impliedUppers(model([binary('x'), binary('y'), binary('z')], rows))).toEqual([1.5, Infinity, 3]);
    expect([...tableauOf(model([binary('x'), binary('y'), binary('z')], rows)).constraints.keys()]).toEqual(['r0', 'r1', 'r2', 'b0', 'b1', 'b2']); // prettier-ignore
  });
});

describe('a model for CP-SAT', () => {
  const units: Variable = { name: 'units', lower: 0, upper: Infinity, integer: true, cost: 3 };

  test('has integers between finite bounds, linear rows and the costs that are not 0', () => {
    const { variables, constraints, objective } = cpModelOf(model([binary('x', -8), binary('y'), units], [row([30, 20, -15], '<=', 5)]));
    // No row asks for more than (30 + 20 + 5) / 15 units, rounded up.
    expect(variables).toEqual([{ domain: [0, 1] }, { domain: [0, 1] }, { domain: [0, 4] }]);
    expect(constraints).toEqual([{ linear: { vars: [0, 1, 2], coeffs: [30, 20, -15], domain: [expect.any(Number), 5] } }]);
    expect(constraints[0]!.linear!.domain[0]).toBeLessThan(-1e9);
    expect(objective).toEqual({ vars: [0, 2], coeffs: [-8, 3] });
  });

  test('bounds a variable by the row that asks most of it', () => {
    const rows = [row([10, 0, -1], '<=', 0), row([0, 7, 2], '>=', 40), row([1, 1, 0], '<=', 1)];
    expect(finiteUppers(model([binary('x'), binary('y'), units], rows))).toEqual([1, 1, 24]);
  });

  test('is refused where a number is no integer', () => {
    expect(() => cpModelOf(model([binary('x', 0.5)], []))).toThrow(RangeError);
    expect(() => cpModelOf(model([binary('x')], [row([0.5], '<=', 1)]))).toThrow('0.5 is no integer');
  });
});

test('a model for HiGHS holds rows one after another, with bounds on both sides', () => {
  const rows = [row([2, 0, -1], '<=', 3), row([0, 1, 0], '>=', 1), row([1, 1, 1], '=', 2)];
  const free: Variable = { name: 'z', lower: 0, upper: Infinity, integer: false, cost: 5 };
  expect(highsModelOf(model([binary('x', 1), binary('y'), free], rows))).toEqual({
    numCols: 3,
    numRows: 3,
    colCost: [1, 0, 5],
    colLower: [0, 0, 0],
    colUpper: [1, 1, Infinity],
    rowLower: [-Infinity, 1, 2],
    rowUpper: [3, Infinity, 2],
    matrix: { format: 'csr', numRows: 3, numCols: 3, starts: [0, 2, 3, 6], indices: [0, 2, 1, 0, 1, 2], values: [2, -1, 1, 1, 1, 1] },
    integrality: [1, 1, 0],
  });
});

describe('rows as clauses', () => {
  const variables = [binary('a'), binary('b'), binary('c'), { name: 'z', lower: 0, upper: 9, integer: true, cost: 0 }];
  const clauses = (...rows: Row[]) => clausesOf(model(variables, rows));

  test.each<[string, Row, object]>([
    ['at most one', row([1, 1, 1], '<=', 1), { atMostOne: { literals: [0, 1, 2] } }],
    ['exactly one', row([1, 1, 1], '=', 1), { exactlyOne: { literals: [0, 1, 2] } }],
    ['at least one', row([1, 1, 1], '>=', 1), { boolOr: { literals: [0, 1, 2] } }],
    ['not all', row([1, 1, 1], '<=', 2), { boolOr: { literals: [-1, -2, -3] } }],
    ['one implies another', row([1, -1], '<=', 0), { atMostOne: { literals: [0, -2] } }],
    ['one implies one of two', row([1, -1, -1], '<=', 0), { boolOr: { literals: [-1, 1, 2] } }],
    ['two imply a third', row([1, 1, -1], '<=', 1), { boolOr: { literals: [-1, -2, 2] } }],
    ['one of two negated', row([-1, -1], '>=', -1), { boolOr: { literals: [-1, -2] } }],
  ])('%s', (_, one, expected) => {
    expect(clauses(one)).toEqual([expected]);
  });

  test.each([
    ['two of three', row([1, 1, 1], '=', 2)],
    ['weights', row([2, 1], '<=', 2)],
    ['a variable that is not binary', row([1, 0, 0, -1], '<=', 0)],
    ['none of three', row([1, 1, 1], '<=', 0)],
  ])('%s stays linear', (_, one) => {
    expect(clauses(one)).toEqual([{ linear: expect.objectContaining({ vars: one.terms.map(({ variable }) => variable) }) }]);
  });

  test('at most one and at least one of the same, in any order, become exactly one', () => {
    const reversed: Row = { ...row([1, 1], '>=', 1), terms: [...row([1, 1], '>=', 1).terms].reverse() };
    expect(clauses(row([1, 1], '<=', 1), row([0, 1, 1], '>=', 1), reversed)).toEqual([
      { exactlyOne: { literals: [0, 1] } },
      { boolOr: { literals: [1, 2] } },
    ]);
  });

  test('mean what their rows mean', () => {
    const rows = [-1, 0, 1, 2].flatMap(
      (rhs) =>
      [[1, 1, 1], [1, -1, 1], [-1, -1, 1], [-1, -1, -1]].flatMap((each) => (['<=', '>=', '='] as const).map((sense) => row(each, sense, rhs))), // prettier-ignore
    );
    for (const one of rows) {
      for (let bits = 0; bits < 8; bits++) {
        const values = [bits & 1, (bits >> 1) & 1, bits >> 2];
        expect(
          clauses(one).every((clause) => holds(clause, values)),
          `${JSON.stringify(one)} of ${values.join()}`,
        ).toBe(fits(one, values));
      }
    }
  });
});

function fits({ terms, sense, rhs }: Row, values: readonly number[]): boolean {
  const sum = terms.reduce((total, { variable, coefficient }) => total + coefficient * values[variable]!, 0);
  return sense === '<=' ? sum <= rhs : sense === '>=' ? sum >= rhs : sum === rhs;
}

/** Whether a constraint holds, by the meaning that CP-SAT gives it. */
function holds(constraint: ReturnType<typeof clausesOf>[number], values: readonly number[]): boolean {
  const count = (literals: readonly number[]) =>
    literals.filter((each) => (each < 0 ? values[-1 - each] === 0 : values[each] === 1)).length;
  const { atMostOne, exactlyOne, boolOr, linear } = constraint;
  if (atMostOne) return count(atMostOne.literals) <= 1;
  if (exactlyOne) return count(exactlyOne.literals) === 1;
  if (boolOr) return count(boolOr.literals) >= 1;
  const sum = linear!.vars.reduce((total, variable, at) => total + linear!.coeffs[at]! * values[variable]!, 0);
  return sum >= linear!.domain[0]! && sum <= linear!.domain[1]!;
}
