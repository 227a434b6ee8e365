import type { Household } from '../model/problem.ts';
import { againstItself } from './against-itself.ts';
import type { Guide } from './bound/guide.ts';
import type { SearchContext } from './context.ts';
import { fitted } from './fitted.ts';
import { underfull, type Ledger } from './ledger.ts';
import { settle } from './displace.ts';
import { planIn, type PlanOptions } from './plan-in.ts';
import { Prices, type View } from './surroundings.ts';

/** Households taken out at most by one move. */
const MOST_OUT = 6;
/** Households of which the one farthest from its best plan at the prices is picked. */
const DRAWN = 4;
/** Plans of a household tried as its wish. */
const WISHES = 3;

/** One way to change the plans in a ledger. False where no complete plan comes out: the ledger is then left as it is. */
export type Move = (context: SearchContext, ledger: Ledger, guide: Guide | undefined) => Generator<void, boolean>;

/** Ways to change plans, of which the ones that have yielded most are chosen most (Ropke and Pisinger 2006). */
export const MOVES: readonly Move[] = [relatedApart, relatedAtPrices, wish, otherTherapist];

/** Plans a household once more at its best place among the others. */
export function* again(context: SearchContext, ledger: Ledger, index: number): Generator<void, boolean> {
  return yield* putBack(context, ledger, [index], plainView(context));
}

/** Takes out a few related households (large-neighbourhood search, Shaw 1998) and puts them back one by one in random order. */
function* relatedApart(context: SearchContext, ledger: Ledger): Generator<void, boolean> {
  return yield* putBack(context, ledger, context.random.shuffle(related(context, ledger)), plainView(context));
}

/** The same, but each first keeps off what is scarce by its price; then each takes what the others have left. */
function* relatedAtPrices(context: SearchContext, ledger: Ledger, guide: Guide | undefined): Generator<void, boolean> {
  if (guide === undefined) return yield* relatedApart(context, ledger);
  return yield* atPricesFirst(context, ledger, context.random.shuffle(related(context, ledger)), guide);
}

/** Gives a household that is far from it one of its best plans at the prices; who is in the way is planned anew. */
function* wish(context: SearchContext, ledger: Ledger, guide: Guide | undefined): Generator<void, boolean> {
  if (guide === undefined) return yield* relatedApart(context, ledger);
  const { problem, random } = context;
  const drawn = Array.from({ length: DRAWN }, () => problem.households[random.below(problem.households.length)]!);
  const far = (household: Household): number => guide.excessOf(household, ledger.plans[household.index]!);
  const household = drawn.reduce((a, b) => (far(b) > far(a) ? b : a));
  const wishes = guide.cheapest(household.index, WISHES).filter((plan) => plan !== ledger.plans[household.index]);
  if (wishes.length === 0) return false;
  ledger.remove(household.index);
  const plan = random.pick(wishes);
  const out = yield* settle(context, ledger, household, plan, new Prices(problem.meetings.length, problem.minutes));
  if (out.length > MOST_OUT || out.includes(household.index) || againstItself(ledger, household, plan) >= 0) return false;
  if (!(yield* atPricesFirst(context, ledger, random.shuffle([...new Set(out)]), guide))) return false;
  return yield* putBack(context, ledger, [household.index], plainView(context));
}

/** Gives a household another therapist for one of its roles. */
function* otherTherapist(context: SearchContext, ledger: Ledger): Generator<void, boolean> {
  const { problem, random } = context;
  const household = random.pick(problem.households);
  const { choice } = ledger.plans[household.index]!;
  const open = household.roles.flatMap(({ kind, domain }, role) =>
    kind !== 'group' && domain.length > 1 && choice[role]! >= 0 ? [role] : [],
  );
  if (open.length === 0) return false;
  const role = random.pick(open);
  const { candidates } = household;
  const others = (row: number): number => (candidates.role[row] === role && candidates.therapist[row] === choice[role] ? Infinity : 0);
  const more = related(context, ledger)
    .filter((index) => index !== household.index)
    .slice(0, 1);
  for (const index of [household.index, ...more]) ledger.remove(index);
  if (!(yield* placeBest(context, ledger, household.index, plainView(context), { extra: others }))) return false;
  return yield* putBack(context, ledger, more, plainView(context));
}

/** Plans households at the prices, one after the other, and then each once more without. */
function* atPricesFirst(context: SearchContext, ledger: Ledger, members: readonly number[], guide: Guide): Generator<void, boolean> {
  const prices = new Prices(context.problem.meetings.length, 0, guide.base);
  for (const index of members) ledger.remove(index);
  for (const index of members) if (!(yield* placeBest(context, ledger, index, { conflict: Infinity, prices, lonely: 1 }))) return false;
  for (const index of members) {
    ledger.remove(index);
    if (!(yield* placeBest(context, ledger, index, plainView(context)))) return false;
  }
  return underfull(ledger).length === 0;
}

/** Takes households out and puts each back at its best place. */
function* putBack(context: SearchContext, ledger: Ledger, members: readonly number[], view: View): Generator<void, boolean> {
  for (const index of members) ledger.remove(index);
  for (const index of members) if (!(yield* placeBest(context, ledger, index, view))) return false;
  return underfull(ledger).length === 0;
}

function* placeBest(context: SearchContext, ledger: Ledger, index: number, view: View, more: PlanOptions = {}): Generator<void, boolean> {
  const household = context.problem.households[index]!;
  const plan = yield* planIn(context, ledger, household, view, { steady: true, ...more });
  return plan !== undefined && fitted(ledger, household, plan);
}

function plainView({ problem }: SearchContext): View {
  return { conflict: Infinity, prices: new Prices(problem.meetings.length, 0), lonely: 1 };
}

/** A few households that share a therapist or a meeting with one picked at random. */
function related(context: SearchContext, ledger: Ledger): number[] {
  const { problem, random } = context;
  const count = problem.households.length;
  const size = Math.min(count, 2 + random.below(3));
  const seed = random.below(count);
  const members = new Set([seed]);
  const household = problem.households[seed]!;
  const rows = ledger.plans[seed]!.rows;
  for (let tries = 0; tries < 20 && members.size < size && rows.length > 0; tries++) {
    const row = rows[random.below(rows.length)]!;
    const therapist = household.candidates.therapist[row]!;
    const meeting = household.candidates.meeting[row]!;
    const neighbours =
      meeting >= 0
        ? [...ledger.seats[meeting]!.keys()].map((key) => key >> 1)
        : ledger.rosters[therapist]!.duties.filter((duty) => duty.owner >= 0).map((duty) => duty.owner);
    if (neighbours.length > 0) members.add(neighbours[random.below(neighbours.length)]!);
  }
  while (members.size < size) members.add(random.below(count));
  return [...members];
}
