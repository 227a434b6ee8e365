import type { LinearModel } from '../../../src/export.ts';

/** The part of the `ModelData` of `highs` that is used; minimised, as is its default. */
export interface HighsModel {
  numCols: number;
  numRows: number;
  colCost: number[];
  colLower: number[];
  colUpper: number[];
  rowLower: number[];
  rowUpper: number[];
  /** Row by row: `starts` are offsets into `indices` (of columns) and `values`, one more than there are rows. */
  matrix: { format: 'csr'; numRows: number; numCols: number; starts: number[]; indices: number[]; values: number[] };
  /** 1 for integers, 0 for others. */
  integrality: (0 | 1)[];
}

/** The model as HiGHS holds it, which it takes over much faster than it reads a file of a hundred megabytes. */
export function highsModelOf({ variables, rows }: LinearModel): HighsModel {
  const [numCols, numRows] = [variables.length, rows.length];
  const starts = [0];
  for (const { terms } of rows) starts.push(starts.at(-1)! + terms.length);
  return {
    numCols,
    numRows,
    colCost: variables.map(({ cost }) => cost),
    colLower: variables.map(({ lower }) => lower),
    colUpper: variables.map(({ upper }) => upper),
    rowLower: rows.map(({ sense, rhs }) => (sense === '<=' ? -Infinity : rhs)),
    rowUpper: rows.map(({ sense, rhs }) => (sense === '>=' ? Infinity : rhs)),
    matrix: {
      format: 'csr',
      numRows,
      numCols,
      starts,
      indices: rows.flatMap(({ terms }) => terms.map(({ variable }) => variable)),
      values: rows.flatMap(({ terms }) => terms.map(({ coefficient }) => coefficient)),
    },
    integrality: variables.map(({ integer }) => (integer ? 1 : 0)),
  };
}
