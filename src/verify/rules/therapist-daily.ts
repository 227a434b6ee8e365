import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';
import { therapistMinutes } from '../therapist-minutes.ts';

/**
 * Holds when a therapist's sessions on a local date take at most `limits.dailyMinutes` clock minutes, without buffers. Amount: minutes
 * too many.
 */
export function* therapistDaily(ctx: Context): Steps<Finding[]> {
  return yield* therapistMinutes(
    ctx,
    'therapist-daily',
    ({ limits }) => limits.dailyMinutes,
    ({ day }) => day,
  );
}
