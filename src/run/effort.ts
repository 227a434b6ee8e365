import { Random } from '../kernel/random.ts';
import { bestEffort, fullestLedger, haveSoundPlans, leaveUnderfull } from '../solver/best-effort.ts';
import { SearchContext } from '../solver/context.ts';
import { restore } from '../solver/incumbent.ts';
import { Ledger } from '../solver/ledger.ts';
import type { Part, Whole } from './whole.ts';

/** A component's best effort in the making. */
interface PartEffort {
  part: Part;
  context: SearchContext;
  ledger: Ledger;
  /** Households of the component that cannot do without a plan. */
  urgent: ReadonlySet<number>;
}

/** What can be planned when not everything can: each component by itself, from where its search stands. */
export class Effort {
  private readonly parts: PartEffort[];

  /**
   * @param own the context of the search, where there is one component and it is searched here.
   * @param urgent households that cannot do without a plan.
   */
  constructor(
    private readonly whole: Whole,
    urgent: ReadonlySet<number>,
    seed: number,
    own?: SearchContext,
  ) {
    this.parts = whole.parts.map((part) => {
      const context = own ?? contextOf(part, seed);
      const ledger = context.best === undefined ? fullestLedger(context) : new Ledger(context.problem);
      if (context.best !== undefined) restore(ledger, context.best);
      return {
        part,
        context,
        ledger,
        urgent: new Set(part.component.households.flatMap((each, index) => (urgent.has(each) ? [index] : []))),
      };
    });
    // Stable: components with urgent households come first.
    this.parts.sort((a, b) => Number(b.urgent.size > 0) - Number(a.urgent.size > 0));
  }

  *steps(): Generator<void, void> {
    for (const { context, ledger, urgent } of this.parts) if (context.best === undefined) yield* bestEffort(context, ledger, urgent);
  }

  /** Whether all urgent households have plans, at meetings with enough attendees. */
  get isSound(): boolean {
    return this.parts.every(({ ledger, urgent }) => haveSoundPlans(ledger, urgent));
  }

  /** What was planned, without what is planned at meetings with too few attendees. */
  ledger(): Ledger {
    const { whole, parts } = this;
    for (const { ledger } of parts) leaveUnderfull(ledger);
    if (whole.parts.length === 1) return parts[0]!.ledger;
    const ledger = new Ledger(whole.problem);
    ledger.restore(whole.join(whole.parts.map((part) => parts.find((each) => each.part === part)!.ledger.snapshot())));
    return ledger;
  }
}

/** A context that goes on from what is known of a search, wherever that has run, and counts its own work beside. */
function contextOf(part: Part, seed: number): SearchContext {
  const context = new SearchContext(part.component.problem, new Random(seed));
  const { best, fullest, bound, phase, placed, householdSolves, nodes, work } = part.found;
  Object.assign(context, { best, fullest, bound, phase, placed, householdSolves, nodes });
  context.work.spent = work.spent;
  part.found = context;
  return context;
}
