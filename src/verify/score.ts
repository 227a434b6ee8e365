import type { Score } from '../domain/plan.ts';
import type { Steps } from '../domain/steps.ts';
import { SOFT_RULES, type SoftRule } from '../domain/weights.ts';
import type { Context } from './context.ts';
import { compactDays } from './rules/compact-days.ts';
import { continuityPreferred } from './rules/continuity-preferred.ts';
import { excessMinutes } from './rules/excess-minutes.ts';
import { fewDays } from './rules/few-days.ts';
import { jointSpacing } from './rules/joint-spacing.ts';
import { movedSession } from './rules/moved-session.ts';
import { preferredAttributes } from './rules/preferred-attributes.ts';
import { preferredTimes } from './rules/preferred-times.ts';
import { sameSlot } from './rules/same-slot.ts';
import { therapistBalance } from './rules/therapist-balance.ts';
import { together } from './rules/together.ts';

/** Units of each soft rule over the whole plan. */
const UNITS: Readonly<Record<SoftRule, (ctx: Context) => Steps<number>>> = {
  'preferred-times': preferredTimes,
  'preferred-attributes': preferredAttributes,
  'continuity-preferred': continuityPreferred,
  'same-slot': sameSlot,
  together,
  'compact-days': compactDays,
  'few-days': fewDays,
  'joint-spacing': jointSpacing,
  'excess-minutes': excessMinutes,
  'therapist-balance': therapistBalance,
  'moved-session': movedSession,
};

/** Weight x units of every soft rule, in the order of `SOFT_RULES`, and their sum: an integer, lower is better. */
export function* scoreOf(ctx: Context): Steps<Score> {
  const entries: [SoftRule, number][] = [];
  for (const rule of SOFT_RULES) entries.push([rule, ctx.program.weights[rule] * (yield* UNITS[rule](ctx))]);
  const byRule = Object.fromEntries(entries) as Record<SoftRule, number>;
  return { total: entries.reduce((sum, [, cost]) => sum + cost, 0), byRule };
}
