import { againstItself } from './against-itself.ts';
import type { SearchContext } from './context.ts';
import { settle } from './displace.ts';
import type { Ledger, Snapshot } from './ledger.ts';
import { movedElsewhere } from './mend.ts';
import { planAtCheapTimes } from './other-times.ts';
import { planIn, QUICK_TRIES } from './plan-in.ts';
import { Prices, type View } from './surroundings.ts';

/** What taking from another household costs: more than anything that plans differ by, so that the fewest lose theirs. */
const CONFLICT = 10_000;
/** Places tried for one household; the second one at other times of groups that choose theirs. */
const PLACES = 12;
const AT_OTHER_TIMES = 1;
/** Households for which places are sought until a chain is given up, and that may wait at once. */
const LINKS = 40;
const WAITING = 3;

/** Households without a place, and what is placed beside them. */
interface Link {
  waiting: readonly number[];
  snapshot: Snapshot;
}

/**
 * Places a household by a chain of moves (ejection chains, Glover 1996): it takes the place of another one, or of the few who attend a
 * meeting, these that of others, and so on until the last ones find places that nobody has. What leaves the fewest waiting is gone on
 * with first, and hardly anybody loses a place twice. False, with all as before, where no chain is found soon.
 */
export function* placedByChain(context: SearchContext, ledger: Ledger, first: number): Generator<void, boolean> {
  const { problem } = context;
  const before = ledger.snapshot();
  const view = { conflict: CONFLICT, prices: new Prices(problem.meetings.length, problem.minutes), lonely: 0 };
  const firm = new Set([first]);
  ledger.firm = firm;
  const links: Link[][] = Array.from({ length: WAITING + 1 }, () => []);
  links[1]!.push({ waiting: [first], snapshot: before });
  let placed = false;
  for (let count = 0; count < LINKS && !placed; count++) {
    const link = links.find((list) => list.length > 0)?.shift();
    if (link === undefined) break;
    const [index, ...rest] = link.waiting;
    const banned = new Set<number>();
    for (let nth = 0; nth < PLACES && !placed; nth++) {
      ledger.restore(link.snapshot);
      const found = yield* placeOf(context, ledger, index!, view, { banned, otherTimes: nth === AT_OTHER_TIMES });
      if (found === undefined && nth > AT_OTHER_TIMES) break;
      if (found === undefined) continue;
      const { out, against } = found;
      if (against >= 0) {
        banned.add(against);
        continue;
      }
      const fresh = out.every((each) => !firm.has(each));
      for (const each of out) firm.add(each);
      const waiting = [...rest, ...out];
      placed = waiting.length === 0;
      if (fresh && waiting.length <= WAITING) links[waiting.length]!.push({ waiting, snapshot: ledger.snapshot() });
      if (out.length === 0) break;
    }
  }
  ledger.firm = new Set();
  if (!placed) ledger.restore(before);
  return placed;
}

/**
 * Places a household where the fewest lose their place. Says who of these finds no other, and by which session the plan cannot stand (-1:
 * it does); undefined where there is no plan.
 */
function* placeOf(
  context: SearchContext,
  ledger: Ledger,
  index: number,
  view: View,
  { banned, otherTimes }: { banned: ReadonlySet<number>; otherTimes: boolean },
): Generator<void, { out: number[]; against: number } | undefined> {
  const { problem } = context;
  const household = problem.households[index]!;
  const extra = (row: number): number => (banned.has(row) ? Infinity : 0);
  const more = { few: true, tries: QUICK_TRIES, extra };
  const plan = yield* (otherTimes ? planAtCheapTimes : planIn)(context, ledger, household, view, more);
  if (plan === undefined) return undefined;
  const before = [...ledger.plans];
  const displaced = new Set(yield* settle(context, ledger, household, plan, view.prices));
  const against = againstItself(ledger, household, plan);
  if (against >= 0) return { out: [], against };
  const out: number[] = [];
  for (const each of displaced)
    if ((yield* movedElsewhere(context, ledger, problem.households[each]!, before[each]!, view, Infinity)) === undefined) out.push(each);
  return { out, against };
}
