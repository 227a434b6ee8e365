import type { Household } from '../../model/problem.ts';
import { Heap } from '../../kernel/heap.ts';
import type { SearchContext } from '../context.ts';
import { steadyPlan } from '../household/steady.ts';
import type { HouseholdPlan } from '../household/request.ts';
import { findDispute, type Constraint, type Dispute } from './conflict.ts';

/** What attending a demanded meeting is worth to a household's search, more than any score. */
const DEMAND = 1e7;

/** A household's plan under the constraints of a node, and the bound of its cost. */
interface Answer {
  plan: HouseholdPlan;
  bound: number;
}

interface Node {
  parent: Node | undefined;
  constraints: readonly Constraint[];
  answers: readonly Answer[];
  bound: number;
}

/** A dispute that the proof has rested on. */
export type Reason = Pick<Dispute, 'reason' | 'households' | 'therapist' | 'meeting'>;

/**
 * Conflict-based search (Sharon, Stern, Felner and Sturtevant, "Conflict-based search for optimal multi-agent pathfinding", AIJ
 * 2015): households are solved alone; where their plans cannot stand together, the search branches on who gives way. Best first,
 * so that the least open bound bounds the whole. Exact wherever the households' own searches are.
 */
export class BranchAndBound {
  /** Disputes that were branched on. */
  readonly reasons: Reason[] = [];
  private readonly open = new Heap<Node>();
  /** Least bound of nodes that can neither be split further nor closed. */
  private floor = Infinity;
  /** Bound of the node that is being expanded. */
  private expanding = Infinity;
  private steps = this.explore();

  constructor(
    private readonly context: SearchContext,
    answers: readonly Answer[],
  ) {
    if (answers.length === context.problem.households.length) this.push({ parent: undefined, constraints: [], answers, bound: 0 });
    else this.floor = 0;
  }

  /** Lower bound of every complete plan; Infinity where there is none. */
  get bound(): number {
    const alone = this.context.ownBound.reduce((sum, each) => sum + each, this.context.sharedBound);
    const explored = Math.min(this.open.least, this.expanding, this.floor);
    return Math.min(Math.max(explored, alone), this.context.best?.cost ?? Infinity);
  }

  /** Whether every node is closed or split. */
  get finished(): boolean {
    return this.expanding === Infinity && this.open.least >= (this.context.best?.cost ?? Infinity);
  }

  /** Goes one step on; it may be left between steps for as long as one likes. */
  step(): void {
    if (this.steps.next().done === true) this.steps = this.explore();
  }

  /** Expands one node, yielding often. */
  private *explore(): Generator<void, void> {
    const node = this.open.pop();
    if (node === undefined) return;
    this.expanding = node.bound;
    this.context.nodes++;
    yield* this.expand(node);
    this.expanding = Infinity;
  }

  private push(node: Node): void {
    const { ownBound, problem } = this.context;
    const bound = problem.households.reduce(
      (sum, { index, baseCost }) => sum + Math.max(ownBound[index]!, node.answers[index]!.bound + baseCost),
      this.context.sharedBound,
    );
    this.open.push({ ...node, bound }, bound);
  }

  private *expand(node: Node): Generator<void, void> {
    const { problem } = this.context;
    const chain = chainOf(node);
    const leaders = new Map(chain.flatMap((each) => (each.kind === 'leaders' ? [[each.meeting, each.option] as const] : [])));
    const away = new Set(chain.flatMap((each) => (each.kind === 'away' ? [`${each.household},${each.person},${each.meeting}`] : [])));
    const closed = new Set(chain.flatMap((each) => (each.kind === 'closed' ? [each.meeting] : [])));
    const found = findDispute(problem, {
      plans: node.answers.map((answer) => answer.plan),
      leaders,
      isAway: (household, person, meeting) => closed.has(meeting) || away.has(`${household},${person},${meeting}`),
    });
    if (!('ways' in found)) {
      this.accept(node, found.leaders);
      return;
    }
    this.reasons.push(found);
    for (const way of found.ways) yield* this.child(node, chain, way);
  }

  /** A node without disputes is a plan; where its true cost is above its bound, the bound stays open. */
  private accept(node: Node, leaders: Int32Array): void {
    const plans = node.answers.map((answer) => answer.plan);
    const cost = this.context.costOf(plans, leaders);
    if (cost < (this.context.best?.cost ?? Infinity)) this.context.best = { plans, leaders, cost };
    if (cost > node.bound) this.floor = Math.min(this.floor, node.bound);
  }

  private *child(node: Node, chain: readonly Constraint[], way: readonly Constraint[]): Generator<void, void> {
    const { problem } = this.context;
    const answers = [...node.answers];
    const all = [...chain, ...way];
    for (const household of problem.households) {
      const { plan } = answers[household.index]!;
      if (way.every((constraint) => keeps(household, plan, constraint))) continue;
      const mine = all.filter((each) => each.household === household.index || each.household === -1);
      const answer = yield* this.solve(household, mine);
      if (answer === undefined) return;
      answers[household.index] = answer;
    }
    this.push({ parent: node, constraints: way, answers, bound: 0 });
  }

  /** The household's best plan under constraints; undefined where there is none. */
  private *solve(household: Household, constraints: readonly Constraint[]): Generator<void, Answer | undefined> {
    const extra = Float64Array.from(this.context.ownExtra(household));
    let demands = 0;
    for (const constraint of constraints) {
      if (constraint.kind === 'attend') demands++;
      applyTo(household, constraint, extra);
    }
    const barred = constraints.flatMap((each) => (each.kind === 'therapist' ? [each] : []));
    const choiceCost = (role: number, server: number): number =>
      barred.some((each) => each.therapist === server && household.roles[role]!.owner === each.owner && household.roles[role]!.separated)
        ? Infinity
        : 0;
    const { plan, bound } = yield* steadyPlan(this.context.problem, household, { extra, choiceCost }, this.context.work);
    this.context.householdSolves++;
    if (plan === undefined) {
      if (bound < Infinity || !household.exact) this.floor = Math.min(this.floor, 0);
      return undefined;
    }
    if (!constraints.every((constraint) => keeps(household, plan, constraint))) return undefined;
    return { plan, bound: household.exact ? bound + DEMAND * demands : -household.baseCost };
  }
}

function chainOf(node: Node): Constraint[] {
  const chain: Constraint[] = [];
  for (let each: Node | undefined = node; each !== undefined; each = each.parent) chain.push(...each.constraints);
  return chain;
}

/** Whether a household's plan keeps a constraint. */
function keeps(household: Household, plan: HouseholdPlan, constraint: Constraint): boolean {
  if (constraint.household !== -1 && constraint.household !== household.index) return true;
  if (constraint.kind === 'attend') {
    return plan.rows.some((row) => isAt(household, row, constraint.person, constraint.meeting));
  }
  return (
    plan.rows.every((row) => household.candidates.forced[row] !== 0 || !forbids(household, constraint, row)) &&
    !forcedAgainst(household, constraint)
  );
}

/** Whether a booking that stands breaks the constraint by itself. */
function forcedAgainst(household: Household, constraint: Constraint): boolean {
  if (constraint.kind !== 'therapist' && constraint.kind !== 'away') return false;
  const { candidates } = household;
  for (let row = 0; row < candidates.count; row++) {
    const stands = candidates.forced[row] !== 0 && (candidates.counts[row] === 1 || constraint.kind === 'away');
    if (stands && forbids(household, constraint, row)) return true;
  }
  return false;
}

function isAt(household: Household, row: number, person: number, meeting: number): boolean {
  return household.candidates.meeting[row] === meeting && household.candidates.persons[row] === 1 << person;
}

/** Whether a constraint rules a row out. */
function forbids(household: Household, constraint: Constraint, row: number): boolean {
  const { candidates, roles } = household;
  const role = roles[candidates.role[row]!]!;
  switch (constraint.kind) {
    case 'time': {
      if (candidates.therapist[row] !== constraint.therapist) return false;
      return candidates.start[row]! <= constraint.minute && constraint.minute < candidates.end[row]! + role.buffer;
    }
    case 'row':
      return row === constraint.row;
    case 'therapist':
      return candidates.therapist[row] === constraint.therapist && role.owner === constraint.owner && role.separated;
    case 'away':
      return isAt(household, row, constraint.person, constraint.meeting);
    case 'closed':
      return candidates.meeting[row] === constraint.meeting;
    case 'leaders':
      return candidates.meeting[row] === constraint.meeting && (candidates.options[row]! & (1 << constraint.option)) === 0;
    case 'attend':
      return false;
  }
}

function applyTo(household: Household, constraint: Constraint, extra: Float64Array): void {
  for (let row = 0; row < extra.length; row++) {
    if (constraint.kind === 'attend') {
      if (isAt(household, row, constraint.person, constraint.meeting)) extra[row]! -= DEMAND;
    } else if (forbids(household, constraint, row)) extra[row] = Infinity;
  }
}
