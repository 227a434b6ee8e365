import { timeName } from '../choices.ts';
import type { Duty, Formulation } from '../formulation.ts';
import { Load } from '../linear-model.ts';
import { groupBy } from './cliques.ts';

/** Sessions at one time, of which the therapist can hold one. */
interface Slot {
  start: number;
  /** When the buffer is over, and when a break after it. */
  freeAt: number;
  restedAt: number;
  length: number;
  held: Load;
  /** Variable: minutes of the run up to the end of this slot, at most `most`. */
  minutes: number;
  most: number;
}

/**
 * `therapist-run`: session minutes in a run. Each slot carries the minutes of its run so far: at least its own where it is held, and
 * where no break lies between the two those of an earlier slot besides (as loads along a tour in the rows of
 * Miller, Tucker and Zemlin, 1960).
 */
export function addRuns(formulation: Formulation): void {
  formulation.problem.therapists.forEach(({ runMinutes }, therapist) => {
    if (runMinutes === Infinity) return;
    const { model, compiled } = formulation;
    const id = model.names.id(compiled.program.therapists[therapist]!.id);
    const slots = slotsOf(formulation, therapist, id);
    slots.forEach((slot, at) => {
      const name = ['therapist_run', id, timeName(compiled.frame, slot.start)];
      model.atLeast(name, new Load().add(slot.minutes).addLoad(slot.held, -slot.length), 0);
      for (const earlier of slots.slice(0, at)) {
        const bothStand = slot.held.constant > 0 && earlier.held.constant > 0;
        if (slot.start >= earlier.restedAt || (slot.start < earlier.freeAt && !bothStand)) continue;
        const load = new Load()
          .add(slot.minutes)
          .add(earlier.minutes, -1)
          .addLoad(slot.held, -(earlier.most + slot.length));
        model.atLeast(name, load, -earlier.most);
      }
    });
  });
}

function slotsOf({ model, compiled, problem, duties }: Formulation, therapist: number, id: string): Slot[] {
  const { runMinutes, runBreak } = problem.therapists[therapist]!;
  const runs = factRuns(duties[therapist]!, runBreak);
  return [...groupBy(duties[therapist]!, keyOf)].map(([key, list]) => {
    const { start, end, buffer } = list[0]!;
    const held = new Load();
    for (const { load } of list) held.addLoad(load);
    const most = Math.max(runMinutes, runs.get(key) ?? 0);
    const minutes = model.continuous(['run', id, timeName(compiled.frame, start)], most);
    return { start, freeAt: end + buffer, restedAt: end + buffer + runBreak, length: end - start, held, minutes, most };
  });
}

function keyOf({ start, end, buffer }: Duty): string {
  return [start, end, buffer].join();
}

/** Minutes of the run of facts alone that each fact ends, so far. */
function factRuns(duties: readonly Duty[], runBreak: number): Map<string, number> {
  const minutes = new Map<string, number>();
  let restedAt = -Infinity;
  let run = 0;
  for (const duty of duties) {
    if (duty.load.facts === 0) continue;
    const { start, end, buffer } = duty;
    run = (start >= restedAt ? 0 : run) + end - start;
    minutes.set(keyOf(duty), run);
    restedAt = Math.max(restedAt, end + buffer + runBreak);
  }
  return minutes;
}
