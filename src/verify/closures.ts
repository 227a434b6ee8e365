import { isInRange } from './dates.ts';
import type { Context } from './context.ts';

/** Whether a date of the horizon's zone is closed. */
export function isClosure(ctx: Context, day: number): boolean {
  return ctx.program.horizon.closures.some((range) => isInRange(range, day));
}
