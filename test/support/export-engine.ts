import solver from 'javascript-lp-solver';
import type { LinearModel } from '../../src/export.ts';

const TOLERANCE = 1e-6;

/**
 * The best values of a small model, by name; undefined where there are none. Names are generated and presolve is off, since the solver
 * behind it answers wrongly otherwise, and what comes back is checked against every row and bound.
 */
export function solveModel(model: LinearModel): { objective: number; values: Map<string, number> } | undefined {
  const constraints = new Map<string, Record<string, number>>();
  const columns = model.variables.map(({ cost }) => new Map([['cost', cost]]));
  model.rows.forEach(({ terms, sense, rhs }, index) => {
    constraints.set(`r${index}`, sense === '<=' ? { max: rhs } : sense === '>=' ? { min: rhs } : { min: rhs, max: rhs });
    for (const { variable, coefficient } of terms) columns[variable]!.set(`r${index}`, coefficient);
  });
  model.variables.forEach(({ lower, upper }, index) => {
    if (lower === 0 && upper === Infinity) return;
    constraints.set(`b${index}`, { ...(lower !== 0 && { min: lower }), ...(upper < Infinity && { max: upper }) });
    columns[index]!.set(`b${index}`, 1);
  });
  const integers = model.variables.flatMap(({ integer }, index) => (integer ? [[`v${index}`, 1] as const] : []));
  const answer = solver.Solve({
    optimize: 'cost',
    opType: 'min',
    constraints: Object.fromEntries(constraints),
    variables: Object.fromEntries(columns.map((column, index) => [`v${index}`, Object.fromEntries(column)])),
    ints: Object.fromEntries(integers),
    options: { presolve: false },
  }) as Record<string, unknown>;
  if (answer['feasible'] !== true) return undefined;
  const values = model.variables.map((_, index) => Number(answer[`v${index}`] ?? 0));
  check(model, values);
  return {
    objective: values.reduce((sum, value, index) => sum + value * model.variables[index]!.cost, 0),
    values: new Map(values.map((value, index) => [model.variables[index]!.name, value])),
  };
}

function check({ variables, rows }: LinearModel, values: readonly number[]): void {
  variables.forEach(({ name, lower, upper, integer }, index) => {
    const value = values[index]!;
    const fits = value >= lower - TOLERANCE && value <= upper + TOLERANCE;
    if (!fits || (integer && Math.abs(value - Math.round(value)) > TOLERANCE)) throw new Error(`${name} is ${value}`);
  });
  for (const { name, terms, sense, rhs } of rows) {
    const sum = terms.reduce((total, { variable, coefficient }) => total + coefficient * values[variable]!, 0);
    const fits = (sense === '<=' || sum >= rhs - TOLERANCE) && (sense === '>=' || sum <= rhs + TOLERANCE);
    if (!fits) throw new Error(`${name} is ${sum}, not ${sense} ${rhs}`);
  }
}
