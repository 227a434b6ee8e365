import type { ParsedCouple } from '../domain/couple.ts';
import type { Interval } from '../time/interval.ts';
import type { Context, Held } from './context.ts';

/** A time in which both partners are in session. */
export interface BothInSession extends Interval {
  /** The session of the first partner and that of the second; the same one where they attend together. */
  first: Held;
  second: Held;
}

/**
 * The times in which both partners of a couple are in session, missed sessions too, while they are in the same zone and state at the
 * moment the overlap begins. Pairs of bookings before the horizon are left out.
 */
export function bothInSession(ctx: Context, couple: ParsedCouple): BothInSession[] {
  const [a, b] = couple.partners;
  const found: BothInSession[] = [];
  const theirs = ctx.of(b.id);
  for (const first of ctx.of(a.id)) {
    for (const second of theirs) {
      if (second.start >= first.end) break;
      const start = Math.max(first.start, second.start);
      const end = Math.min(first.end, second.end);
      if (start >= end || (first.history && second.history)) continue;
      const [here, there] = [ctx.locationAt(a, start), ctx.locationAt(b, start)];
      if (here.zone === there.zone && here.state === there.state) found.push({ start, end, first, second });
    }
  }
  return found;
}
