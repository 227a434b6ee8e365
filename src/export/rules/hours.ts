import { addChoice, dateName, ownerId, type Choice } from '../choices.ts';
import { eachHousehold, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { weekOf } from '../../model/frame.ts';
import type { Household, HourTables } from '../../model/problem.ts';
import { blocksOf } from './care.ts';
import { groupBy } from './cliques.ts';
import { chargeQuarters } from './quarters.ts';

/** `weekly-minimum`, `weekly-maximum`, `daily-maximum` and `excess-minutes` of every person. */
export function addHours(formulation: Formulation): void {
  eachHousehold(formulation, (household, choices) => {
    household.persons.forEach(({ hours }, person) => {
      const id = formulation.model.names.id(ownerId(formulation.compiled, household, person));
      const own = choices.filter(({ persons }) => (persons & (1 << person)) !== 0);
      const attended = own.filter(({ present, history }) => (present & (1 << person)) !== 0 && !history);
      const byWeek = groupBy(attended, ({ days }) => weekOf(formulation.compiled.frame, days[person as 0 | 1]));
      addBlocks(formulation, household, hours, byWeek, id);
      addDailyMaximum(formulation, hours, person as 0 | 1, own, id);
      if (formulation.problem.weights.excessMinutes > 0) addExcess(formulation, household, hours, byWeek, id);
    });
  });
}

function addCredit(load: Load, household: Household, choices: readonly Choice[]): void {
  for (const choice of choices) addChoice(load, choice, household.roles[choice.role]!.credit);
}

function addBlocks(
  { model }: Formulation,
  household: Household,
  hours: HourTables,
  byWeek: ReadonlyMap<number, readonly Choice[]>,
  id: string,
): void {
  blocksOf(() => true, hours.minutesMin).forEach(({ first, last }, index) => {
    const load = new Load().stand(index === 0 ? hours.initialMinutes : 0, true);
    for (let week = first; week <= last; week++) addCredit(load, household, byWeek.get(week) ?? []);
    model.atLeast(['weekly_minimum', id, last], load, hours.minutesMin[last]!);
    if (hours.minutesMax[last]! < Infinity) model.limit(['weekly_maximum', id, last], load, hours.minutesMax[last]!);
  });
}

/** Clock minutes on each of the person's dates, missed sessions too. */
function addDailyMaximum(
  { model, compiled: { frame } }: Formulation,
  hours: HourTables,
  person: 0 | 1,
  own: readonly Choice[],
  id: string,
): void {
  for (const [date, choices] of groupBy(own, ({ days }) => days[person])) {
    const most = hours.dailyMax[weekOf(frame, date)] ?? Infinity;
    if (most === Infinity || choices.every(({ history }) => history)) continue;
    const load = new Load();
    for (const choice of choices) addChoice(load, choice, choice.end - choice.start);
    model.limit(['daily_maximum', id, dateName(frame, date)], load, most);
  }
}

/** Quarter hours, rounded up, above the minimum of each full week. */
function addExcess(
  { model, problem }: Formulation,
  household: Household,
  hours: HourTables,
  byWeek: ReadonlyMap<number, readonly Choice[]>,
  id: string,
): void {
  for (let week = 1; week <= problem.weekCount; week++) {
    const from = hours.excessFrom[week]!;
    if (from < 0) continue;
    const load = new Load().stand(week === 1 ? hours.initialWeekMinutes : 0, true);
    addCredit(load, household, byWeek.get(week) ?? []);
    chargeQuarters(model, ['excess_minutes', id, week], load.stand(-from, false), problem.weights.excessMinutes);
  }
}
