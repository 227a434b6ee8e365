import { dateName } from '../choices.ts';
import type { Duty, Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { dayAt, weekOf } from '../../model/frame.ts';
import { groupBy } from './cliques.ts';

/** `therapist-daily`, `therapist-weekly` and `therapist-balance`, on each therapist's own dates. */
export function addTherapistLimits(formulation: Formulation): void {
  const { model, compiled, problem, duties } = formulation;
  problem.therapists.forEach(({ days, dailyMinutes, weeklyMinutes }, therapist) => {
    const id = model.names.id(compiled.program.therapists[therapist]!.id);
    const byDate = groupBy(duties[therapist]!, ({ start }) => dayAt(days, start));
    const byWeek = groupBy(duties[therapist]!, ({ start }) => weekOf(compiled.frame, dayAt(days, start)));
    for (const [date, list] of byDate) addMinutes(formulation, ['therapist_daily', id, dateName(compiled.frame, date)], list, dailyMinutes);
    for (const [week, list] of byWeek) {
      addMinutes(formulation, ['therapist_weekly', id, week], list, weeklyMinutes);
      addBalance(formulation, therapist, week, list, id);
    }
  });
}

function minutesOf(duties: readonly Duty[]): Load {
  const minutes = new Load();
  for (const { load, start, end } of duties) minutes.addLoad(load, end - start);
  return minutes;
}

/** Clock minutes, without buffers. */
function addMinutes({ model }: Formulation, name: readonly (string | number)[], duties: readonly Duty[], most: number): void {
  if (most < Infinity && duties.some(({ history }) => !history)) model.limit(name, minutesOf(duties), most);
}

/**
 * The square of the tenths of the available minutes that are spent in sessions, rounded down. Level k costs 2k - 1 more than the one
 * before, and the k-th is needed once the minutes reach k tenths.
 */
function addBalance({ model, problem }: Formulation, therapist: number, week: number, duties: readonly Duty[], id: string): void {
  const weight = problem.weights.therapistBalance;
  const available = problem.therapists[therapist]!.availableMinutes[week] ?? 0;
  if (weight === 0 || available <= 0) return;
  const minutes = minutesOf(duties.filter(({ history, missed }) => !history && !missed));
  const most = minutes.constant + [...minutes.terms.values()].reduce((sum, each) => sum + each, 0);
  const tenths = new Load().addLoad(minutes, 10);
  for (let level = 1; level <= Math.floor((10 * most) / available); level++) {
    const name = ['therapist_balance', id, week, level];
    const reached = model.binary(['level', ...name]);
    model.chargeVariable(reached, weight * (2 * level - 1));
    tenths.add(reached, -available);
  }
  model.atMost(['therapist_balance', id, week], tenths, available - 1);
}
