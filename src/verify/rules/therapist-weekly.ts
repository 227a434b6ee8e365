import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';
import { therapistMinutes } from '../therapist-minutes.ts';

/**
 * Holds when a therapist's sessions in a week (own local dates) take at most `limits.weeklyMinutes` clock minutes, without buffers.
 * Amount: minutes too many.
 */
export function* therapistWeekly(ctx: Context): Steps<Finding[]> {
  return yield* therapistMinutes(
    ctx,
    'therapist-weekly',
    ({ limits }) => limits.weeklyMinutes,
    ({ week }) => week,
  );
}
