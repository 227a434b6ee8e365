import type { Household } from '../model/problem.ts';
import type { HouseholdPlan } from './household/request.ts';
import type { Ledger } from './ledger.ts';
import { NOONE } from './surroundings.ts';

/** Minutes within which limits of a date may stand in the way. */
const DAY = 1440;

/** A session of a placed plan whose therapist, or a meeting whose leaders, are needed elsewhere at that time; -1 where there is none. */
export function againstItself(ledger: Ledger, household: Household, plan: HouseholdPlan): number {
  const { candidates, roles } = household;
  for (const row of plan.rows) {
    if (candidates.forced[row] !== 0) continue;
    const meeting = candidates.meeting[row]!;
    if (meeting >= 0) {
      if (ledger.seats[meeting]!.size > ledger.problem.meetings[meeting]!.maxSeats) return row;
      if (!isLed(ledger, meeting)) return ownSessionOfLeader(ledger, household, plan, meeting) ?? row;
      continue;
    }
    const buffer = roles[candidates.role[row]!]!.buffer;
    const roster = ledger.rosters[candidates.therapist[row]!]!;
    if (roster.clashes(candidates.start[row]!, candidates.end[row]!, buffer, household.index).length > 0) return row;
    roster.remove(candidates.start[row]!, household.index);
    const over = roster.overLimit(candidates.start[row]!, candidates.end[row]!, buffer, NOONE);
    roster.add(candidates.start[row]!, candidates.end[row]!, buffer, household.index);
    if (over.length > 0) return row;
  }
  return -1;
}

/** A session of the plan with a therapist who could lead a meeting, on the same date. */
function ownSessionOfLeader({ problem }: Ledger, { candidates }: Household, plan: HouseholdPlan, index: number): number | undefined {
  const { options, start } = problem.meetings[index]!;
  const leaders = new Set(options.flat());
  return plan.rows.find(
    (row) => candidates.forced[row] === 0 && leaders.has(candidates.therapist[row]!) && Math.abs(candidates.start[row]! - start) < DAY,
  );
}

/** Whether the leaders of a held meeting suit all who attend and have the time. */
function isLed(ledger: Ledger, index: number): boolean {
  const meeting = ledger.problem.meetings[index]!;
  const option = ledger.leaders[index]!;
  if (meeting.fixed) return true;
  if (option < 0 || (ledger.commonOptions(index) & (1 << option)) === 0) return false;
  return ledger.freeOption(index, 1 << option) === option;
}
