import type { DayTable, TherapistModel } from '../../src/model/problem.ts';
import type { HouseholdPlan } from '../../src/solver/household/request.ts';
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

/** A household's plan of the candidates named by role, start and therapist id (none for a seat at a meeting), such as `0 mon 10:00 ta`. */
export function planFor(all: Compiled, index: number, names: readonly string[]): HouseholdPlan {
  const { candidates, roles } = householdOf(all, index);
  const rowOf = (name: string): number => {
    for (let row = 0; row < candidates.count; row++) if (nameOf(all, index, row) === name) return row;
    throw new Error(`no candidate ${name}`);
  };
  const rows = names.map(rowOf).sort((x, y) => x - y);
  return { rows, choice: new Int32Array(roles.length).fill(-1), cost: 0, priced: 0 };
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
