import type { LinearModel, Row, Variable } from '../../src/export.ts';

/** A model as a file tells it: by name, in a form that can be compared. */
export interface ReadModel {
  variables: Record<string, { lower: number; upper: number; integer: boolean; cost: number }>;
  rows: Record<string, { terms: Record<string, number>; sense: string; rhs: number }>;
}

/** The same of a model in memory; variables without a cost have a cost of 0. */
export function plainModel({ variables, rows }: LinearModel): ReadModel {
  const told = ({ lower, upper, integer, cost }: Variable) => ({ lower, upper, integer, cost });
  const terms = (row: Row) => Object.fromEntries(row.terms.map(({ variable, coefficient }) => [variables[variable]!.name, coefficient]));
  return {
    variables: Object.fromEntries(variables.map((variable) => [variable.name, told(variable)])),
    rows: Object.fromEntries(rows.map((row) => [row.name, { terms: terms(row), sense: row.sense, rhs: row.rhs }])),
  };
}

/** Reads free MPS as far as exported models use it: one value a line, no RANGES. */
export function readMps(text: string): ReadModel {
  const model: ReadModel = { variables: {}, rows: {} };
  const senses: Record<string, string> = { L: '<=', G: '>=', E: '=' };
  let section = '';
  let integer = false;
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [first = '', second = '', third = '', fourth = ''] = line.trim().split(/\s+/);
    if (!line.startsWith(' ')) section = first;
    else if (section === 'ROWS') {
      if (first !== 'N') model.rows[second] = { terms: {}, sense: senses[first]!, rhs: 0 };
    } else if (section === 'COLUMNS' && second === "'MARKER'") integer = third === "'INTORG'";
    else if (section === 'COLUMNS') {
      const variable = (model.variables[first] ??= { lower: 0, upper: Infinity, integer, cost: 0 });
      if (second === 'score') variable.cost = Number(third);
      else model.rows[second]!.terms[first] = Number(third);
    } else if (section === 'RHS') model.rows[second]!.rhs = Number(third);
    else if (section === 'BOUNDS') {
      const variable = model.variables[third]!;
      if (['FX', 'LO'].includes(first)) variable.lower = Number(fourth);
      if (['FX', 'UP'].includes(first)) variable.upper = Number(fourth);
      if (first === 'MI') variable.lower = -Infinity;
      if (first === 'PL') variable.upper = Infinity;
    }
  }
  return model;
}

/** Reads CPLEX-LP as far as exported models use it: every coefficient, sign and row name is written. */
export function readLp(text: string): ReadModel {
  const model: ReadModel = { variables: {}, rows: {} };
  const of = (name: string) => (model.variables[name] ??= { lower: 0, upper: Infinity, integer: false, cost: 0 });
  const part = (from: string, to: string): string => new RegExp(`^${from}$([\\s\\S]*?)^(?:${to})$`, 'm').exec(text)?.[1] ?? '';
  const rest = 'Bounds|General|Binary|End';
  for (const [, sign, value, name] of part('Minimize', 'Subject To').matchAll(/([+-]) (\S+) ([A-Za-z]\S*)/g)) {
    of(name!).cost = Number(`${sign}${value}`);
  }
  for (const [, row, sum, sense, rhs] of part('Subject To', rest).matchAll(/(\S+):([^:]*?)(<=|>=|=) (\S+)/g)) {
    const terms: Record<string, number> = {};
    for (const [, sign, value, name] of sum!.matchAll(/([+-]) (\S+) ([A-Za-z]\S*)/g)) {
      of(name!);
      terms[name!] = Number(`${sign}${value}`);
    }
    model.rows[row!] = { terms, sense: sense!, rhs: Number(rhs) };
  }
  const number = (word: string): number => Number(word.replace('inf', 'Infinity'));
  for (const line of part('Bounds', 'General|Binary|End').split('\n')) {
    const [a = '', b = '', c = '', , e = ''] = line.trim().split(' ');
    if (b === 'free') Object.assign(of(a), { lower: -Infinity, upper: Infinity });
    else if (b === '=') Object.assign(of(a), { lower: number(c), upper: number(c) });
    else if (b === '<=') Object.assign(of(c), { lower: number(a), upper: number(e) });
  }
  for (const name of words(part('General', 'Binary|End'))) of(name).integer = true;
  for (const name of words(part('Binary', 'End'))) Object.assign(of(name), { lower: 0, upper: 1, integer: true });
  return model;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
