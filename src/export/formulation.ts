import type { Compiled } from '../model/compile.ts';
import type { Household, Problem } from '../model/problem.ts';
import { addChoice, choicesOf, timeName, type Choice } from './choices.ts';
import { Load } from './linear-model.ts';
import { ModelBuilder } from './model-builder.ts';

/** What the families of rules share: the builder, and the variables that say which sessions are held and who leads. */
export interface Formulation {
  model: ModelBuilder;
  compiled: Compiled;
  problem: Problem;
  /** Per household: see `choicesOf`. */
  choices: Choice[][];
  /** Per meeting and option of leaders: its variable; empty for meetings that stand. */
  leaders: number[][];
  /** Per therapist: what takes the therapist's time. */
  duties: Duty[][];
}

/** A session or meeting in a therapist's time. */
export interface Duty {
  start: number;
  end: number;
  buffer: number;
  /** Whether it takes place: 0 or 1. */
  load: Load;
  /** Whether a missed session; before the horizon. */
  missed: boolean;
  history: boolean;
}

export function formulate(compiled: Compiled): Formulation {
  const model = new ModelBuilder();
  const { problem } = compiled;
  const choices = problem.households.map((household) => choicesOf(model, compiled, household));
  const leaders = problem.meetings.map((_, meeting) => leaderVariables(model, compiled, meeting));
  const formulation = { model, compiled, problem, choices, leaders, duties: [] };
  return { ...formulation, duties: dutiesOf(formulation) };
}

function leaderVariables(model: ModelBuilder, { program, problem, frame }: Compiled, index: number): number[] {
  const { fixed, options, group, start } = problem.meetings[index]!;
  if (fixed) return [];
  const meeting = ['leads', model.names.id(program.groups[group]!.id), timeName(frame, start)];
  return options.map((option) => model.binary([...meeting, ...option.map((each) => model.names.id(program.therapists[each]!.id))]));
}

/** Whether a meeting is held. */
export function heldLoad({ problem, leaders }: Formulation, meeting: number): Load {
  const load = new Load();
  const { fixed, fact } = problem.meetings[meeting]!;
  if (fixed) load.stand(1, fact);
  for (const variable of leaders[meeting]!) load.add(variable);
  return load;
}

function dutiesOf(formulation: Formulation): Duty[][] {
  const { problem, compiled, choices } = formulation;
  const duties = problem.therapists.map(({ past }): Duty[] =>
    Array.from({ length: past.length / 3 }, (_, at) => {
      const [start, end, buffer] = past.subarray(3 * at) as unknown as [number, number, number];
      return { start, end, buffer, load: new Load().stand(1, true), missed: false, history: true };
    }),
  );
  problem.households.forEach((household, index) => {
    for (const choice of choices[index]!) {
      if (choice.history || choice.therapist < 0) continue;
      const load = new Load();
      addChoice(load, choice);
      const { start, end } = choice;
      const missed = isMissed(compiled, household.candidates.booking[choice.row]!);
      duties[choice.therapist]!.push({ start, end, buffer: household.roles[choice.role]!.buffer, load, missed, history: false });
    }
  });
  problem.meetings.forEach((_, meeting) => addLeading(formulation, duties, meeting));
  for (const list of duties) list.sort((a, b) => a.start - b.start || a.end - b.end);
  return duties;
}

function addLeading({ problem, compiled, leaders }: Formulation, duties: Duty[][], index: number): void {
  const { start, end, buffer, options, fixed, fact, booking } = problem.meetings[index]!;
  const byTherapist = new Map<number, Load>();
  options.forEach((option, at) => {
    for (const therapist of option) {
      const load = byTherapist.get(therapist) ?? new Load();
      byTherapist.set(therapist, fixed ? load.stand(1, fact) : load.add(leaders[index]![at]!));
    }
  });
  for (const [therapist, load] of byTherapist)
    duties[therapist]!.push({ start, end, buffer, load, missed: isMissed(compiled, booking), history: false });
}

function isMissed({ program }: Compiled, booking: number): boolean {
  return booking >= 0 && program.bookings[booking]!.state === 'missed';
}

/** What each household's rules are told: the household, its choices, and the formulation. */
export function eachHousehold(formulation: Formulation, tell: (household: Household, choices: readonly Choice[]) => void): void {
  formulation.problem.households.forEach((household, index) => {
    tell(household, formulation.choices[index]!);
  });
}
