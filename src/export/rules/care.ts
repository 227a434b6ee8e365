import { addChoice, dateName, ownerId, type Choice } from '../choices.ts';
import { eachHousehold, type Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { weekOf } from '../../model/frame.ts';
import type { Household, Item } from '../../model/problem.ts';
import { cliquesOf, groupBy } from './cliques.ts';

/** `care-frequency` and `care-spacing` of every care item. */
export function addCare(formulation: Formulation): void {
  eachHousehold(formulation, (household, choices) => {
    household.items.forEach((item, index) => {
      const counted = choices.filter((choice) => choice.item === index && choice.counts === 1);
      const name = itemName(formulation, household, item, index);
      addFrequency(formulation, item, counted, name);
      const before = choices.filter((choice) => choice.history && choice.role === item.role && choice.counts === 1);
      addSpacing(formulation, item, counted, before, name);
    });
  });
}

function itemName({ model: { names }, compiled }: Formulation, household: Household, { role, owner }: Item, index: number): string[] {
  const { service } = household.roles[role]!;
  return [names.id(ownerId(compiled, household, owner)), names.id(compiled.program.services[service]!.id), `i${index}`];
}

/** The weeks that minimums are told over: each run of active weeks up to one where a block ends. */
export function blocksOf(active: (week: number) => boolean, minimums: Int32Array): { first: number; last: number }[] {
  const blocks: { first: number; last: number }[] = [];
  let first = 0;
  for (let week = 1; week < minimums.length; week++) {
    if (!active(week)) continue;
    if (first === 0) first = week;
    if (minimums[week]! < 0) continue;
    blocks.push({ first, last: week });
    first = 0;
  }
  return blocks;
}

function addFrequency({ model, compiled: { frame } }: Formulation, item: Item, counted: readonly Choice[], name: string[]): void {
  const owner = item.owner as 0 | 1 | 2;
  blocksOf((week) => item.active[week] === 1, item.blockMin).forEach(({ first, last }, index) => {
    const load = new Load().stand(index === 0 ? item.initialBlock : 0, true);
    for (const choice of counted) {
      const week = weekOf(frame, choice.days[owner]);
      if (week >= first && week <= last) addChoice(load, choice);
    }
    model.atLeast(['care_frequency', ...name, 'min', last], load, item.blockMin[last]!);
    model.limit(['care_frequency', ...name, 'max', last], load, item.blockMax[last]!);
  });
  const total = new Load().stand(item.initialTotal, true);
  for (const choice of counted) addChoice(total, choice);
  model.atLeast(['care_frequency', ...name, 'total_min'], total, item.totalMin);
  if (item.totalMax < Infinity) model.limit(['care_frequency', ...name, 'total_max'], total, item.totalMax);
}

/** At most `maxPerDay` on a date; among any dates that lie too near to each other, one with sessions. */
function addSpacing(formulation: Formulation, item: Item, counted: readonly Choice[], before: readonly Choice[], name: string[]): void {
  const { model, compiled } = formulation;
  const owner = item.owner as 0 | 1 | 2;
  const dates = groupBy(counted, ({ days }) => days[owner]);
  const used = new Map<number, Load>();
  for (const [date, choices] of [...dates].sort(([a], [b]) => a - b)) {
    const load = new Load();
    const all = [...choices, ...before.filter(({ days }) => days[owner] === date)];
    for (const choice of all) addChoice(load, choice);
    const named = [...name, dateName(compiled.frame, date)];
    if (item.maxPerDay < Infinity) model.limit(['care_spacing', ...named], load, item.maxPerDay);
    if (item.minFreeDays > 0) used.set(date, item.maxPerDay === 1 && load.constant === 0 ? load : usedDate(formulation, all, named));
  }
  if (item.minFreeDays === 0) return;
  if (item.lastDay > -Infinity && !used.has(item.lastDay)) used.set(item.lastDay, new Load().stand(1, true));
  for (const from of used.keys()) {
    const load = new Load();
    for (const [date, each] of used) if (date >= from && date <= from + item.minFreeDays) load.addLoad(each);
    model.limit(['care_spacing', ...name, dateName(compiled.frame, from), 'free'], load, 1);
  }
}

/** Whether a date of one person or couple has sessions at all: 1 where one stands, else at least those that exclude each other. */
export function usedDate({ model }: Formulation, choices: readonly Choice[], name: readonly (string | number)[]): Load {
  const standing = choices.filter(({ variable }) => variable < 0);
  if (standing.length > 0)
    return new Load().stand(
      1,
      standing.some(({ fact }) => fact),
    );
  const used = model.continuous(['date', ...name], 1);
  for (const clique of cliquesOf(choices)) {
    const load = new Load().add(used, -1);
    for (const choice of clique) addChoice(load, choice);
    model.atMost(['date', ...name], load, 0);
  }
  return new Load().add(used);
}
