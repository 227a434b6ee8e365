import { solve } from 'yalps';
import { exportModel } from '../../../src/export.ts';
import { secondsSince, type Job, type Tell } from '../job.ts';
import { tableauOf } from '../translate/tableau.ts';

/** YALPS: no limits but time, other options at their defaults. It tells nothing on the way. */
export async function runYalps({ program, limitSeconds }: Job, tell: Tell): Promise<string> {
  const loading = performance.now();
  const tableau = tableauOf(exportModel(program));
  tell({ kind: 'ready', prepareSeconds: secondsSince(loading), variables: tableau.variables.size, rows: tableau.constraints.size });
  const begun = performance.now();
  const { status, result, variables } = solve(
    { direction: 'minimize', objective: 'cost', ...tableau },
    { timeout: limitSeconds * 1000, maxIterations: Infinity, maxPivots: Infinity },
  );
  const seconds = secondsSince(begun);
  if ((status === 'optimal' || status === 'timedout') && Number.isFinite(result)) {
    const values = variables.map(([name, value]): [number, number] => [Number(name.slice(1)), value]);
    tell({ kind: 'values', seconds, values, claimed: result });
  }
  if (status === 'optimal') tell({ kind: 'bound', seconds, bound: result });
  return status;
}
