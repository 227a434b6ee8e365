import { Heap } from '../../kernel/heap.ts';

/** One therapist or group that a role may be given, and what that costs at least. */
export interface Option {
  server: number;
  cost: number;
}

/** Options for every role that chooses; `undefined` for the others. */
export type Options = readonly (readonly Option[] | undefined)[];

/** One option per role, -1 where the role does not choose. */
export interface Combination {
  choice: Int32Array;
  /** Sum of the options' costs. */
  cost: number;
}

/**
 * All combinations of options, cheapest first, each made only when asked for; `allowed` rules combinations out. Options must be
 * sorted by cost.
 */
export function* combinations(options: Options, allowed: (choice: Int32Array) => boolean): Generator<Combination, void> {
  const open = new Heap<{ places: Int32Array; from: number }>();
  const costOf = (places: Int32Array): number => places.reduce((sum, place, role) => sum + (options[role]?.[place]?.cost ?? 0), 0);
  const first = new Int32Array(options.length);
  if (options.some((each) => each?.length === 0)) return;
  open.push({ places: first, from: 0 }, costOf(first));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { places, from } = next;
    const choice = places.map((place, role) => options[role]?.[place]?.server ?? -1);
    if (allowed(choice)) yield { choice, cost: costOf(places) };
    for (let role = from; role < options.length; role++) {
      if (places[role]! + 1 >= (options[role]?.length ?? 1)) continue;
      const more = places.slice();
      more[role]! += 1;
      open.push({ places: more, from: role }, costOf(more));
    }
  }
}
