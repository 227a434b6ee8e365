/** Something in a person's time, half-open. */
export interface Stretch {
  start: number;
  end: number;
}

/**
 * The largest sets of stretches that have a moment in common: one clique of the conflict graph of intervals for each start after which
 * one of its members ends before the next start. Every two that overlap are in one.
 */
export function cliquesOf<T extends Stretch>(stretches: readonly T[]): T[][] {
  const byStart = [...stretches].sort((a, b) => a.start - b.start);
  const cliques: T[][] = [];
  let active: T[] = [];
  for (let from = 0, to = 0; from < byStart.length; from = to) {
    const { start } = byStart[from]!;
    while (to < byStart.length && byStart[to]!.start === start) to++;
    active = [...active.filter(({ end }) => end > start), ...byStart.slice(from, to)];
    const next = byStart[to]?.start ?? Infinity;
    if (active.some(({ end }) => end <= next)) cliques.push(active);
  }
  return cliques;
}

/** Lists by key, in the order of the first of each. */
export function groupBy<T, K>(list: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of list) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}
