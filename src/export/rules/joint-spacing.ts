import { addChoice, dateName, type Choice } from '../choices.ts';
import { eachHousehold, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { COUPLE, type Household } from '../../model/problem.ts';
import { usedDate } from './care.ts';
import { groupBy } from './cliques.ts';
import { chargedUnits } from './quarters.ts';

/** Dates from one joint session to the next that cost nothing, inclusive. */
const CLOSEST = 5;
const FARTHEST = 9;

/** `joint-spacing`: for two dates with joint sessions and none between them, dates nearer than 5 or farther than 9. */
export function addJointSpacing(formulation: Formulation): void {
  const { problem, model, compiled } = formulation;
  if (problem.weights.jointSpacing === 0) return;
  eachHousehold(formulation, (household, choices) => {
    const joint = choices.filter((choice) => household.roles[choice.role]!.owner === COUPLE && choice.counts === 1 && !choice.history);
    if (joint.length === 0) return;
    const couple = model.names.id(compiled.households[household.index]!.couple!);
    addCouple(formulation, household, joint, couple);
  });
}

function addCouple(formulation: Formulation, household: Household, joint: readonly Choice[], couple: string): void {
  const { problem, model, compiled } = formulation;
  const { jointSpacing } = problem.weights;
  const before = household.lastJointDay;
  const dates = [...groupBy(joint, ({ days }) => days[2])].sort(([a], [b]) => a - b);
  const used = dates.map(([date, list]) => {
    const sessions = new Load();
    for (const choice of list) addChoice(sessions, choice);
    const name = [couple, dateName(compiled.frame, date)];
    const any = usedDate(formulation, list, name);
    model.atMost(['date', ...name, 'any'], new Load().addLoad(any).addLoad(sessions, -1), 0);
    // Each session after the first of its date follows one of the same date; the first one follows a booking of the same date.
    model.charge(sessions, jointSpacing * CLOSEST);
    if (date !== before) model.charge(any, -jointSpacing * CLOSEST);
    return { date, any: date === before ? new Load().stand(1, true) : any };
  });
  if (before > -Infinity && used[0]?.date !== before) used.unshift({ date: before, any: new Load().stand(1, true) });
  used.forEach((first, at) => {
    const between = new Load();
    for (const last of used.slice(at + 1)) {
      const days = last.date - first.date;
      const units = Math.max(0, CLOSEST - days, days - FARTHEST);
      if (units > 0) {
        const name = ['joint_spacing', couple, dateName(compiled.frame, first.date), dateName(compiled.frame, last.date)];
        const follows = chargedUnits(model, name, jointSpacing * units, false);
        model.atMost(name, new Load().addLoad(first.any).addLoad(last.any).addLoad(between, -1).add(follows, -1), 1);
      }
      between.addLoad(last.any);
    }
  });
}
