import type { LinearModel } from './linear-model.ts';

/** Values by name of variable. */
export type SolutionValues = ReadonlyMap<string, number> | Readonly<Record<string, number>>;

/** How far a value may be off an integer or a bound. Engines allow themselves as much. */
const TOLERANCE = 1e-6;

export type SolutionCode = 'unknown-variable' | 'not-a-number' | 'not-integral' | 'out-of-bounds';

/** An engine's answer cannot be one to the model. */
export class InvalidSolutionError extends Error {
  override readonly name = 'InvalidSolutionError';
  readonly code: SolutionCode;
  /** Name of the variable. */
  readonly path: readonly [string];
  readonly value: unknown;

  constructor(code: SolutionCode, variable: string, value: unknown, message: string) {
    super(message);
    this.code = code;
    this.path = [variable];
    this.value = value;
  }
}

/** Values in the order of the model's variables, integers rounded; 0 (or the lower bound) where there is none. */
export function checkedValues({ variables }: LinearModel, values: SolutionValues): number[] {
  const given = new Map<string, unknown>(isMap(values) ? values : Object.entries(values));
  const known = new Set(variables.map(({ name }) => name));
  for (const [name, value] of given) {
    if (!known.has(name)) throw new InvalidSolutionError('unknown-variable', name, value, `the model has no variable ${name}`);
  }
  return variables.map(({ name, lower, upper, integer }) => {
    const value = given.has(name) ? given.get(name) : lower;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new InvalidSolutionError('not-a-number', name, value, `${name} has no finite number`);
    }
    if (value < lower - TOLERANCE || value > upper + TOLERANCE) {
      throw new InvalidSolutionError('out-of-bounds', name, value, `${name} is ${value}, not from ${lower} to ${upper}`);
    }
    if (!integer) return value;
    const whole = Math.round(value);
    if (Math.abs(value - whole) > TOLERANCE)
      throw new InvalidSolutionError('not-integral', name, value, `${name} is ${value}, not an integer`);
    return whole;
  });
}

function isMap(values: SolutionValues): values is ReadonlyMap<string, number> {
  return values instanceof Map;
}

const XML_VARIABLE = /<variable\s[^>]*?name="([^"]+)"[^>]*?\svalue="([^"]+)"/g;

/**
 * The values in a solution file: the columns of HiGHS's (`# Columns`, a name and a value a line), Gurobi's `.sol` (the same without
 * headings), or CPLEX's (XML). What else the file says, such as whether the values are proved best, is not looked at.
 */
export function parseSolution(text: string): Map<string, number> {
  if (text.trimStart().startsWith('<')) {
    return new Map([...text.matchAll(XML_VARIABLE)].map(([, name = '', value = '']) => [name, Number(value)]));
  }
  const columns = /^# Columns.*$/m.exec(text);
  const rest = columns === null ? text : text.slice(columns.index);
  const rows = /^# Rows.*$/m.exec(rest);
  const values = new Map<string, number>();
  for (const line of (rows === null ? rest : rest.slice(0, rows.index)).split('\n')) {
    const [name, value, ...more] = line.trim().split(/\s+/);
    if (name === undefined || name === '' || name.startsWith('#') || value === undefined || more.length > 0) continue;
    values.set(name, Number(value));
  }
  return values;
}
