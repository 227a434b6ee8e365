import { addChoice, dateName, timeName, type Choice } from '../choices.ts';
import { eachHousehold, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { midnightOf, type Frame } from '../../model/frame.ts';
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
    const portions = present.flatMap((choice) => portionsOf(compiled.frame, choice));
    for (const [date, list] of groupBy(portions, ({ days }) => days[2])) {
      const minutes =
        household.together === 'simultaneous' ? aloneMinutes(formulation, household, list) : bothMinutes(formulation, household, list);
      if (minutes.terms.size + minutes.constant === 0) continue;
      const couple = model.names.id(compiled.households[household.index]!.couple!);
      chargeQuarters(model, ['together', couple, dateName(compiled.frame, date)], minutes, problem.weights.together);
    }
  });
}

/** A session's minutes date by date. */
function portionsOf(frame: Frame, choice: Choice): Choice[] {
  const midnight = midnightOf(frame, choice.days[2] + 1);
  if (choice.end <= midnight) return [choice];
  const [first, second, day] = choice.days;
  return [
    { ...choice, end: midnight },
    { ...choice, start: midnight, days: [first, second, day + 1] },
  ];
}

function overlap(a: Choice, b: Choice): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}

function minutesVariable({ model, compiled }: Formulation, household: Household, { start, end, present }: Choice): number {
  const person = model.names.id(compiled.households[household.index]!.persons[present === 2 ? 1 : 0]!);
  return model.continuous(['minutes', person, timeName(compiled.frame, start)], end - start);
}

/** Sessions that are alike but for the therapist; of those that may be chosen, one is at most. */
function alike(list: readonly Choice[]): Choice[][] {
  return [
    ...groupBy(list, ({ start, end, present, meeting, variable, row }) =>
      [start, end, present, meeting, variable < 0 ? row : ''].join(),
    ).values(),
  ];
}

/** Minutes of individual sessions less those that sessions of the other partner, which do not overlap each other, cover. */
function aloneMinutes(formulation: Formulation, household: Household, list: readonly Choice[]): Load {
  const { model } = formulation;
  const sum = new Load();
  const individual = list.filter(({ present, role }) => present !== 3 && household.roles[role]!.kind === 'individual');
  for (const same of alike(individual)) {
    const [own] = same as [Choice];
    const minutes = minutesVariable(formulation, household, own);
    const load = new Load().add(minutes, -1);
    for (const choice of same) addChoice(load, choice, own.end - own.start);
    for (const other of list) {
      if ((other.present & ~own.present) !== 0 && overlap(own, other) > 0) addChoice(load, other, -overlap(own, other));
    }
    model.atMost(['together', model.nameOf(minutes)], load, 0);
    sum.add(minutes);
  }
  return sum;
}

/** Minutes of the first partner's sessions that other sessions of the second overlap. */
function bothMinutes(formulation: Formulation, household: Household, list: readonly Choice[]): Load {
  const { model } = formulation;
  const sum = new Load();
  for (const same of alike(list.filter(({ present }) => present === 1))) {
    const [own] = same as [Choice];
    const apart = (other: Choice): boolean => other.present === 2 && !(other.meeting >= 0 && other.meeting === own.meeting);
    const others = list.filter((other) => apart(other) && overlap(own, other) > 0);
    if (others.length === 0) continue;
    const minutes = minutesVariable(formulation, household, own);
    const length = own.end - own.start;
    const load = new Load().add(minutes, -1);
    for (const choice of same) addChoice(load, choice, length);
    for (const other of others) addChoice(load, other, overlap(own, other));
    model.atMost(['together', model.nameOf(minutes)], load, length);
    sum.add(minutes);
  }
  return sum;
}
