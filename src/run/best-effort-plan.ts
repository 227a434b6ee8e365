import type { Plan, Session } from '../domain/plan.ts';
import type { ParsedProgram } from '../domain/program.ts';
import type { Steps } from '../domain/steps.ts';
import type { HardRule } from '../domain/weights.ts';
import type { Compiled } from '../model/compile.ts';
import { forcedRows, type Ledger } from '../solver/ledger.ts';
import { isoFromMinute } from '../time/instant.ts';
import type { Setting } from '../verify/context.ts';
import { heldOfBooking } from '../verify/read-plan.ts';
import type { Judge } from '../verify/verify.ts';
import { judged, judgedPlan, type Judged } from './clerk.ts';

/** Rules that a best effort may miss. */
const MINIMUMS: ReadonlySet<HardRule> = new Set<HardRule>(['weekly-minimum', 'service-days', 'care-frequency']);

/** The plan in which nothing but what has to stand does: facts and locked bookings, nobody joining locked meetings. */
export function* standingPlan(judge: Judge): Steps<Judged> {
  return yield* judged(judge, yield* standingSessions(judge.setting));
}

function* standingSessions({ catalogue, horizon }: Setting): Steps<Session[]> {
  const sessions: Session[] = [];
  for (const booking of catalogue.bookings.values()) {
    yield;
    const held = booking.state === 'movable' ? undefined : heldOfBooking(booking, catalogue, false);
    if (held === undefined || held.start < horizon.startMinute || held.start >= horizon.endMinute) continue;
    const { id, service, couple, group } = booking;
    sessions.push({
      id,
      service,
      start: isoFromMinute(held.start),
      end: isoFromMinute(held.end),
      therapists: [...booking.therapists].sort(),
      attendees: [...booking.attendees].sort(),
      ...(couple === undefined ? {} : { couple }),
      ...(group === undefined ? {} : { group }),
      booking: id,
    });
  }
  return sessions.sort((a, b) => compare(a.start, b.start) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Households whose bookings lie too far apart, unless there are sessions between. */
export function stretchedHouseholds(compiled: Compiled, standing: Judged): Set<number> {
  const named = new Set(standing.violations.flatMap(({ rule, entities }) => (rule === 'free-days' ? entities : [])));
  return new Set(compiled.households.flatMap(({ persons }, index) => (persons.some((id) => named.has(id)) ? [index] : [])));
}

/** The plan of a ledger; households by which it breaks a rule other than a minimum are taken out until it does not. */
export function* soundPlan(judge: Judge, compiled: Compiled, ledger: Ledger): Steps<Plan> {
  for (;;) {
    const rows = ledger.plans.map((plan, index) => plan?.rows ?? forcedRows(compiled.problem.households[index]!));
    const all = yield* judgedPlan(judge, compiled, { rows, leaders: ledger.leaders });
    const broken = brokenBy(compiled, all).filter((index) => ledger.plans[index] !== undefined);
    if (broken.length === 0) return all.plan;
    for (const index of broken) ledger.remove(index);
    yield;
  }
}

/**
 * Households that a plan's violations, other than of minimums, name by a session or by themselves; where these name only a therapist
 * or group, those of the last session with them that is no booking.
 */
function brokenBy(compiled: Compiled, { plan, violations }: Judged): number[] {
  const named = new Set(violations.filter(({ rule }) => !MINIMUMS.has(rule)).flatMap(({ entities }) => entities));
  if (named.size === 0) return [];
  const persons = new Set(plan.sessions.filter((session) => named.has(session.id)).flatMap((session) => session.attendees));
  const concerned = (id: string | undefined): boolean => id !== undefined && (named.has(id) || persons.has(id));
  const households = compiled.households.flatMap((each, index) => (concerned(each.couple) || each.persons.some(concerned) ? [index] : []));
  if (households.length > 0) return households;
  const uses = ({ group, therapists }: Session): boolean =>
    (group !== undefined && named.has(group)) || therapists.some((id) => named.has(id));
  const last = plan.sessions.filter((session) => session.booking === undefined && uses(session)).at(-1);
  return compiled.households.flatMap(({ persons: own }, index) => (own.some((id) => last?.attendees.includes(id) === true) ? [index] : []));
}

/** How many households and clients a program has. */
export function householdCount({ couples, clients }: ParsedProgram): number {
  return couples.length + clients.length;
}
