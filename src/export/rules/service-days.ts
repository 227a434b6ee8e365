import { addChoice, dateName, ownerId, type Choice } from '../choices.ts';
import { eachHousehold, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { weekOf } from '../../model/frame.ts';
import type { Household, HourTables } from '../../model/problem.ts';
import { usedDate } from './care.ts';
import { groupBy } from './cliques.ts';
import { addFreeDays, type PersonDate } from './free-days.ts';
import { chargedUnits } from './quarters.ts';

/** `service-days`, `few-days` and `free-days`: which dates of each person have sessions, and enough of them. */
export function addServiceDays(formulation: Formulation): void {
  eachHousehold(formulation, (household, choices) => {
    household.persons.forEach(({ hours }, person) => {
      const id = formulation.model.names.id(ownerId(formulation.compiled, household, person));
      const attended = choices.filter(({ present }) => (present & (1 << person)) !== 0);
      const dates = datesOf(
        formulation,
        household,
        hours,
        groupBy(attended, ({ days }) => days[person as 0 | 1]),
        id,
      );
      addDayLimits(formulation, hours, dates, id);
      addFreeDays(formulation, household, hours, dates, id);
    });
  });
}

function datesOf(
  formulation: Formulation,
  household: Household,
  hours: HourTables,
  byDate: ReadonlyMap<number, readonly Choice[]>,
  id: string,
): PersonDate[] {
  const { model, compiled } = formulation;
  const gapsMatter = hours.maxFreeDays.some((most) => most < Infinity);
  const dates: PersonDate[] = [];
  for (const [date, choices] of [...byDate].sort(([a], [b]) => a - b)) {
    const week = weekOf(compiled.frame, date);
    if (week < 1 || week >= hours.daysMin.length) continue;
    const name = [id, dateName(compiled.frame, date)];
    const sessions = new Load();
    const credit = new Load();
    for (const choice of choices) {
      addChoice(sessions, choice);
      addChoice(credit, choice, household.roles[choice.role]!.credit);
    }
    const used = usedDate(formulation, choices, name);
    const minutes = hours.serviceMinutes[week]!;
    const matters = gapsMatter || hours.daysMin[week]! > 0;
    const service = matters ? serviceDay(formulation, sessions, credit, minutes, gapsMatter, name) : new Load();
    if (hours.lesserForbidden[week] === 1 && sessions.facts === 0) {
      model.atLeast(['service_days', ...name, 'lesser'], new Load().addLoad(credit).addLoad(used, -minutes), 0);
    }
    dates.push({ date, week, used, service });
  }
  return dates;
}

/** Whether the credited minutes reach `minutes`; a variable that may be 1 only then and, where `exact`, must be. */
function serviceDay({ model }: Formulation, sessions: Load, credit: Load, minutes: number, exact: boolean, name: readonly string[]): Load {
  if (credit.constant >= minutes) return new Load().stand(1, credit.facts >= minutes);
  const service = model.binary(['service_day', ...name]);
  model.atLeast(['service_day', ...name, 'min'], new Load().addLoad(credit).add(service, -minutes), 0);
  if (sessions.constant === 0) model.atMost(['service_day', ...name, 'any'], new Load().add(service).addLoad(sessions, -1), 0);
  if (!exact) return new Load().add(service);
  let most = 0;
  for (const [variable, credited] of credit.terms) {
    most += credited;
    if (credited + credit.constant >= minutes) model.atMost(['service_day', ...name, 'one'], new Load().add(variable).add(service, -1), 0);
  }
  const beyond = most + credit.constant - (minutes - 1);
  if (beyond > 0) model.atMost(['service_day', ...name, 'max'], new Load().addLoad(credit).add(service, -beyond), minutes - 1);
  return new Load().add(service);
}

function addDayLimits({ model, problem }: Formulation, hours: HourTables, dates: readonly PersonDate[], id: string): void {
  const byWeek = groupBy(dates, ({ week }) => week);
  for (let week = 1; week <= problem.weekCount; week++) {
    const used = new Load();
    const service = new Load();
    for (const each of byWeek.get(week) ?? []) {
      used.addLoad(each.used);
      service.addLoad(each.service);
    }
    model.atLeast(['service_days', id, week, 'min'], service, hours.daysMin[week]!);
    if (hours.daysMax[week]! < Infinity) model.limit(['service_days', id, week, 'max'], used, hours.daysMax[week]!);
    const few = hours.fewFrom[week]!;
    if (few < 0 || problem.weights.fewDays === 0 || used.terms.size + used.constant <= few) continue;
    const units = chargedUnits(model, ['few_days', id, week], problem.weights.fewDays, false);
    model.atMost(['few_days', id, week], used.add(units, -1), few);
  }
}
