import { addChoice, ownerId, timeName } from '../choices.ts';
import { eachHousehold, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { cliquesOf } from './cliques.ts';

/**
 * `no-overlap`: at each moment a person is in one session at most, and a therapist in one session or the buffer after it. One row per
 * clique of overlapping sessions, which is tighter than a row per pair.
 */
export function addOverlap(formulation: Formulation): void {
  const { model, compiled, problem, duties } = formulation;
  const { frame } = compiled;
  eachHousehold(formulation, (household, choices) => {
    household.persons.forEach((_, person) => {
      const id = model.names.id(ownerId(compiled, household, person));
      for (const clique of cliquesOf(choices.filter(({ persons }) => (persons & (1 << person)) !== 0))) {
        const load = new Load();
        for (const choice of clique) addChoice(load, choice);
        model.limit(['no_overlap', id, timeName(frame, clique.at(-1)!.start)], load, 1);
      }
    });
  });
  problem.therapists.forEach((_, therapist) => {
    const id = model.names.id(compiled.program.therapists[therapist]!.id);
    for (const clique of cliquesOf(duties[therapist]!.map((duty) => ({ start: duty.start, end: duty.end + duty.buffer, duty })))) {
      const load = new Load();
      for (const { duty } of clique) load.addLoad(duty.load);
      model.limit(['no_overlap', id, timeName(frame, clique.at(-1)!.start)], load, 1);
    }
  });
}
