import type { Id } from '../../domain/common.ts';
import type { Steps } from '../../domain/steps.ts';
import type { Context, Held } from '../context.ts';
import type { Finding } from '../finding.ts';

/**
 * Holds when an attendee is in one session at a time, and each session of a therapist starts at or after the end and the buffer of those
 * before it. Missed sessions take their time too. Amount: minutes by which the later session starts too early.
 */
export function* noOverlap(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const id of ctx.partners.keys()) {
    yield;
    findings.push(...collisions(ctx.of(id), id, (held) => held.end));
  }
  for (const id of ctx.therapists.keys()) {
    yield;
    findings.push(...collisions(ctx.of(id), id, (held) => held.end + held.service.bufferMinutes));
  }
  return findings;
}

/** Sessions by start, each against the one before it that keeps the person longest. */
function collisions(sessions: readonly Held[], id: Id, freeAt: (held: Held) => number): Finding[] {
  const findings: Finding[] = [];
  let longest: Held | undefined;
  for (const held of sessions) {
    const free = longest === undefined ? -Infinity : freeAt(longest);
    if (longest !== undefined && held.start < free && !(held.history && longest.history)) {
      const message = `session ${held.id} of ${id} starts ${free - held.start} minutes too early after session ${longest.id}`;
      findings.push({ rule: 'no-overlap', entities: [held.id, longest.id, id], amount: free - held.start, message });
    }
    if (freeAt(held) > free) longest = held;
  }
  return findings;
}
