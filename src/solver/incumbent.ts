import type { SearchContext } from './context.ts';
import { againstItself } from './against-itself.ts';
import type { HouseholdPlan } from './household/request.ts';
import { OPEN, overloads, SHUT, underfull, type Ledger } from './ledger.ts';
import { reopen } from './opening.ts';

/** Keeps the ledger's plans as the best ones if they are, and no group meets too often; tells whether it kept them. */
export function record(context: SearchContext, ledger: Ledger, cost: number): boolean {
  if ((context.best !== undefined && cost >= context.best.cost) || meetsTooOften(ledger)) return false;
  const { plans, leaders } = ledger.snapshot();
  context.best = { plans: plans as HouseholdPlan[], leaders, cost };
  return true;
}

/** Whether a group has more meetings in a week than it may: the search of one household does not see that. */
function meetsTooOften({ problem, seats }: Ledger): boolean {
  return problem.groups.some(({ meetings, weeklyCount }) => {
    if (weeklyCount === Infinity) return false;
    const held = new Float64Array(problem.weekCount + 1);
    for (const index of meetings) if (seats[index]!.size > 0 || problem.meetings[index]!.fixed) held[problem.meetings[index]!.week]! += 1;
    return held.some((count) => count > weeklyCount);
  });
}

/** Puts a plan in the place of a household's plan in the best one, where it fits among the others and is better. */
export function exchange(context: SearchContext, ledger: Ledger, index: number, plan: HouseholdPlan): void {
  if (context.best === undefined || plan.cost >= context.best.plans[index]!.cost) return;
  const { problem } = context;
  const household = problem.households[index]!;
  restore(ledger, context.best);
  ledger.remove(index);
  const meetings = [...new Set(plan.rows.map((row) => household.candidates.meeting[row]!))].filter((meeting) => meeting >= 0);
  if (reopen(problem, ledger, meetings).some((meeting) => ledger.seats[meeting]!.size > 0)) return;
  if (meetings.some((meeting) => ledger.closed[meeting] === SHUT)) return;
  if (overloads(ledger, household, plan)) return;
  ledger.place(index, plan);
  const full = ledger.seats.some((seats, meeting) => seats.size > problem.meetings[meeting]!.maxSeats);
  if (full || underfull(ledger).length > 0 || againstItself(ledger, household, plan) >= 0) return;
  record(context, ledger, ledger.cost());
}

/** Puts the best plans into an empty ledger. */
export function restore(ledger: Ledger, best: NonNullable<SearchContext['best']>): void {
  ledger.shutChoosing();
  best.plans.forEach((plan, index) => ledger.place(index, plan));
  best.leaders.forEach((option, meeting) => {
    if (option < 0 || ledger.problem.meetings[meeting]!.fixed) return;
    ledger.closed[meeting] = OPEN;
    if (ledger.leaders[meeting] === option) return;
    ledger.release(meeting);
    ledger.hold(meeting, option);
  });
}
