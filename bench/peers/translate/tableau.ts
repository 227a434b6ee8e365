import type { LinearModel } from '../../../src/export.ts';

/** Bounds of a row, both inclusive. */
export interface Range {
  min?: number;
  max?: number;
}

/** A model for engines whose variables are at least 0 and have no other bounds. Names are `v` and `r` with an index, and `cost`. */
export interface Tableau {
  constraints: Map<string, Range>;
  /** Per variable, in the model's order: coefficient by name of constraint, and its `cost`. */
  variables: Map<string, Map<string, number>>;
  integers: Set<string>;
}

/**
 * The model with names that cannot collide with words of an engine. A variable's bound becomes a row (`b` with its index), but not an upper one that a
 * row implies already: these engines keep every row in full, and most binaries stand in a row that allows one of them.
 */
export function tableauOf(model: LinearModel): Tableau {
  const constraints = new Map<string, Range>();
  const columns = model.variables.map(({ cost }) => new Map([['cost', cost]]));
  model.rows.forEach(({ terms, sense, rhs }, index) => {
    constraints.set(`r${index}`, { ...(sense !== '<=' && { min: rhs }), ...(sense !== '>=' && { max: rhs }) });
    for (const { variable, coefficient } of terms) columns[variable]!.set(`r${index}`, coefficient);
  });
  const implied = impliedUppers(model);
  model.variables.forEach(({ lower, upper }, index) => {
    const bounded = upper < implied[index]!;
    if (lower === 0 && !bounded) return;
    constraints.set(`b${index}`, { ...(lower !== 0 && { min: lower }), ...(bounded && { max: upper }) });
    columns[index]!.set(`b${index}`, 1);
  });
  return {
    constraints,
    variables: new Map(columns.map((column, index) => [`v${index}`, column])),
    integers: new Set(model.variables.flatMap(({ integer }, index) => (integer ? [`v${index}`] : []))),
  };
}

/** Per variable the most that one row by itself lets it be, all other variables being at least 0; `Infinity` where no row limits it. */
export function impliedUppers({ variables, rows }: LinearModel): number[] {
  const most = variables.map(() => Infinity);
  for (const { terms, sense, rhs } of rows) {
    if (sense === '>=' || terms.some(({ coefficient }) => coefficient < 0)) continue;
    for (const { variable, coefficient } of terms) most[variable] = Math.min(most[variable]!, rhs / coefficient);
  }
  return most;
}
