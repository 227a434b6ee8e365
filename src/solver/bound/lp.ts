import solver from 'javascript-lp-solver';

/** A row of a linear program: the sum of value x variable over its columns, at most or at least `limit`. */
export interface LinearRow {
  columns: ArrayLike<number>;
  values: ArrayLike<number>;
  relation: '<=' | '>=';
  limit: number;
}

/** Variables are at least 0, and at most `upper` where there is one (`Infinity`: none); every number but `upper` is finite. */
export interface LinearProgram {
  sense: 'minimise' | 'maximise';
  costs: ArrayLike<number>;
  rows: readonly LinearRow[];
  upper?: ArrayLike<number>;
}

/**
 * `optimal` is certified: the values keep all rows, and the duals prove that no others are better. `infeasible` and `unbounded` are what
 * the solver says. `failed`: numbers that are not finite, or an answer that does not stand the checks.
 */
export type LinearAnswer =
  | {
      status: 'optimal';
      value: number;
      x: Float64Array;
      /** Per row, by how much the value rises as its limit does. */
      duals: Float64Array;
    }
  | { status: 'infeasible' | 'unbounded' | 'failed' };

/** What the solver takes for zero, and what rows, reduced costs and the gap may be off by, as a share of the numbers in them. */
const PRECISION = 1e-9;
const TOLERANCE = 1e-6;

/**
 * Solves a small linear program by the simplex method on a dense tableau, all at once: good to some hundred rows by some hundred columns.
 * Presolve stays off, since answers are wrong with it; values and duals are read from the final tableau, and checked.
 */
export function solveLinear(program: LinearProgram): LinearAnswer {
  const { costs, sense } = program;
  const rows = withUppers(program);
  if (!allFinite(costs) || !rows.every(({ values, limit }) => Number.isFinite(limit) && allFinite(values))) return { status: 'failed' };
  const model = new solver.Model(PRECISION);
  model.usePresolve = false;
  // What it takes for cycles may be none, and ends as infeasible; it has Bland's rule as well.
  model.debug(false);
  if (sense === 'maximise') model.maximize();
  const variables = Array.from(costs, (cost) => model.addVariable(cost));
  const slacks = rows.map(({ columns, values, relation, limit }) => {
    const row = relation === '<=' ? model.smallerThan(limit) : model.greaterThan(limit);
    for (let at = 0; at < columns.length; at++) row.addTerm(values[at]!, variables[columns[at]!]!);
    return row.slack.index;
  });
  const { feasible, bounded } = model.solve();
  if (!feasible) return { status: 'infeasible' };
  if (!bounded) return { status: 'unbounded' };
  const { matrix, width, rowByVarIndex, colByVarIndex } = model.tableau;
  const x = Float64Array.from(variables, ({ index }) => {
    const row = rowByVarIndex[index]!;
    return row < 0 ? 0 : Math.max(0, matrix[row * width]!);
  });
  const sign = sense === 'maximise' ? 1 : -1;
  const duals = Float64Array.from(rows, ({ relation }, row) => {
    const column = colByVarIndex[slacks[row]!]!;
    return column < 0 ? 0 : sign * (relation === '<=' ? 1 : -1) * Math.max(0, -matrix[column]!);
  });
  if (!keeps(rows, x) || !proves(sign, costs, rows, x, duals)) return { status: 'failed' };
  return { status: 'optimal', value: sumOf(costs, x), x, duals: duals.subarray(0, program.rows.length) };
}

function allFinite(values: ArrayLike<number>): boolean {
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at])) return false;
  return true;
}

/** Upper bounds as further rows. */
function withUppers({ rows, upper }: LinearProgram): LinearRow[] {
  const all = [...rows];
  for (let column = 0; upper !== undefined && column < upper.length; column++) {
    if (upper[column] !== Infinity) all.push({ columns: [column], values: [1], relation: '<=', limit: upper[column]! });
  }
  return all;
}

/** Whether values keep all rows. */
function keeps(rows: readonly LinearRow[], x: Float64Array): boolean {
  return rows.every(({ columns, values, relation, limit }) => {
    let [sum, scale] = [0, 1 + Math.abs(limit)];
    for (let at = 0; at < columns.length; at++) {
      const term = values[at]! * x[columns[at]!]!;
      sum += term;
      scale += Math.abs(term);
    }
    return (relation === '<=' ? sum - limit : limit - sum) <= TOLERANCE * scale;
  });
}

/** Whether duals, whose signs are right, prove values best: no variable would gain, and both have one worth. */
function proves(sign: number, costs: ArrayLike<number>, rows: readonly LinearRow[], x: Float64Array, duals: Float64Array): boolean {
  const gains = Float64Array.from(costs);
  const scales = gains.map((cost) => 1 + Math.abs(cost));
  let [worth, scale] = [0, 1];
  rows.forEach(({ columns, values, limit }, row) => {
    const dual = duals[row]!;
    if (dual === 0) return;
    worth += dual * limit;
    scale += Math.abs(dual * limit);
    for (let at = 0; at < columns.length; at++) {
      gains[columns[at]!]! -= dual * values[at]!;
      scales[columns[at]!]! += Math.abs(dual * values[at]!);
    }
  });
  for (let column = 0; column < x.length; column++) {
    scale += Math.abs(costs[column]! * x[column]!);
    if (sign * gains[column]! > TOLERANCE * scales[column]!) return false;
  }
  return Math.abs(worth - sumOf(costs, x)) <= TOLERANCE * scale;
}

function sumOf(costs: ArrayLike<number>, x: Float64Array): number {
  return x.reduce((sum, value, column) => sum + costs[column]! * value, 0);
}
