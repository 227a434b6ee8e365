import { parseProgram } from '../domain/parse.ts';
import type { Plan } from '../domain/plan.ts';
import type { Program } from '../domain/program.ts';
import { InvalidProgramError } from '../errors.ts';
import { compile, type Compiled } from '../model/compile.ts';
import { planOf } from '../plan-of.ts';
import { formulate, type Formulation } from './formulation.ts';
import type { LinearModel } from './linear-model.ts';
import { addAuthorizations } from './rules/authorizations.ts';
import { addCare } from './rules/care.ts';
import { addCompactDays } from './rules/compact-days.ts';
import { addContinuity } from './rules/continuity.ts';
import { addGroups } from './rules/groups.ts';
import { addHours } from './rules/hours.ts';
import { addHouseholdRules } from './rules/household.ts';
import { addJointSpacing } from './rules/joint-spacing.ts';
import { addMoved } from './rules/moved.ts';
import { addOverlap } from './rules/overlap.ts';
import { addRoles } from './rules/roles.ts';
import { addRuns } from './rules/runs.ts';
import { addSameSlot } from './rules/same-slot.ts';
import { addServiceDays } from './rules/service-days.ts';
import { addSessionCosts } from './rules/session-costs.ts';
import { addTherapistLimits } from './rules/therapists.ts';
import { addTogether } from './rules/together.ts';
import { checkedValues, type SolutionValues } from './solution.ts';

/**
 * A program as a mixed-integer linear program, to be minimised. Rules about a single session (`availability`, `qualified`, `authority`
 * and the like) say which sessions there are variables for; every other rule is a family of rows or costs.
 */
export interface ExportedModel extends LinearModel {
  /**
   * Whether the model holds every plan on the grid. False where availability runs through the night on several clocks of a household, so
   * that no hour separates its dates and some sessions were left out: its optimum is then the score of a plan, but not a bound.
   */
  readonly complete: boolean;
  /** See `readSolution`. */
  readonly planOf: (values: SolutionValues) => Plan;
}

/**
 * The program as a model to be minimised, for engines of any kind: write it with `toMps` or `toLp`, and read the answer with
 * `readSolution`. Its optimum is the best score that a plan on the grid has, and it has no solution where there is no such plan. The
 * same program and tzdata give the same model with the same names, so an answer may be read by another run. The program is not changed.
 *
 * @throws InvalidProgramError with all issues, where the program is not valid.
 */
export function exportModel(program: Program): ExportedModel {
  const parsed = parseProgram(program);
  if (!parsed.ok) throw new InvalidProgramError(parsed.issues);
  const steps = compile(parsed.program);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const formulation = withRules(formulate(step.value));
  const model = formulation.model.finish(parsed.program.id);
  return {
    ...model,
    complete: formulation.problem.households.every(({ exact }) => exact),
    planOf: (values) => chosenPlan(formulation, checkedValues(model, values)),
  };
}

/**
 * The plan that an engine's answer stands for, with minimums left `unmet` and clock changes as in plans of `schedule`. It is not
 * checked: call `verify`.
 *
 * @param values per name of a variable; those that are missing are 0, since engines often write no others. Integers may be off by 1e-6.
 * @throws InvalidSolutionError where a name is unknown, or a value is no number, no integer or out of its variable's bounds.
 */
export function readSolution(model: ExportedModel, values: SolutionValues): Plan {
  return model.planOf(values);
}

/** The plan of the variables that are 1. */
function chosenPlan({ compiled, problem, choices, leaders }: Formulation, values: readonly number[]): Plan {
  const rows = choices.map((list) =>
    list.flatMap(({ variable, row, history }) => (!history && (variable < 0 || values[variable] === 1) ? [row] : [])),
  );
  const held = problem.meetings.map(({ fixed }, meeting) =>
    fixed ? 0 : leaders[meeting]!.findIndex((variable) => values[variable] === 1),
  );
  return planOf(compiled, { rows, leaders: Int32Array.from(held) });
}

function withRules(formulation: Formulation): Formulation {
  addContradictions(formulation.compiled, formulation);
  addOverlap(formulation);
  addGroups(formulation);
  addCare(formulation);
  addHours(formulation);
  addServiceDays(formulation);
  addRoles(formulation, addContinuity(formulation));
  addTherapistLimits(formulation);
  addRuns(formulation);
  addHouseholdRules(formulation);
  addAuthorizations(formulation);
  addSessionCosts(formulation);
  addSameSlot(formulation);
  addTogether(formulation);
  addCompactDays(formulation);
  addJointSpacing(formulation);
  addMoved(formulation);
  return formulation;
}

/** Locked bookings that the rules do not let stand: there is no plan. */
function addContradictions({ contradictions, program }: Compiled, { model }: Formulation): void {
  for (const booking of contradictions) model.impossible(['kept_booking', model.names.id(program.bookings[booking]!.id)]);
}
