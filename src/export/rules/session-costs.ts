import { addChoice } from '../choices.ts';
import { eachHousehold, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { savedByRow } from './moved.ts';

/** `preferred-times`: what each session costs by itself. */
export function addSessionCosts({ model, ...rest }: Formulation): void {
  eachHousehold({ model, ...rest }, (household, choices) => {
    const saved = savedByRow(household);
    for (const choice of choices) {
      if (choice.history) continue;
      const cost = household.candidates.cost[choice.row]! + (saved.get(choice.row) ?? 0);
      const load = new Load();
      addChoice(load, choice);
      if (cost !== 0) model.charge(load, cost);
    }
  });
}
