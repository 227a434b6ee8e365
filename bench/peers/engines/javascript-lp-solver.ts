import solver from 'javascript-lp-solver';
import { exportModel } from '../../../src/export.ts';
import { secondsSince, sparse, type Job, type Tell } from '../job.ts';
import { tableauOf } from '../translate/tableau.ts';

/**
 * javascript-lp-solver: presolve off, since it answers wrongly with it. It tells nothing on the way, and a plan that was found when time ran out looks
 * like one that was proved best; so an answer counts as proved only where it came before the limit.
 */
export async function runJsLp({ program, limitSeconds }: Job, tell: Tell): Promise<string> {
  const loading = performance.now();
  const exported = exportModel(program);
  const { constraints, variables, integers } = tableauOf(exported);
  const model = {
    optimize: 'cost',
    opType: 'min' as const,
    constraints: Object.fromEntries(constraints),
    variables: Object.fromEntries([...variables].map(([name, column]) => [name, Object.fromEntries(column)])),
    ints: Object.fromEntries([...integers].map((name) => [name, 1 as const])),
    options: { presolve: false, timeout: limitSeconds * 1000 },
  };
  tell({ kind: 'ready', prepareSeconds: secondsSince(loading), variables: variables.size, rows: constraints.size });
  const begun = performance.now();
  const answer = solver.Solve(model) as unknown as Record<string, unknown>;
  const seconds = secondsSince(begun);
  if (answer['feasible'] !== true) return seconds < limitSeconds ? 'infeasible' : 'no plan';
  const values = exported.variables.map((_, index) => Number(answer[`v${index}`] ?? 0));
  const claimed = Number(answer['result']);
  tell({ kind: 'values', seconds, values: sparse(values), claimed });
  if (seconds >= limitSeconds) return 'feasible';
  tell({ kind: 'bound', seconds, bound: claimed });
  return 'optimal';
}
