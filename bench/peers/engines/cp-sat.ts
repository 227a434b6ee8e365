import { CpSat } from 'or-tools-wasm/cp-sat';
import { exportModel } from '../../../src/export.ts';
import { secondsSince, sparse, type Job, type Tell } from '../job.ts';
import { calendarsOf } from '../translate/calendars.ts';
import { cpModelOf } from '../translate/cp-model.ts';
import { expertModelOf } from '../translate/expert-model.ts';
import { boundInLog } from './cp-sat-log.ts';

/**
 * CP-SAT: as many workers as there are threads, no hints, other parameters at their defaults. The package hands out what was found on
 * the way only when the search has ended; then each answer says by CP-SAT's own watch when it was found, and the log when a bound was.
 */
export async function runCpSat({ engine, program, limitSeconds, seed, threads }: Job, tell: Tell): Promise<string> {
  const loading = performance.now();
  const exported = exportModel(program);
  const model = engine === 'cp-sat-expert' ? expertModelOf(exported, calendarsOf(program)) : cpModelOf(exported);
  // A first tiny call loads the WebAssembly, which the next one then finds loaded.
  await CpSat.solve(await CpSat.createModel({ variables: [{ domain: [0, 1] }] }));
  const bytes = await CpSat.createModel(model);
  const { ok, message } = await CpSat.validate(bytes);
  if (!ok) throw new Error(message);
  const size = { variables: model.variables.length, rows: model.constraints.length };
  tell({ kind: 'ready', prepareSeconds: secondsSince(loading), ...size });
  const begun = performance.now();
  const parameters = {
    maxTimeInSeconds: limitSeconds,
    numWorkers: threads,
    randomSeed: seed,
    logSearchProgress: true,
    logToStdout: false,
  };
  const { response } = await CpSat.solve(bytes, parameters, {
    onSolution: ({ solution, objectiveValue, wallTime }) =>
      tell({ kind: 'values', seconds: wallTime, values: sparse(solution), claimed: objectiveValue }),
    onLog: (line) => {
      const found = boundInLog(line);
      if (found !== undefined) tell({ kind: 'bound', ...found });
    },
  });
  const seconds = secondsSince(begun);
  if (response === null) return 'no response';
  if (response.status !== 'UNKNOWN' || response.bestObjectiveBound > 0)
    tell({ kind: 'bound', seconds, bound: response.bestObjectiveBound });
  return response.status;
}
