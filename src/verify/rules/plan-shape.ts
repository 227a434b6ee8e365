import type { Steps } from '../../domain/steps.ts';
import { minuteFromIso } from '../../time/instant.ts';
import { itemOf } from '../care.ts';
import type { Context, Held } from '../context.ts';
import type { Finding } from '../finding.ts';
import { sameMembers } from '../read-plan.ts';

/**
 * Holds when the plan is one of the program, its sessions can be read (ids known and unique, therapists and attendees as the kind of
 * service asks), end a service's minutes after their start, lie within the horizon, not before `notBefore` unless they stand in a
 * booking's place, and belong to a care item of each attendee that is active in that week, inside the stay. The last three are not asked
 * of facts. Amount: 1 for each.
 */
export function* planShape(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [...ctx.malformed];
  for (const held of ctx.planned) {
    yield;
    const problems = [endProblem(held), bookingProblem(ctx, held), ...(held.fact ? [] : placeProblems(ctx, held))];
    for (const problem of problems) {
      if (problem === undefined) continue;
      findings.push({
        rule: 'plan-shape',
        entities: [held.id, ...(problem.person ? [problem.person] : [])],
        amount: 1,
        message: problem.text,
      });
    }
  }
  return findings;
}

interface Problem {
  text: string;
  person?: string;
}

function endProblem({ id, session, end }: Held): Problem | undefined {
  const said: unknown = session?.end;
  if (typeof said === 'string' && minuteFromIso(said) === end) return undefined;
  return { text: `session ${id} does not end its service's minutes after its start` };
}

/**
 * A booking of the horizon stands for a session of its own service, owner and (groups apart) attendees; ids are unique, so for one.
 * Facts and locked ones: see `kept-booking`.
 */
function bookingProblem(ctx: Context, held: Held): Problem | undefined {
  const { id, booking } = held;
  if (booking === undefined) return undefined;
  const start = minuteFromIso(booking.start) ?? NaN;
  if (!(start >= ctx.horizon.startMinute && start < ctx.horizon.endMinute)) return { text: `booking ${id} is not of the horizon` };
  if (booking.state !== 'movable') return undefined;
  const same = held.service.id === booking.service && held.couple?.id === booking.couple && held.group?.id === booking.group;
  if (same && (held.group !== undefined || sameMembers(held.attendees, booking.attendees))) return undefined;
  return { text: `session ${id} is of another service, owner or attendee than its booking` };
}

function placeProblems(ctx: Context, held: Held): Problem[] {
  const problems: Problem[] = [];
  const { startMinute, endMinute, notBefore = -Infinity } = ctx.horizon;
  if (held.start < startMinute || held.end > endMinute) problems.push({ text: `session ${held.id} does not lie within the horizon` });
  if (held.start < notBefore && isNew(held)) problems.push({ text: `session ${held.id} is planned before the earliest time` });
  for (const person of held.attendees) {
    const entry = ctx.partners.get(person);
    if (entry === undefined) continue;
    const { day } = ctx.local(entry.partner, held.start);
    const inStay = entry.stay.from <= day && day <= entry.stay.to;
    if (!inStay) problems.push({ text: `session ${held.id} is not inside the stay of ${person}`, person });
    else if (!itemOf(ctx, held, person)) problems.push({ text: `session ${held.id} belongs to no care item of ${person}`, person });
  }
  return problems;
}

/** Whether a session plans anything: it stands in no booking's place, or elsewhere, or with further attendees or other therapists. */
function isNew({ booking, start, therapists, attendees }: Held): boolean {
  if (booking === undefined || minuteFromIso(booking.start) !== start) return true;
  return !sameMembers(therapists, booking.therapists) || !attendees.every((id) => booking.attendees.includes(id));
}
