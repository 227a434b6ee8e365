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
  const open = new Heap<{ places: Int32Array; from: number; cost: number }>();
  const push = (places: Int32Array, from: number): void => {
    let cost = 0;
    for (let role = 0; role < places.length; role++) cost += options[role]?.[places[role]!]?.cost ?? 0;
    open.push({ places, from, cost }, cost);
  };
  for (const each of options) if (each?.length === 0) return;
  push(new Int32Array(options.length), 0);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { places, from, cost } = next;
    const choice = new Int32Array(places.length);
    for (let role = 0; role < places.length; role++) choice[role] = options[role]?.[places[role]!]?.server ?? -1;
    if (allowed(choice)) yield { choice, cost };
    for (let role = from; role < options.length; role++) {
      if (places[role]! + 1 >= (options[role]?.length ?? 1)) continue;
      const more = places.slice();
      more[role]! += 1;
      push(more, role);
    }
  }
}
