import type { Id } from '../domain/common.ts';
import type { Context, Held } from './context.ts';

/** Minutes as quarter hours, rounded up; 0 where there are none or fewer. */
export function quarterHours(minutes: number): number {
  return Math.max(0, Math.ceil(minutes / 15));
}

/** The plan's sessions at which the partner is present, by start. */
export function plannedFor(ctx: Context, partner: Id): Held[] {
  return ctx.of(partner).filter((held) => !held.history && held.present(partner));
}
