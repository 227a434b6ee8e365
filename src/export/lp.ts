import type { LinearModel, Variable } from './linear-model.ts';

/** Longest line: CPLEX reads at most 560 characters. */
const WIDTH = 200;

/**
 * The model in CPLEX's LP format. The objective's constant is in the cost of a variable fixed at 1. Bounds are written wherever they
 * are not 0 to infinity, negative lower ones too, since a bound of `-1 <= x` is else read as 0 to infinity by none but the default.
 */
export function toLp(model: LinearModel): string {
  const { variables, rows } = model;
  const named = (terms: readonly { variable: number; coefficient: number }[]): string[] =>
    terms.map(({ variable, coefficient }) => `${signed(coefficient)} ${variables[variable]!.name}`);
  const costs = variables.flatMap(({ cost }, variable) => (cost === 0 ? [] : [{ variable, coefficient: cost }]));
  // A variable that stands nowhere else has to be told of: a cost of 0 does no harm.
  const idle = idleVariables(model).map((variable) => ({ variable, coefficient: 0 }));
  const lines = ['Minimize', ...wrapped(' score:', [...named(costs), ...named(idle)]), 'Subject To'];
  for (const { name, terms, sense, rhs } of rows) lines.push(...wrapped(` ${name}:`, [...named(terms), `${sense} ${rhs}`]));
  lines.push('Bounds', ...variables.flatMap(boundsOf));
  const general = variables.filter((variable) => variable.integer && !isBinary(variable)).map(({ name }) => name);
  const binary = variables.filter(isBinary).map(({ name }) => name);
  if (general.length > 0) lines.push('General', ...wrapped('', general));
  if (binary.length > 0) lines.push('Binary', ...wrapped('', binary));
  return [...lines, 'End', ''].join('\n');
}

function idleVariables({ variables, rows }: LinearModel): number[] {
  const used = new Set(rows.flatMap(({ terms }) => terms.map(({ variable }) => variable)));
  return variables.flatMap(({ cost }, variable) => (cost === 0 && !used.has(variable) ? [variable] : []));
}

function isBinary({ integer, lower, upper }: Variable): boolean {
  return integer && lower === 0 && upper === 1;
}

function boundsOf(variable: Variable): string[] {
  const { name, lower, upper } = variable;
  if (isBinary(variable) || (lower === 0 && upper === Infinity)) return [];
  if (lower === upper) return [` ${name} = ${lower}`];
  if (lower === -Infinity && upper === Infinity) return [` ${name} free`];
  return [` ${bound(lower)} <= ${name} <= ${bound(upper)}`];
}

function bound(value: number): string {
  return value === Infinity ? '+inf' : value === -Infinity ? '-inf' : `${value}`;
}

function signed(coefficient: number): string {
  return coefficient < 0 ? `- ${-coefficient}` : `+ ${coefficient}`;
}

/** Parts in lines that are not too long. */
function wrapped(head: string, parts: readonly string[]): string[] {
  const lines: string[] = [];
  let line = head;
  for (const part of parts) {
    if (line.length + part.length >= WIDTH && line !== head) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${part}`;
  }
  return [...lines, line];
}
