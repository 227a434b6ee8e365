import loadHighs from 'highs';
import { exportModel } from '../../../src/export.ts';
import { secondsSince, sparse, type Job, type Tell } from '../job.ts';
import { highsModelOf } from '../translate/highs-model.ts';

/** HiGHS: one thread, all options at their defaults but the limit and the seed. Its answers and bounds are told by its own callbacks. */
export async function runHighs({ program, limitSeconds, seed }: Job, tell: Tell): Promise<string> {
  const loading = performance.now();
  const exported = exportModel(program);
  const highs = await loadHighs();
  const model = highs.createModel(highsModelOf(exported));
  model.options.set('time_limit', limitSeconds);
  model.options.set('random_seed', seed);
  const size = { variables: exported.variables.length, rows: exported.rows.length };
  tell({ kind: 'ready', prepareSeconds: secondsSince(loading), ...size });
  const begun = performance.now();
  let best = -Infinity;
  const tellBound = (bound: number | undefined): void => {
    if (bound === undefined || !(bound > best) || bound === Infinity) return;
    best = bound;
    tell({ kind: 'bound', seconds: secondsSince(begun), bound });
  };
  const { mipImprovingSolution, mipLogging } = highs.constants.callbackType;
  const tellValues = (values: ArrayLike<number>): void => {
    const claimed = exported.variables.reduce((sum, { cost }, index) => sum + cost * values[index]!, 0);
    tell({ kind: 'values', seconds: secondsSince(begun), values: sparse(values), claimed });
  };
  const { modelStatus } = model.run({
    [mipImprovingSolution]: ({ data }) => {
      tellBound(data.mip_dual_bound);
      if (data.mip_solution !== undefined) tellValues(data.mip_solution);
      return undefined;
    },
    [mipLogging]: ({ data }) => {
      tellBound(data.mip_dual_bound);
      return undefined;
    },
  });
  const status = Object.entries(highs.constants.modelStatus).find(([, code]) => code === modelStatus)?.[0] ?? String(modelStatus);
  tellBound(Number(model.info.get('mip_dual_bound')));
  return status;
}
