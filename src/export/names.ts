/** What engines take: CPLEX and Gurobi read at most 255 characters. The rest is left for what tells equal names apart. */
const LONGEST = 240;
const LONGEST_PART = 32;

/**
 * Makes names that every reader of MPS and LP files takes: letters, digits, `_` and `.`, beginning with a letter that is followed by
 * another letter or a dot (`e5` is a number to some). What is cut or replaced is told apart by a number at the end.
 */
export class Names {
  private readonly used = new Set<string>();
  private readonly ofId = new Map<string, string>();
  private readonly usedForIds = new Set<string>();

  /** A short name for an id of the program, the same one each time. */
  id(id: string): string {
    let name = this.ofId.get(id);
    if (name === undefined) {
      name = unused(id.replace(/[^A-Za-z0-9_]+/g, '_').slice(0, LONGEST_PART), this.usedForIds);
      this.ofId.set(id, name);
    }
    return name;
  }

  /** A new name of parts, of which `id` has made those that are the program's. */
  unique(parts: readonly (string | number)[]): string {
    return unused(parts.join('.').replace(/-/g, '_').slice(0, LONGEST), this.used);
  }
}

function unused(name: string, used: Set<string>): string {
  let free = name;
  for (let number = 2; used.has(free); number++) free = `${name}_${number}`;
  used.add(free);
  return free;
}
