import { Load } from '../linear-model.ts';
import type { ModelBuilder } from '../model-builder.ts';

/** Minutes in a quarter hour, in which soft rules count. */
const QUARTER = 15;

/** Charges weight x the quarter hours of `minutes`, rounded up and at least 0. */
export function chargeQuarters(model: ModelBuilder, name: readonly (string | number)[], minutes: Load, weight: number): void {
  const units = chargedUnits(model, name, weight, true);
  model.atMost(name, new Load().addLoad(minutes).add(units, -QUARTER), 0);
}

/** A variable that costs `weight` for each unit. */
export function chargedUnits(model: ModelBuilder, name: readonly (string | number)[], weight: number, whole: boolean): number {
  const units = whole ? model.whole(['units', ...name]) : model.continuous(['units', ...name]);
  model.chargeVariable(units, weight);
  return units;
}
