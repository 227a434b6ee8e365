/**
 * Things that are of use to clients in some states only, by state: of many therapists and meetings, most are out of question for a
 * client at once.
 */
export class ByState<T> {
  /** Per state: places in `all`, rising. */
  private readonly places = new Map<string, number[]>();
  /** What was asked before, by the states in JSON. */
  private readonly known = new Map<string, readonly T[]>();

  /** @param statesOf states in which a thing may be of use. */
  constructor(
    private readonly all: readonly T[],
    statesOf: (each: T) => Iterable<string>,
  ) {
    for (const [place, each] of all.entries()) {
      for (const state of new Set(statesOf(each))) {
        const list = this.places.get(state);
        if (list === undefined) this.places.set(state, [place]);
        else list.push(place);
      }
    }
  }

  /** What may be of use in at least one of some states, in the order given at first. */
  in(states: readonly string[]): readonly T[] {
    const key = JSON.stringify(states);
    let found = this.known.get(key);
    if (found === undefined) {
      const places = new Set(states.flatMap((state) => this.places.get(state) ?? []));
      found = [...places].sort((a, b) => a - b).map((place) => this.all[place]!);
      this.known.set(key, found);
    }
    return found;
  }
}
