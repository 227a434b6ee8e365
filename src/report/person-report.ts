import type { Id } from '../domain/common.ts';
import type { Plan, Unmet } from '../domain/plan.ts';
import type { Program } from '../domain/program.ts';
import type { HardRule } from '../domain/weights.ts';
import type { Context } from '../verify/context.ts';
import { hoursLines } from './hours.ts';
import { readForReport, titleOf } from './read.ts';
import { clockChangeLines, unmetLines } from './shortfalls.ts';
import { printable } from './text.ts';
import { timetableLines } from './timetable.ts';

/** Rules about one person's own hours and sessions (or a couple's joint care), whose shortfall gives away nothing about anybody else. */
const OWN_RULES: ReadonlySet<HardRule> = new Set<HardRule>([
  'weekly-minimum',
  'weekly-maximum',
  'service-days',
  'free-days',
  'daily-maximum',
  'care-frequency',
  'care-spacing',
  'authorization',
  'therapist-daily',
  'therapist-weekly',
  'therapist-run',
  'caseload',
]);

/**
 * A text report for one partner, client or therapist alone: the timetable in their own weeks and local time, hours against
 * their bounds, what of their own care is unmet, and starts that a change of clocks moves. It names therapists, the other
 * partner of a joint session and groups attended (a therapist sees the attendees of individual and joint sessions); it never
 * shows the other partner's separate sessions, hours, absences or preferences, other members of a group, or that joint work
 * is closed. Ids only, never names; at most 100 columns wide where the ids are short. Ends with a line break.
 *
 * Throws `InvalidProgramError` where the program is not valid, and a `RangeError` where it has no such person.
 */
export function personReport(program: Program, plan: Plan, personId: Id): string {
  const ctx = readForReport(program, plan);
  const changes = plan.clockChanges.filter(({ person, session }) => person === personId && isOwnSession(ctx, personId, session));
  const parts = [
    [titleOf(ctx)],
    personSection(ctx, personId),
    unmetLines(plan.unmet.filter((unmet) => isOwn(ctx, personId, unmet))),
    clockChangeLines(changes, false),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** The person's heading, timetable and hours: nothing that the person may not see. */
export function personSection(ctx: Context, id: Id): string[] {
  const person = ctx.person(id);
  if (person === undefined) throw new RangeError(`the program has no partner, client or therapist ${printable(id)}`);
  return [headingOf(ctx, id), ...timetableLines(ctx, person), ...hoursLines(ctx, id)];
}

function headingOf(ctx: Context, id: Id): string {
  const entry = ctx.partners.get(id);
  if (entry === undefined) return `Therapist ${printable(id)}`;
  return entry.couple === undefined ? `Client ${printable(id)}` : `Partner ${printable(id)} of couple ${printable(entry.couple.id)}`;
}

/** Whether an unmet entry is about the person, or the person's joint care, and about nobody else. */
function isOwn(ctx: Context, id: Id, { rule, entities }: Unmet): boolean {
  const own = new Set([id, ...(ctx.partners.get(id)?.couple ? [ctx.partners.get(id)?.couple?.id] : [])]);
  if (!OWN_RULES.has(rule) || !entities.some((entity) => own.has(entity))) return false;
  return entities.every((entity) => own.has(entity) || ctx.services.has(entity) || isOwnSession(ctx, id, entity));
}

function isOwnSession(ctx: Context, person: Id, session: Id): boolean {
  return ctx.of(person).some((held) => held.id === session);
}
