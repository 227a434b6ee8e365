import { dateName } from '../choices.ts';
import type { Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { CLOSED_MARGIN } from '../../model/frame.ts';
import type { Household, HourTables } from '../../model/problem.ts';

/** One local date of a person. */
export interface PersonDate {
  date: number;
  week: number;
  /** Whether there is a session; whether the credited minutes make a service day. */
  used: Load;
  service: Load;
}

/**
 * `free-days`: of two dates too far apart, not both are service days unless one between them is. What facts alone
 * break is excused, and so is what is left of such a gap once service days lie in it, as far as the same week tells of it.
 */
export function addFreeDays(
  { model, compiled }: Formulation,
  household: Household,
  hours: HourTables,
  dates: readonly PersonDate[],
  id: string,
): void {
  const all = dates.filter(({ service }) => service.terms.size + service.constant > 0);
  if (hours.lastServiceDay > -Infinity && !all.some(({ date }) => date === hours.lastServiceDay)) {
    all.unshift({ date: hours.lastServiceDay, week: 0, used: new Load(), service: new Load().stand(1, true) });
  }
  all.sort((a, b) => a.date - b.date);
  const farApart = (first: PersonDate, last: PersonDate): boolean =>
    openDatesBetween(household, first.date, last.date) > (hours.maxFreeDays[last.week] ?? Infinity);
  const facts = all.filter(({ service }) => service.facts > 0);
  const gaps = facts.slice(1).flatMap((to, at) => (farApart(facts[at]!, to) ? [{ from: facts[at]!, to }] : []));
  all.forEach((first, at) => {
    const between = new Load();
    for (const last of all.slice(at + 1)) {
      const excused = gaps.some(({ from, to }) => from.date <= first.date && last.date <= to.date && last.week === to.week);
      if (farApart(first, last) && !excused) {
        const name = ['free_days', id, dateName(compiled.frame, first.date), dateName(compiled.frame, last.date)];
        model.atMost(name, new Load().addLoad(first.service).addLoad(last.service).addLoad(between, -1), 1);
      }
      between.addLoad(last.service);
      if (between.constant > 0) return;
    }
  });
}

/** Dates between two dates, closed ones not counted. */
function openDatesBetween({ closedBefore }: Household, first: number, last: number): number {
  const from = Math.max(0, first + 1 + CLOSED_MARGIN);
  return last - first - 1 - (closedBefore[last + CLOSED_MARGIN]! - closedBefore[from]!);
}
