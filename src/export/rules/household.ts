import { addChoice, timeName, type Choice } from '../choices.ts';
import { eachHousehold, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { covers, holds } from '../../model/frame.ts';
import type { Household } from '../../model/problem.ts';
import { groupBy } from './cliques.ts';

/** `household-rooms` and `household-childcare`, `group-pairing`, and of `joint-gate` what concerns group meetings. */
export function addHouseholdRules(formulation: Formulation): void {
  eachHousehold(formulation, (household, choices) => {
    if (household.persons.length < 2) return;
    addSeparateSessions(formulation, household, choices);
    addSharedMeetings(formulation, household, choices);
  });
}

function householdName({ model, compiled }: Formulation, { index }: Household): string {
  const { couple, persons } = compiled.households[index]!;
  return model.names.id(couple ?? persons[0]!);
}

/** A session of one partner, and those of the other that have begun by then and are not over: at most one where they must not be at once. */
function addSeparateSessions(formulation: Formulation, household: Household, choices: readonly Choice[]): void {
  if (!household.oneRoom && !household.childcare) return;
  const { model, compiled } = formulation;
  for (const own of [1, 2]) {
    const others = choices.filter(({ persons }) => persons === 3 - own);
    const mine = choices.filter(({ persons }) => persons === own);
    const rivals = (choice: Choice): Choice[] =>
      others.filter((other) => other.start <= choice.start && choice.start < other.end && areExclusive(household, choice, other));
    const byRivals = groupBy(
      mine.map((choice) => ({ choice, against: rivals(choice) })).filter(({ against }) => against.length > 0),
      ({ choice, against }) => [choice.start, ...against.map((other) => others.indexOf(other))].join(),
    );
    for (const list of byRivals.values()) {
      const load = new Load();
      for (const { choice } of list) addChoice(load, choice);
      for (const other of list[0]!.against) addChoice(load, other);
      const rule = household.oneRoom ? 'household_rooms' : 'household_childcare';
      model.limit([rule, householdName(formulation, household), timeName(compiled.frame, list[0]!.choice.start)], load, 1);
    }
  }
}

/** Whether the room or the children forbid two separate sessions that overlap, where both partners are when the overlap begins. */
function areExclusive(household: Household, a: Choice, b: Choice): boolean {
  if (a.meeting >= 0 && a.meeting === b.meeting) return false;
  const from = Math.max(a.start, b.start);
  const to = Math.min(a.end, b.end);
  if (from >= to || !holds(household.coLocated, from)) return false;
  return household.oneRoom || !covers(household.covered, from, to);
}

/** Partners at one meeting: never both where they must be apart, and none without the other where they go together. */
function addSharedMeetings(formulation: Formulation, household: Household, choices: readonly Choice[]): void {
  const { model, compiled, problem } = formulation;
  const { pairable, apart } = household.candidates;
  const seats = choices.filter(({ meeting, fact }) => meeting >= 0 && !fact);
  for (const [meeting, list] of groupBy(seats, (choice) => choice.meeting)) {
    const group = model.names.id(compiled.program.groups[problem.meetings[meeting]!.group]!.id);
    const name = [householdName(formulation, household), group, timeName(compiled.frame, list[0]!.start)];
    if (list.length === 2 && list.some(({ row }) => apart[row] === 1)) {
      const both = new Load();
      for (const seat of list) addChoice(both, seat);
      model.atMost(['group_pairing', ...name, 'apart'], both, 1);
    }
    for (const seat of list.filter(({ row }) => pairable[row] === 1)) {
      const load = new Load();
      addChoice(load, seat);
      for (const other of list) if (other !== seat) addChoice(load, other, -1);
      model.atMost(['group_pairing', ...name, seat.persons], load, 0);
    }
  }
}
