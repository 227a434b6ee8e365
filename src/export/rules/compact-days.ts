import { addChoice, dateName, ownerId, type Choice } from '../choices.ts';
import { eachHousehold, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { groupBy } from './cliques.ts';
import { chargeQuarters } from './quarters.ts';

/** Minutes between two sessions that are not charged. */
const PAUSE = 10;

/**
 * `compact-days`: from the first start to the last end of a person's date, less the sessions and a pause between each two. Both ends
 * are variables; where nothing is planned, the first start may lie after the last end.
 */
export function addCompactDays(formulation: Formulation): void {
  const { problem, compiled, model } = formulation;
  if (problem.weights.compactDays === 0) return;
  eachHousehold(formulation, (household, choices) => {
    household.persons.forEach((_, person) => {
      const id = model.names.id(ownerId(compiled, household, person));
      const attended = choices.filter(({ present, history }) => (present & (1 << person)) !== 0 && !history);
      for (const [date, list] of groupBy(attended, ({ days }) => days[person as 0 | 1])) {
        if (list.length > 1) addDate(formulation, [id, dateName(compiled.frame, date)], list);
      }
    });
  });
}

function addDate({ model, problem }: Formulation, name: readonly string[], list: readonly Choice[]): void {
  const from = Math.min(...list.map(({ start }) => start));
  const length = Math.max(...list.map(({ end }) => end)) - from;
  const first = model.continuous(['first', ...name], length);
  const last = model.continuous(['last', ...name], length);
  const waits = new Load().add(last).add(first, -1).stand(PAUSE, false);
  for (const choice of list) addChoice(waits, choice, -(choice.end - choice.start) - PAUSE);
  // Sessions that start (or end) at one time exclude each other, so that a row says it of all of them.
  for (const [start, load] of loadsBy(list, (choice) => choice.start)) {
    model.atMost(['compact_days', ...name, 'first'], load.scaled(length - (start - from)).add(first), length);
  }
  for (const [end, load] of loadsBy(list, (choice) => choice.end)) {
    model.atMost(['compact_days', ...name, 'last'], load.scaled(end - from).add(last, -1), 0);
  }
  chargeQuarters(model, ['compact_days', ...name], waits, problem.weights.compactDays);
}

/** Whether a session is chosen for each value of `keyOf`; sessions that end together overlap, so that one stands for each value. */
function loadsBy(list: readonly Choice[], keyOf: (choice: Choice) => number): Map<number, Load> {
  const loads = new Map<number, Load>();
  for (const [key, choices] of groupBy(list, keyOf)) {
    const load = new Load();
    if (choices.some(({ variable }) => variable < 0)) load.stand(1, false);
    else for (const choice of choices) addChoice(load, choice);
    loads.set(key, load);
  }
  return loads;
}
