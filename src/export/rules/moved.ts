import { addChoice, type Choice } from '../choices.ts';
import { heldLoad, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import type { GroupModel, Household, MovableRole } from '../../model/problem.ts';
import { serverName } from './continuity.ts';

/** `moved-session`: movable bookings that keep their place cost nothing; sessions elsewhere stand for others, which are moved; the rest is cancelled. */
export function addMoved(formulation: Formulation): void {
  const { problem, choices } = formulation;
  if (problem.weights.movedSession === 0) return;
  problem.households.forEach((household, index) => {
    for (const movable of household.movable) addMovableRole(formulation, household, movable, choices[index]!);
  });
  problem.groups.forEach((group, index) => {
    if (group.movable.length > 0) addMovableMeetings(formulation, group, index);
  });
}

/** What the candidates' own cost holds of `moved-session`, by row: the model counts bookings apart. */
export function savedByRow({ movable }: Household): Map<number, number> {
  return new Map(
    movable.flatMap(({ bookings }) => bookings.flatMap(({ candidate, saved }) => (candidate < 0 ? [] : [[candidate, saved] as const]))),
  );
}

function addMovableRole(
  { model, compiled }: Formulation,
  household: Household,
  { role, bookings }: MovableRole,
  choices: readonly Choice[],
): void {
  const service = compiled.program.services[household.roles[role]!.service]!.id;
  const persons = compiled.households[household.index]!;
  const name = [model.names.id(persons.couple ?? persons.persons[0]!), role, model.names.id(service)];
  const unmatched = new Load();
  bookings.forEach(({ candidate, saved, cancelled }, index) => {
    model.charge(new Load().stand(1, false), cancelled);
    const moved = model.continuous(['moved', ...name, index], 1);
    model.chargeVariable(moved, saved - cancelled);
    const placed = new Load().add(moved);
    if (candidate >= 0) {
      const kept = new Load();
      addChoice(kept, choices[candidate]!);
      model.charge(kept, -cancelled);
      placed.addLoad(kept);
    }
    model.atMost(['moved_session', ...name, index], placed, 1);
    unmatched.addLoad(placed);
  });
  for (const choice of choices) if (choice.role === role && choice.variable >= 0) addChoice(unmatched, choice, -1);
  model.atMost(['moved_session', ...name], unmatched, 0);
}

/** A booking whose meeting is held stays, with its leaders or others; a further meeting takes the place of one whose meeting is not. */
function addMovableMeetings(formulation: Formulation, group: GroupModel, index: number): void {
  const { model, problem, leaders } = formulation;
  const name = [serverName(formulation, { kind: 'group' }, index)];
  const own = new Set(group.movable.map(({ meeting }) => meeting));
  const others = new Load();
  for (const meeting of group.meetings)
    if (!own.has(meeting) && !problem.meetings[meeting]!.fixed) others.addLoad(heldLoad(formulation, meeting), -1);
  group.movable.forEach(({ meeting, moved, cancelled }, at) => {
    model.charge(new Load().stand(1, false), cancelled);
    const elsewhere = model.continuous(['moved', ...name, at], 1);
    model.chargeVariable(elsewhere, moved - cancelled);
    others.add(elsewhere);
    if (meeting < 0) return;
    const held = heldLoad(formulation, meeting);
    model.charge(held, moved - cancelled);
    const kept = problem.meetings[meeting]!.keptCost > 0 ? leaders[meeting]![0] : undefined;
    if (kept !== undefined) model.chargeVariable(kept, -moved);
    model.atMost(['moved_session', ...name, at], held.add(elsewhere), 1);
  });
  model.atMost(['moved_session', ...name], others, 0);
}
