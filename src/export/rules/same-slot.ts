import { addChoice, ownerId, type Choice } from '../choices.ts';
import { eachHousehold, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import type { Household } from '../../model/problem.ts';
import { usedDate } from './care.ts';
import { groupBy } from './cliques.ts';
import { chargedUnits } from './quarters.ts';

/** `same-slot`: sessions of a week beyond those of the week before at the same weekday and time, where that week has any. */
export function addSameSlot(formulation: Formulation): void {
  if (formulation.problem.weights.sameSlot === 0) return;
  eachHousehold(formulation, (household, choices) => {
    household.roles.forEach((_, role) => {
      addRole(
        formulation,
        household,
        role,
        choices.filter((choice) => choice.role === role && choice.counts === 1 && choice.present !== 0 && !choice.history),
      );
    });
  });
}

function addRole(formulation: Formulation, household: Household, role: number, choices: readonly Choice[]): void {
  const { model, compiled, problem } = formulation;
  const { week: weeks, slot: slots } = household.candidates;
  const { owner, service } = household.roles[role]!;
  const name = [model.names.id(ownerId(compiled, household, owner)), model.names.id(compiled.program.services[service]!.id)];
  const byWeek = groupBy(choices, ({ row }) => weeks[row]!);
  const past = (week: number, slot?: number): number =>
    household.pastSlots.filter((each) => each.role === role && each.week === week && (slot === undefined || each.slot === slot)).length;
  const count = (list: readonly Choice[]): Load => {
    const load = new Load();
    for (const choice of list) addChoice(load, choice);
    return load;
  };
  for (const [week, list] of byWeek) {
    const before = byWeek.get(week - 1) ?? [];
    if (week < 1 || week > problem.weekCount || before.length + past(week - 1) === 0) continue;
    const any = past(week - 1) > 0 ? new Load().stand(1, true) : usedDate(formulation, before, [...name, 'week', week - 1]);
    for (const [slot, here] of groupBy(list, ({ row }) => slots[row]!)) {
      const matching = count(before.filter(({ row }) => slots[row] === slot));
      // Sessions before the horizon in this week come first and match first; they are not charged.
      const free = past(week, slot) === 0 ? past(week - 1, slot) : Math.max(0, past(week - 1, slot) - past(week, slot));
      matching.stand(free, true);
      const units = chargedUnits(model, ['same_slot', ...name, week, slot], problem.weights.sameSlot, false);
      const load = count(here).addLoad(matching, -1).addLoad(any, here.length).add(units, -1);
      model.atMost(['same_slot', ...name, week, slot], load, here.length);
    }
  }
}
