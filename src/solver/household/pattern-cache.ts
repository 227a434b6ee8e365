import type { Household, Problem } from '../../model/problem.ts';
import { ByContents, Contents } from './contents.ts';
import { CountLists } from './counts.ts';
import { mostInNode } from './dates.ts';
import type { Domain } from './domain.ts';
import { mostOf, type Most } from './most.ts';
import type { Marks } from './marks.ts';
import type { Pattern } from './pattern.ts';
import { PatternSearch } from './patterns.ts';
import type { Slack } from './slack-room.ts';
import { sideOf, type Side } from './sides.ts';

/** Numbers (of eight bytes) that the caches of all households hold, and more for so many weeks; one that outgrows its share starts anew. */
const MOST = 5_000_000;
const WEEKS = 2;
/** Numbers that a pattern takes. */
const PATTERN = 80;

/** What nodes of equal contents have in common. */
class Family {
  readonly most: Most;
  /** Per item: cost of its 0, 1, 2... cheapest sessions beside the forced ones; and the cost of these. */
  readonly unary: readonly (readonly number[])[];
  readonly forcedCost: number;
  private known: readonly Side[] | undefined;

  /** @param made the rows of the node for which the patterns were made */
  constructor(
    private readonly household: Household,
    readonly number: number,
    readonly patterns: readonly Pattern[],
    readonly made: readonly number[],
    domain: Domain,
    node: number,
  ) {
    this.most = mostOf(household, patterns);
    this.unary = unaryCosts(household, domain, node);
    this.forcedCost = domain.forced[node]!.reduce((sum, row) => sum + domain.cost[row]!, 0);
  }

  get sides(): readonly Side[] {
    this.known ??= this.household.persons.map((_, person) => sideOf(this.household, person, this.patterns));
    return this.known;
  }
}

/** The patterns of a node; nodes of one family have the same ones, but for the rows. */
export class NodeChoices {
  /** @param rows of the node, in the order of those for which the patterns were made */
  constructor(
    private readonly shared: Family,
    private readonly rows: readonly number[],
  ) {}

  get family(): number {
    return this.shared.number;
  }

  get patterns(): readonly Pattern[] {
    return this.shared.patterns;
  }

  get most(): Most {
    return this.shared.most;
  }

  /** Per person. */
  get sides(): readonly Side[] {
    return this.shared.sides;
  }

  /** Per item: cost of its 0, 1, 2... cheapest sessions beside the forced ones. */
  get unary(): readonly (readonly number[])[] {
    return this.shared.unary;
  }

  get forcedCost(): number {
    return this.shared.forcedCost;
  }

  /** The rows of a pattern in this node. */
  rowsOf(pattern: Pattern): number[] {
    return pattern.rows.map((row) => this.rows[this.shared.made.indexOf(row)]!);
  }
}

/** A node whose patterns are asked for: either they are known, or `search` makes them. */
export interface OpenNode {
  domain: Domain;
  node: number;
  rows: readonly number[];
  contents: Float64Array;
  known?: NodeChoices;
  search?: PatternSearch;
}

const NOTHING: readonly number[] = [0];

/** Patterns of nodes by their content. Most weeks look alike: a node that has the same rows as one seen before, but for the week, has its patterns. */
export class PatternCache {
  private readonly known = new ByContents<Family>();
  private contents: Contents | undefined;
  private families = 0;
  private held = 0;

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
    private readonly lists = new CountLists(),
  ) {}

  *patterns(domain: Domain, marks: Marks, node: number, work: { spent: number }): Generator<void, NodeChoices> {
    return yield* this.make(this.open(domain, marks, node, work), work);
  }

  /** A node whose patterns are known, or can be bounded and made. */
  open(domain: Domain, marks: Marks, node: number, work: { spent: number }): OpenNode {
    const rows = rowsAt(domain, node);
    this.contents ??= new Contents(this.problem, this.household);
    const contents = this.contents.of(domain, marks, node, rows);
    const known = this.known.get(contents);
    if (known !== undefined) return { domain, node, rows, contents, known: new NodeChoices(known, rows) };
    return { domain, node, rows, contents, search: new PatternSearch(this.problem, this.household, domain, marks, node, work, this.lists) };
  }

  /** The patterns of a node; where `slack` is told, those that plans within it can have, and they are not kept. */
  *make({ domain, node, rows, contents, known, search }: OpenNode, work: { spent: number }, slack?: Slack): Generator<void, NodeChoices> {
    let found = known;
    if (found === undefined) {
      const family = new Family(this.household, this.families++, yield* search!.run(slack), rows, domain, node);
      if (slack === undefined) this.keep(contents, family);
      found = new NodeChoices(family, rows);
    }
    work.spent += found.patterns.length;
    return found;
  }

  private keep(contents: Float64Array, found: Family): void {
    const { households, weekCount } = this.problem;
    const size = PATTERN * (found.patterns.length + 1) + found.made.length + contents.length;
    this.held += size;
    if (this.held > (MOST * (1 + weekCount / WEEKS)) / households.length) {
      this.known.clear();
      this.held = size;
    }
    this.known.set(contents, found);
  }
}

/** Per item: cost of its 0, 1, 2... cheapest sessions of a node. */
function unaryCosts(household: Household, domain: Domain, node: number): (readonly number[])[] {
  const { items } = household;
  const unary = items.map(() => NOTHING);
  domain.items[node]!.forEach((item, index) => {
    const rows = domain.rows[node]![index]!;
    const most = Math.min(mostInNode(household, items[item]!), Math.max(...items[item]!.blockMax), rows.length);
    const costs = [0];
    for (let count = 0; count < most; count++) costs.push(costs[count]! + domain.cost[rows[count]!]!);
    unary[item] = costs;
  });
  return unary;
}

function rowsAt(domain: Domain, node: number): readonly number[] {
  const rows = domain.forced[node]!.slice();
  for (const list of domain.rows[node]!) for (const row of list) rows.push(row);
  return rows;
}
