import type { Household, Problem } from '../../model/problem.ts';
import { Heap } from '../../kernel/heap.ts';
import { combinations } from './choices.ts';
import type { Choice } from './domain.ts';
import type { Work } from './memory.ts';
import { mustDiffer } from './marks.ts';
import { assignTherapists } from './assign.ts';
import type { SearchResult } from './label-search.ts';
import { exactFor, keepsApart, planOf, relaxedFor, strictPair } from './one-choice.ts';
import { roleOptions, serverOf } from './options.ts';
import { leastOf, lowestPrice, mostUsed, type Lists } from './role-lists.ts';
import { sharesGroups, type SharedRoles } from './shared-groups.ts';
import { ONE_WEEK } from './slack.ts';
import type { HouseholdAnswer, HouseholdPlan, HouseholdRequest } from './request.ts';

/** Choices tried at once, cheapest first, before others are sought: where a good plan soon is worth more than the best, and else. */
const QUICK_FIRST = 3;
const FIRST = 1;
/** So many choices are all tried rather than branched on: where a good plan soon is worth more than the best, and else. */
const QUICK_FEW = 60;
const FEW = 8;
/** A plan that costs at most so much more than the bound of its node is good enough there. */
const CLOSE = 10;
/** Room for what sums of fractional prices lose. */
const ROUNDING = 1e-9;
/** Nodes of branch and bound at most where a good plan soon is worth more than the best. */
const QUICK_NODES = 40;

/**
 * Best plan of a household under a request, over the choices of therapists and groups: first the cheapest ones by a bound of what each
 * role costs alone, then by branch and bound. A node of it says who may serve each role; its bound is the best plan in which the sessions
 * of a role may take any of these, which often takes one only and then is a plan. Else a role is given the one that most sessions took,
 * or denied that one.
 */
export function* solveHousehold(
  problem: Problem,
  household: Household,
  request: HouseholdRequest,
  work: Work,
): Generator<void, HouseholdAnswer> {
  return yield* new ChoiceSearch(problem, household, request, work).run();
}

interface Node {
  lists: Lists;
  /** No plan of the node costs less. */
  bound: number;
  /** The groups that roles keep to, where the node is the first with them. */
  groups?: string;
}

class ChoiceSearch {
  private readonly options: Lists;
  private readonly shared: readonly SharedRoles[];
  /** Least cost of what no choice changes. */
  private readonly rest: number;
  private readonly quick: boolean;
  private readonly open = new Heap<Node>();
  private pushed = 0;
  /** Groups to keep to with which there is no plan, whatever else is chosen. */
  private readonly dead = new Set<string>();
  /** Choices searched with. */
  private readonly tried = new Set<string>();
  private best: HouseholdPlan | undefined;
  /** Least bound of what was left out. */
  private bound = Infinity;
  private died: HouseholdAnswer['died'];

  constructor(
    private readonly problem: Problem,
    private readonly household: Household,
    private readonly request: HouseholdRequest,
    private readonly work: Work,
  ) {
    const { tables } = work.memoryOf(problem, household);
    const { options, rest } = roleOptions(tables.options, household, request);
    this.options = options;
    this.shared = tables.sharedRoles;
    this.rest = rest - tables.spared;
    this.quick = request.tries !== undefined;
  }

  *run(): Generator<void, HouseholdAnswer> {
    if (this.rest < Infinity && (this.isRelaxedFirst || this.isVast || !(yield* this.cheapest()))) yield* this.branch();
    if (this.best === undefined && this.died !== undefined) return { plan: undefined, bound: this.bound, died: this.died };
    return { plan: this.best, bound: Math.min(this.bound, this.best?.priced ?? Infinity) };
  }

  /** Whether a relaxed plan, which takes no longer than one of the cheapest choice, is likely to become one of the best choice. */
  private get isRelaxedFirst(): boolean {
    return !this.quick && this.household.nodeCount <= ONE_WEEK;
  }

  /** Whether there are so many choices for one week that the cheapest few will hardly do. */
  private get isVast(): boolean {
    return this.quick && this.problem.weekCount === 1 && this.options.reduce((all, list) => all * (list?.length ?? 1), 1) > QUICK_FEW;
  }

  /** Tries the cheapest choices; true where no other can be better, or enough were tried. */
  private *cheapest(): Generator<void, boolean> {
    const first = this.quick ? Math.max(QUICK_FIRST, this.request.tries!) : FIRST;
    for (const { choice, cost } of combinations(this.options, (each) => this.isSensible(each))) {
      if (cost + this.rest >= this.upper || this.enough) {
        this.leave(cost + this.rest);
        return true;
      }
      if (this.tried.size >= first) return false;
      yield* this.exact(choice);
    }
    return true;
  }

  private *branch(): Generator<void, void> {
    const roots = combinations(
      this.options.map((list, role) => (this.isGroup(role) ? list : undefined)),
      (each) => this.sharesGroups(each),
    );
    const limit = this.work.spent + (this.request.mostWork ?? Infinity);
    const therapists = this.options.reduce((sum, list, role) => sum + (this.isGroup(role) ? 0 : leastOf(list)), this.rest);
    let root = roots.next();
    for (let nodes = 0; ; nodes++) {
      while (root.done !== true && (this.open.size === 0 || (!this.quick && root.value.cost + therapists < this.open.least))) {
        const groups = this.keptIn(root.value.choice);
        if (!this.dead.has(groups)) this.push(this.rootOf(root.value.choice), root.value.cost + therapists, groups);
        root = roots.next();
      }
      const node = this.open.pop();
      if (node === undefined) return;
      if (this.work.spent > limit) {
        this.leave(node.bound);
        if (root.done !== true) this.leave(root.value.cost + therapists);
        return;
      }
      if (this.enough || (this.quick && nodes >= QUICK_NODES)) {
        this.leave(this.options.reduce((sum, list) => sum + leastOf(list), this.rest));
        return;
      }
      if (node.bound < this.upper) yield* this.look(node);
      else this.leave(node.bound);
    }
  }

  private *look({ lists, bound: least, groups }: Node): Generator<void, void> {
    const only = Int32Array.from(lists, (list) => (list?.length === 1 ? list[0]!.server : -1));
    if (lists.every((list) => list === undefined || list.length === 1)) {
      yield* this.exact(only);
      return;
    }
    const prices = lists.reduce((sum, list) => sum + lowestPrice(list), 0);
    const request = this.within(lists);
    const { upper } = this;
    const relaxed = yield* relaxedFor(this.problem, this.household, request, only, upper - prices, this.work);
    if (groups !== undefined && upper === Infinity && !relaxed.found && relaxed.bound === Infinity) this.dead.add(groups);
    const bound = Math.max(least, relaxed.bound + prices);
    if (!relaxed.found || bound >= this.upper) {
      if (!relaxed.found) this.died = later(this.died, relaxed.died);
      this.leave(relaxed.found ? bound : this.unfound(bound, upper));
      return;
    }
    const assigned = this.assign(lists, relaxed, request.extra);
    if (bound >= this.upper) {
      this.leave(bound);
      return;
    }
    const used = this.usedBy(relaxed.rows);
    const choice = assigned ?? Int32Array.from(lists, (list, role) => (list === undefined ? -1 : mostUsed(list, used[role]!)));
    yield* this.exact(choice);
    const few = this.fewOf(lists);
    for (const each of few ?? []) if (!this.enough || this.best!.priced > bound + CLOSE) yield* this.exact(each);
    if (few === undefined) this.split(lists, choice, this.roleToSplit(lists, used, choice), bound);
  }

  /** Tries to make a plan of a relaxed one by giving each role's sessions to one therapist; the choice of these. */
  private assign(lists: Lists, relaxed: SearchResult & { found: true }, charged: Float64Array): Choice | undefined {
    const { extra } = this.request;
    const assigned = assignTherapists(this.problem, this.household, { lists, rows: relaxed.rows, charged, extra });
    if (assigned === undefined) return undefined;
    const { choice, more, rows } = assigned;
    const prices = lists.reduce((sum, list, role) => sum + (list?.find(({ server }) => server === choice[role])?.price ?? 0), 0);
    const least = relaxed.bound + lists.reduce((sum, list) => sum + lowestPrice(list), 0);
    const sum = relaxed.cost + more;
    const priced = Math.abs(sum - least) < ROUNDING ? least : sum;
    if (priced < this.upper) {
      const result = { found: true as const, rows, cost: priced - prices, bound: priced - prices };
      this.best = planOf(this.problem, this.household, this.request, choice, result, priced);
    }
    return choice;
  }

  /** Gives a role its chosen therapist (or group), which is then denied to roles that must have another; and denies it. */
  private split(lists: Lists, choice: Choice, split: number, bound: number): void {
    const server = choice[split]!;
    const given = lists.map((list, role) => {
      if (role === split) return list?.filter((each) => each.server === server);
      return strictPair(this.household.roles[role]!, this.household.roles[split]!) ? list?.filter((each) => each.server !== server) : list;
    });
    const denied = lists.map((list, role) => (role === split ? list?.filter((each) => each.server !== server) : list));
    for (const part of [denied, given]) {
      const least = part.reduce((sum, list) => sum + leastOf(list), this.rest);
      if (least < Infinity) this.push(part, Math.max(bound, least));
    }
  }

  /**
   * Of the roles that have a choice one whose therapist serves a role that must have another, else one whose sessions took several, else
   * one that others would serve for less, else the one with most to choose from; roles that may change therapist come last.
   */
  private roleToSplit(lists: Lists, used: readonly ReadonlyMap<number, number>[], choice: Choice): number {
    const { roles } = this.household;
    const rank = (role: number): number => {
      const server = choice[role]!;
      const strict = roles[role]!.continuity === 'strict';
      if (strict && roles.some((other, at) => mustDiffer(other, roles[role]!) && used[at]!.has(server))) return 4_000;
      if (strict && used[role]!.size > 1) return 3_000 + used[role]!.size;
      const price = lists[role]!.find((each) => each.server === server)!.price;
      return (price > lowestPrice(lists[role]) ? 2_000 : strict ? 1_000 : 0) + lists[role]!.length;
    };
    const open = lists.flatMap((list, role) => (list !== undefined && list.length > 1 ? [role] : []));
    return open.reduce((best, role) => (rank(role) > rank(best) ? role : best));
  }

  /** The choices that may be better than the best plan; undefined where they are many. The bound of the others is noted. */
  private fewOf(lists: Lists): Choice[] | undefined {
    const choices: Choice[] = [];
    for (const { choice, cost } of combinations(lists, (each) => this.isSensible(each))) {
      if (cost + this.rest >= this.upper) {
        this.leave(cost + this.rest);
        break;
      }
      choices.push(choice);
      if (choices.length > (this.quick ? QUICK_FEW : FEW)) return undefined;
    }
    return choices;
  }

  /** Searches with a choice, unless it was tried. */
  private *exact(choice: Choice): Generator<void, void> {
    const key = choice.join();
    if (this.tried.has(key) || !this.isSensible(choice)) return;
    this.tried.add(key);
    const price = this.options.reduce((sum, list, role) => sum + (list?.find(({ server }) => server === choice[role])?.price ?? 0), 0);
    const { labels } = this.request;
    const soon = this.quick && this.best !== undefined && labels !== undefined;
    const request = soon ? { ...this.request, mostLabels: labels } : this.request;
    const { upper } = this;
    const answer = yield* exactFor(this.problem, this.household, request, choice, price, upper, this.work);
    this.leave(answer.plan === undefined ? this.unfound(answer.bound, upper) : answer.bound);
    if (answer.plan !== undefined && answer.plan.priced < this.upper) this.best = answer.plan;
    this.died = later(this.died, answer.died);
  }

  /** Plans at or above it are of no interest. */
  private get upper(): number {
    return Math.min(this.request.upperBound ?? Infinity, this.best?.priced ?? Infinity) - (this.request.tolerance ?? 0);
  }

  /** Whether there is a plan and no more choices are to be tried. */
  private get enough(): boolean {
    return this.best !== undefined && this.tried.size >= (this.request.tries ?? Infinity);
  }

  /** The bound where nothing was found below an upper bound, which may lie below the best plan. */
  private unfound(bound: number, upper: number): number {
    return this.request.tolerance === undefined ? bound : Math.min(bound, upper);
  }

  private leave(bound: number): void {
    this.bound = Math.min(this.bound, bound);
  }

  /** Best first or, where a plan is wanted soon, latest first. */
  private push(lists: Lists, bound: number, groups?: string): void {
    this.open.push({ lists, bound, ...(groups === undefined ? {} : { groups }) }, this.quick ? -++this.pushed : bound);
  }

  private isGroup(role: number): boolean {
    return this.household.roles[role]!.kind === 'group';
  }

  private isSensible(choice: Choice): boolean {
    return keepsApart(this.household, choice) && this.sharesGroups(choice);
  }

  private sharesGroups(choice: Choice): boolean {
    return sharesGroups(this.shared, choice);
  }

  /** The groups of a choice that roles keep to: the others change what sessions cost, not which there are. */
  private keptIn(choice: Choice): string {
    return choice.filter((_, role) => this.isGroup(role) && this.household.roles[role]!.continuity === 'strict').join();
  }

  /** All therapists, and the groups of a choice. */
  private rootOf(choice: Choice): Lists {
    return this.options.map((list, role) => (this.isGroup(role) ? list?.filter(({ server }) => server === choice[role]) : list));
  }

  /**
   * The request without sessions of roles that must keep their therapist with one who is denied to them; what another costs more than
   * the cheapest is charged to the sessions, as far as it is sure.
   */
  private within(lists: Lists): HouseholdRequest {
    const { candidates, roles, items } = this.household;
    const charges = lists.map((list, role) => {
      if (list === undefined || list.length === 1 || roles[role]!.continuity !== 'strict' || this.isGroup(role)) return undefined;
      const most = items.reduce(
        (sum, { role: of, blockMax }) => sum + (of === role ? blockMax.reduce((all, each) => all + each, 0) : 0),
        0,
      );
      const lowest = lowestPrice(list);
      const charge: number[] = [];
      for (const { server, price } of list) if (server >= 0) charge[server] = (price - lowest) / Math.max(1, most);
      return charge;
    });
    const extra = this.request.extra.slice();
    for (let row = 0; row < extra.length; row++) {
      const charge = charges[candidates.role[row]!];
      if (charge !== undefined) extra[row]! += charge[candidates.therapist[row]!] ?? Infinity;
    }
    return { ...this.request, extra };
  }

  /** Per role: how many of the sessions each therapist (or group) has. */
  private usedBy(rows: readonly number[]): Map<number, number>[] {
    const used = this.household.roles.map(() => new Map<number, number>());
    for (const row of rows) {
      const counts = used[this.household.candidates.role[row]!]!;
      const server = serverOf(this.problem, this.household, row);
      counts.set(server, (counts.get(server) ?? 0) + 1);
    }
    return used;
  }
}

function later(a: HouseholdAnswer['died'], b: HouseholdAnswer['died']): HouseholdAnswer['died'] {
  return a === undefined || (b !== undefined && b.from > a.from) ? b : a;
}
