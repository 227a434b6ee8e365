import type { Component, Split } from '../model/split.ts';
import type { Problem } from '../model/problem.ts';
import type { Incumbent } from '../solver/context.ts';
import { Ledger, OPEN, type Snapshot } from '../solver/ledger.ts';
import type { Ending } from '../solver/solve.ts';
import { boundOf, NOTHING, type Found } from './found.ts';

type Infeasible = Ending & { kind: 'infeasible' };

/** A component and what is known of its search, wherever that runs. */
export class Part {
  found: Found = NOTHING;
  ending: Ending | undefined;

  constructor(readonly component: Component) {}

  get size(): number {
    return this.component.households.length;
  }
}

/** What the searches of all components have found, as of one problem. */
export class Whole implements Omit<Found, 'work'> {
  readonly parts: readonly Part[];
  /** What no component answers for: what the therapists and groups cost that no household can have. */
  private readonly settled: number;
  private joined: { of: readonly unknown[]; best?: Incumbent; fullest?: { placed: number; snapshot: Snapshot } } = { of: [] };

  constructor(
    readonly problem: Problem,
    { components, rest }: Split,
  ) {
    this.parts = components.map((component) => new Part(component));
    this.settled = rest === undefined ? 0 : new Ledger(rest).sharedCost();
  }

  /** Score of the best plan, once every component has one. */
  get score(): number | undefined {
    let score = this.settled;
    for (const { found } of this.parts) score += found.best?.cost ?? Infinity;
    return score === Infinity ? undefined : score;
  }

  /** Proved lower bound of the score, an integer; Infinity once infeasibility is proved. */
  get bound(): number {
    return this.parts.reduce((sum, { found }) => sum + boundOf(found), this.settled);
  }

  get work(): number {
    return this.parts.reduce((sum, { found }) => sum + found.work.spent, 0);
  }

  get householdSolves(): number {
    return this.parts.reduce((sum, { found }) => sum + found.householdSolves, 0);
  }

  get nodes(): number {
    return this.parts.reduce((sum, { found }) => sum + found.nodes, 0);
  }

  /** Households with a plan in the searches at hand. */
  get placed(): number {
    return this.parts.reduce((sum, { found, size }) => sum + (found.best === undefined ? found.placed : size), 0);
  }

  /** Phase of the first component that has no plan or, where all have one, that is not done. */
  get phase(): Found['phase'] {
    const { parts } = this;
    const part = parts.find(({ found }) => found.best === undefined) ?? parts.find(({ ending }) => ending === undefined) ?? parts[0]!;
    return part.found.phase;
  }

  /** What is proved of the whole: nothing while a search goes on, but that there is no plan where a component has none. */
  get ending(): Ending | undefined {
    const reasons = this.parts.flatMap((part) => (part.ending?.kind === 'infeasible' ? [inWhole(part, part.ending)] : []));
    // Households that have no plan even alone say more than disputes do; those of several components are not mixed.
    const households = reasons.flatMap((each) => each.households);
    if (households.length > 0) return { kind: 'infeasible', households: households.sort((a, b) => a - b), reasons: [] };
    if (reasons.length > 0) return reasons[0];
    return this.parts.every(({ ending }) => ending !== undefined) ? { kind: 'optimal' } : undefined;
  }

  /** The best plans of all components together; the same object until one of them has a better one. */
  get best(): Incumbent | undefined {
    const { score, parts } = this;
    if (score === undefined) return undefined;
    if (parts.length === 1) return parts[0]!.found.best;
    this.refresh();
    return (this.joined.best ??= {
      ...(this.join(parts.map(({ found }) => found.best)) as Pick<Incumbent, 'plans' | 'leaders'>),
      cost: score,
    });
  }

  /** What the components have placed, those together that have plans of all households and those that do not. */
  get fullest(): Found['fullest'] {
    const { parts } = this;
    if (parts.length === 1) return parts[0]!.found.fullest;
    if (parts.every(({ found }) => found.best === undefined && found.fullest === undefined)) return undefined;
    this.refresh();
    return (this.joined.fullest ??= {
      placed: this.placed,
      snapshot: this.join(parts.map(({ found }) => found.best ?? found.fullest?.snapshot)),
    });
  }

  /** Forgets what is out of date. */
  private refresh(): void {
    const of = this.parts.map(({ found }) => found.best ?? found.fullest);
    if (of.some((each, index) => each !== this.joined.of[index])) this.joined = { of };
  }

  /**
   * Plans, leaders and states of meetings of the components, by the indexes of the whole. Plans keep their rows; the therapists of their
   * choices stay as their component numbers them.
   */
  join(snapshots: readonly (Joined | undefined)[]): Snapshot {
    const ledger = new Ledger(this.problem);
    ledger.shutChoosing();
    const { plans, leaders, closed } = ledger.snapshot();
    snapshots.forEach((snapshot, part) => {
      if (snapshot === undefined) return;
      const { households, meetings } = this.parts[part]!.component;
      households.forEach((household, index) => (plans[household] = snapshot.plans[index]));
      meetings.forEach((meeting, index) => {
        leaders[meeting] = snapshot.leaders[index]!;
        closed[meeting] = snapshot.closed?.[index] ?? (snapshot.leaders[index]! < 0 ? closed[meeting]! : OPEN);
      });
    });
    return { plans, leaders, closed };
  }
}

/** What a component has placed; meetings that are held are open where that is not said. */
type Joined = Pick<Snapshot, 'plans' | 'leaders'> & Partial<Snapshot>;

/** What is proved of a component, by the indexes of the whole. */
function inWhole({ component }: Part, { households, reasons }: Infeasible): Infeasible {
  const inWhole = (index: number): number => component.households[index]!;
  return {
    kind: 'infeasible',
    households: households.map(inWhole),
    reasons: reasons.map((each) => ({
      ...each,
      households: each.households.map(inWhole),
      ...(each.therapist === undefined ? {} : { therapist: component.therapists[each.therapist]! }),
      ...(each.meeting === undefined ? {} : { meeting: component.meetings[each.meeting]! }),
    })),
  };
}
