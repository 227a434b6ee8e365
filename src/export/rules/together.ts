import { addChoice, dateName, timeName, type Choice } from '../choices.ts';
import { eachHousehold, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import type { Household } from '../../model/problem.ts';
import { groupBy } from './cliques.ts';
import { chargeQuarters } from './quarters.ts';

/** `together`: per date of the horizon's clock, minutes against the couple's wish, in quarter hours rounded up. */
export function addTogether(formulation: Formulation): void {
  const { model, compiled, problem } = formulation;
  if (problem.weights.together === 0) return;
  eachHousehold(formulation, (household, choices) => {
    if (household.together === 'none') return;
    const present = choices.filter((choice) => choice.present !== 0 && !choice.history);
    for (const [date, list] of groupBy(present, ({ days }) => days[2])) {
      const minutes =
        household.together === 'simultaneous' ? aloneMinutes(formulation, household, list) : bothMinutes(formulation, household, list);
      if (minutes.terms.size + minutes.constant === 0) continue;
      const couple = model.names.id(compiled.households[household.index]!.couple!);
      chargeQuarters(model, ['together', couple, dateName(compiled.frame, date)], minutes, problem.weights.together);
    }
  });
}

function overlap(a: Choice, b: Choice): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}

function minutesVariable({ model, compiled }: Formulation, household: Household, choice: Choice): number {
  const person = model.names.id(compiled.households[household.index]!.persons[choice.present === 2 ? 1 : 0]!);
  return model.continuous(['minutes', person, timeName(compiled.frame, choice.start)], choice.end - choice.start);
}

/** Minutes of individual sessions less those that sessions of the other partner, which do not overlap each other, cover. */
function aloneMinutes(formulation: Formulation, household: Household, list: readonly Choice[]): Load {
  const sum = new Load();
  for (const own of list) {
    if (own.present === 3 || household.roles[own.role]!.kind !== 'individual') continue;
    const minutes = minutesVariable(formulation, household, own);
    const load = new Load().add(minutes, -1);
    addChoice(load, own, own.end - own.start);
    for (const other of list)
      if ((other.present & ~own.present) !== 0 && overlap(own, other) > 0) addChoice(load, other, -overlap(own, other));
    formulation.model.atMost(['together', formulation.model.nameOf(minutes)], load, 0);
    sum.add(minutes);
  }
  return sum;
}

/** Minutes of the first partner's sessions that other sessions of the second overlap. */
function bothMinutes(formulation: Formulation, household: Household, list: readonly Choice[]): Load {
  const sum = new Load();
  for (const own of list) {
    if (own.present !== 1) continue;
    const apart = (other: Choice): boolean => other.present === 2 && !(other.meeting >= 0 && other.meeting === own.meeting);
    const others = list.filter((other) => apart(other) && overlap(own, other) > 0);
    if (others.length === 0) continue;
    const minutes = minutesVariable(formulation, household, own);
    const length = own.end - own.start;
    const load = new Load().add(minutes, -1);
    addChoice(load, own, length);
    for (const other of others) addChoice(load, other, overlap(own, other));
    formulation.model.atMost(['together', formulation.model.nameOf(minutes)], load, length);
    sum.add(minutes);
  }
  return sum;
}
