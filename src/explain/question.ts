import type { ParsedProgram } from '../domain/program.ts';
import { SOFT_RULES } from '../domain/weights.ts';
import { Random } from '../kernel/random.ts';
import { compile } from '../model/compile.ts';
import { SearchContext } from '../solver/context.ts';
import { solve } from '../solver/solve.ts';
import { mapCare, mapCouples, mapPartners, type Reach, type Relaxation } from './relax.ts';

/** Work charged to each step of a search, beside its own, since proofs take many steps that search little. */
const STEP_WORK = 20;

/** Households up to which a proof is tried before a plan is: most questions are answered with no. */
const SMALL = 4;

/** Whether the program has a plan where a rule is set aside for those reached. */
export interface Asked {
  program: ParsedProgram;
  relaxation: Relaxation;
  reach: Reach;
}

/** Whether there is a plan; undefined where `most` units of work did not tell. `spend` is told of the work as it is done. */
export function* hasPlan(
  { program, relaxation, reach }: Asked,
  most: number,
  spend: (work: number) => void,
): Generator<void, boolean | undefined> {
  const compiled = yield* compile(withoutPreferences(relaxation.change(program, reach)));
  if (compiled.contradictions.length > 0) return false;
  const context = new SearchContext(compiled.problem, new Random(1));
  const households = compiled.problem.households.length;
  const search = solve(context, households > 1 && households <= SMALL ? 0 : undefined);
  let spent = 0;
  for (;;) {
    const before = context.work.spent;
    const done = search.next().done === true;
    const work = context.work.spent - before + STEP_WORK;
    spend(work);
    spent += work;
    const plans = context.best?.plans;
    if (plans !== undefined && (relaxation.accepts?.(program, compiled, plans) ?? true)) return true;
    if (done) return false;
    if (spent > most) return undefined;
    yield;
  }
}

/** The program with its hard rules alone: whether a plan exists does not depend on how good it is, and is found sooner so. */
function withoutPreferences(program: ParsedProgram): ParsedProgram {
  const everyone = (): boolean => true;
  const care = mapCare(program, everyone, (item) => (item.continuity === 'prefer' ? { ...item, continuity: 'none' } : item));
  const partners = mapPartners(care, (partner) => ({ ...partner, prefers: { attributes: [] } }));
  const couples = mapCouples(partners, everyone, ({ together: _, ...couple }) => couple);
  const weights = Object.fromEntries(SOFT_RULES.map((rule) => [rule, 0])) as ParsedProgram['weights'];
  return { ...couples, weights };
}
