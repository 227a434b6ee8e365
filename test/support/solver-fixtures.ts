import type { DayTable, TherapistModel } from '../../src/model/problem.ts';
import { serverOf } from '../../src/solver/household/options.ts';
import type { HouseholdPlan } from '../../src/solver/household/request.ts';
import { againstItself } from '../../src/solver/against-itself.ts';
import type { Ledger } from '../../src/solver/ledger.ts';
import type { Compiled } from '../../src/model/compile.ts';
import { bare, clock, compiled, householdOf } from './model-fixtures.ts';
import { item, type Parts } from './verify-fixtures.ts';

/** Dates of a clock that is the horizon's, without changes: date d starts at minute 1440 d. */
export function plainDays(dates: number): DayTable {
  return { first: -2, starts: Int32Array.from({ length: dates + 6 }, (_, index) => (index - 2) * 1440) };
}

/** A therapist of a week of 7 dates without limits or past. */
export function therapistModel(over: Partial<TherapistModel> = {}): TherapistModel {
  return {
    days: plainDays(14),
    availableMinutes: Float64Array.of(0, 600, 600),
    missedMinutes: new Float64Array(3),
    dailyMinutes: Infinity,
    weeklyMinutes: Infinity,
    caseload: Infinity,
    runMinutes: Infinity,
    runBreak: 0,
    past: new Int32Array(0),
    ...over,
  };
}

/**
 * A household's plan of the candidates named by role, start and therapist id (none for a seat at a meeting), such as `0 mon 10:00 ta`. Roles
 * that keep one therapist or group have that of their sessions.
 */
export function planFor(all: Compiled, index: number, names: readonly string[]): HouseholdPlan {
  const { candidates, roles } = householdOf(all, index);
  const rowOf = (name: string): number => {
    for (let row = 0; row < candidates.count; row++) if (nameOf(all, index, row) === name) return row;
    throw new Error(`no candidate ${name}`);
  };
  const rows = names.map(rowOf).sort((x, y) => x - y);
  const choice = new Int32Array(roles.length).fill(-1);
  for (const row of rows) {
    const role = candidates.role[row]!;
    if (roles[role]!.continuity === 'strict') choice[role] = serverOf(all.problem, householdOf(all, index), row);
  }
  return { rows, choice, cost: 0, priced: 0 };
}

/**
 * Clients want one individual session each, always with the same therapist, on full hours; there is nobody else. Therapists `ta` (0) and
 * `tb` (1) are there all week.
 */
export function clientsOf(ids: readonly string[], change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { program, a, ta, tb } = parts;
    program.horizon.slotMinutes = 60;
    program.couples = [];
    program.therapists = [ta, tb];
    const care = [item('ind', { sessions: { min: 1, max: 1 }, continuity: 'strict' })];
    program.clients = ids.map((id) => ({ ...structuredClone(a), id, care: structuredClone(care) }));
    change(parts);
  });
}

/** The sessions of a household's plan as role, start and therapist id (none for a seat at a meeting), as `planFor` takes them. */
export function namesOf(all: Compiled, index: number, plan: HouseholdPlan | undefined): string[] | undefined {
  return plan?.rows.map((row) => nameOf(all, index, row));
}

function nameOf(all: Compiled, index: number, row: number): string {
  const { role, start, therapist } = householdOf(all, index).candidates;
  const holder = therapist[row]! < 0 ? '' : ` ${all.program.therapists[therapist[row]!]!.id}`;
  return `${role[row]} ${clock(start[row]!)}${holder}`;
}

/** All that a ledger holds, as it stands now. */
export function stateOf({ plans, leaders, closed, seats, cases, rosters, firm }: Ledger): unknown {
  return structuredClone({ plans, leaders, closed, seats, cases, firm, duties: rosters.map(({ duties }) => duties) });
}

/** Households whose plans do not stand beside the others', or by which a therapist has too many cases. */
export function invalid({ problem }: Compiled, ledger: Ledger): number[] {
  return problem.households.flatMap((household) => {
    const plan = ledger.plans[household.index];
    if (plan === undefined) return [];
    const overloaded = problem.therapists.some(
      ({ caseload }, therapist) =>
        ledger.cases[therapist]!.size > caseload && [0, 1, 2].some((owner) => ledger.cases[therapist]!.has(household.index * 3 + owner)),
    );
    return overloaded || againstItself(ledger, household, plan) >= 0 ? [household.index] : [];
  });
}
