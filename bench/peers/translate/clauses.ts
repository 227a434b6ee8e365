import type { LinearModel, Row } from '../../../src/export.ts';
import { linearOf, type CpConstraint, type Literal } from './cp-model.ts';

/**
 * Rows as an expert writes them: what says that at most, exactly or at least one of some literals holds becomes that constraint; the
 * rest stays linear. Two rows that say `at most one` and `at least one` of the same variables are one `exactly one`.
 */
export function clausesOf({ variables, rows }: Pick<LinearModel, 'variables' | 'rows'>): CpConstraint[] {
  const binary = variables.map(({ integer, lower, upper }) => integer && lower === 0 && upper === 1);
  const found = rows.map((row) => (row.terms.every(({ variable }) => binary[variable]) ? logicOf(row) : undefined) ?? linearOf(row));
  const exclusive = new Set(found.flatMap(({ atMostOne }) => (atMostOne === undefined ? [] : [keyOf(atMostOne.literals)])));
  const required = new Set(found.flatMap(({ boolOr }) => (boolOr === undefined ? [] : [keyOf(boolOr.literals)])));
  return found.flatMap((constraint): CpConstraint[] => {
    const { atMostOne, boolOr } = constraint;
    if (atMostOne !== undefined && required.has(keyOf(atMostOne.literals))) return [{ exactlyOne: atMostOne }];
    if (boolOr !== undefined && exclusive.has(keyOf(boolOr.literals))) return [];
    return [constraint];
  });
}

function keyOf(literals: readonly Literal[]): string {
  return [...literals].sort((a, b) => a - b).join();
}

/** A row of binaries with coefficients 1 and -1 as a constraint of literals, where it is one. */
function logicOf({ terms, sense, rhs }: Row): CpConstraint | undefined {
  if (terms.some(({ coefficient }) => Math.abs(coefficient) !== 1)) return undefined;
  // A term -x is the literal `not x` less 1, so that sums of literals have only positive terms.
  const literals = terms.map(({ variable, coefficient }) => (coefficient > 0 ? variable : -1 - variable));
  const negative = terms.filter(({ coefficient }) => coefficient < 0).length;
  const least = rhs + negative;
  if (sense === '=') return least === 1 ? { exactlyOne: { literals } } : undefined;
  if (sense === '>=') return least === 1 ? { boolOr: { literals } } : undefined;
  if (least === 1) return { atMostOne: { literals } };
  // All but one at most: one of their negations holds.
  return least === literals.length - 1 ? { boolOr: { literals: literals.map((literal) => -1 - literal) } } : undefined;
}
