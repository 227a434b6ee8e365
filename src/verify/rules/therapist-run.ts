import type { ParsedTherapist } from '../../domain/person.ts';
import type { Steps } from '../../domain/steps.ts';
import type { Context, Held } from '../context.ts';
import type { Finding } from '../finding.ts';
import { sum } from '../weeks.ts';

/**
 * Holds when a therapist's sessions in a run, buffers not counted, take at most `limits.run.minutes`. A run ends with a gap of at least
 * `breakMinutes` after the buffer of the session before. Runs that hold a session of the plan are looked at. Amount: minutes too many.
 */
export function* therapistRun(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const therapist of ctx.therapists.values()) {
    yield;
    const most = therapist.limits.run?.minutes ?? Infinity;
    for (const run of runsOf(ctx, therapist)) {
      const minutes = sum(run.map(({ service }) => service.minutes));
      const first = run[0]!;
      if (minutes <= most || run.every(({ history }) => history)) continue;
      const week = ctx.week(ctx.local(therapist, first.start).day);
      const message = `${therapist.id} has a run of ${minutes} of at most ${most} minutes from session ${first.id} on`;
      const base = { rule: 'therapist-run' as const, entities: [therapist.id, first.id], week };
      findings.push({ ...base, amount: minutes - most, message, required: most, planned: minutes });
    }
  }
  return findings;
}

function runsOf(ctx: Context, { id, limits }: ParsedTherapist): Held[][] {
  const runs: Held[][] = [];
  if (limits.run === undefined) return runs;
  let restedAt = -Infinity;
  for (const held of ctx.of(id)) {
    if (held.start < restedAt) runs.at(-1)!.push(held);
    else runs.push([held]);
    restedAt = Math.max(restedAt, held.end + held.service.bufferMinutes + limits.run.breakMinutes);
  }
  return runs;
}
