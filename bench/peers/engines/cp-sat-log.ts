/** `#12  4.63s best:157  next:[155,156]  main` and `#Bound  1.22s best:inf  next:[130,2041] initial_domain`. */
const PROGRESS = /^#(?:Bound|\d+)\s+([\d.]+)s\s+best:\S+\s+next:\[(-?[\d.]+),/;
/** `#Done  4.84s main`: the bound has met the best. */

/** The lower bound, and the seconds after which it was proved, that a line of CP-SAT's log tells; undefined where it tells none. */
export function boundInLog(line: string): { seconds: number; bound: number } | undefined {
  const [, seconds, bound] = PROGRESS.exec(line) ?? [];
  return seconds === undefined || bound === undefined ? undefined : { seconds: Number(seconds), bound: Number(bound) };
}
