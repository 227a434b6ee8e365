export { InvalidProgramError } from './errors.ts';
export { exportModel, readSolution, type ExportedModel } from './export/export-model.ts';
export { LEFT_OUT, type LeftOut } from './export/left-out.ts';
export type { LinearModel, Row, Variable } from './export/linear-model.ts';
export { toLp } from './export/lp.ts';
export { toMps } from './export/mps.ts';
export { InvalidSolutionError, parseSolution, type SolutionCode, type SolutionValues } from './export/solution.ts';
