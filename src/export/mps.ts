import type { LinearModel, Row, Variable } from './linear-model.ts';

const SENSES: Readonly<Record<Row['sense'], string>> = { '<=': 'L', '>=': 'G', '=': 'E' };

/**
 * The model as free MPS. The objective, to be minimised, is the row `score`; its constant is in the cost of a variable fixed at 1, since
 * engines disagree on the sign of one under RHS. Every bound of an integer variable is written, since without one some read 0 to 1 and
 * some 0 to infinity. There are no RANGES: each row has one sense.
 */
export function toMps(model: LinearModel): string {
  const { name, variables, rows } = model;
  const columns = variables.map((): [row: string, value: number][] => []);
  variables.forEach(({ cost }, index) => {
    if (cost !== 0) columns[index]!.push(['score', cost]);
  });
  for (const row of rows) for (const { variable, coefficient } of row.terms) columns[variable]!.push([row.name, coefficient]);
  const lines = [`NAME ${name}`, 'ROWS', ' N score', ...rows.map((row) => ` ${SENSES[row.sense]} ${row.name}`), 'COLUMNS'];
  let integer = false;
  variables.forEach((variable, index) => {
    if (variable.integer !== integer) lines.push(` MARKER 'MARKER' '${variable.integer ? 'INTORG' : 'INTEND'}'`);
    ({ integer } = variable);
    const entries = columns[index]!.length > 0 ? columns[index]! : [['score', 0] as const];
    for (const [row, value] of entries) lines.push(` ${variable.name} ${row} ${value}`);
  });
  if (integer) lines.push(" MARKER 'MARKER' 'INTEND'");
  lines.push('RHS', ...rows.filter(({ rhs }) => rhs !== 0).map((row) => ` RHS ${row.name} ${row.rhs}`));
  lines.push('BOUNDS', ...variables.flatMap(boundsOf), 'ENDATA', '');
  return lines.join('\n');
}

function boundsOf({ name, lower, upper, integer }: Variable): string[] {
  if (lower === upper) return [` FX BOUND ${name} ${lower}`];
  const low = lower === -Infinity ? [` MI BOUND ${name}`] : lower !== 0 ? [` LO BOUND ${name} ${lower}`] : [];
  const high = upper < Infinity ? [` UP BOUND ${name} ${upper}`] : integer ? [` PL BOUND ${name}`] : [];
  return [...low, ...high];
}
