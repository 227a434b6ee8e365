import type { LinearModel, Row } from '../../../src/export.ts';

/** A literal is a variable's index, or `-1 - index` for its negation. */
export type Literal = number;

interface Linear {
  vars: number[];
  coeffs: number[];
}

/** The part of CP-SAT's `ConstraintProto` that is used. */
export interface CpConstraint {
  linear?: Linear & { domain: number[] };
  atMostOne?: { literals: Literal[] };
  exactlyOne?: { literals: Literal[] };
  boolOr?: { literals: Literal[] };
  interval?: Record<'start' | 'size' | 'end', Linear & { offset: number }>;
  /** Constraints of intervals, by index. */
  noOverlap?: { intervals: number[] };
  enforcementLiteral?: Literal[];
}

/** The part of CP-SAT's `CpModelProto` that is used. No hints are given. */
export interface CpModel {
  variables: { domain: number[] }[];
  constraints: CpConstraint[];
  /** To be minimised. */
  objective: Linear;
}

/** Beyond every sum of a model, and far from the limits of 64 bits. */
const FAR = 2 ** 40;

/**
 * The model row by row for CP-SAT, whose variables are integers with finite bounds. Continuous variables become integers: they hold
 * minutes and counts that follow from integers by rows with integer coefficients.
 *
 * @throws RangeError where a coefficient, a bound or a cost is no integer.
 */
export function cpModelOf(model: LinearModel): CpModel {
  return { ...cpVariables(model), constraints: model.rows.map(linearOf) };
}

/** Variables and objective. */
export function cpVariables(model: LinearModel): Pick<CpModel, 'variables' | 'objective'> {
  const uppers = finiteUppers(model);
  const costs = model.variables.flatMap(({ cost }, variable) => (cost === 0 ? [] : [{ variable, cost }]));
  return {
    variables: model.variables.map(({ lower }, index) => ({ domain: [whole(lower), whole(uppers[index]!)] })),
    objective: { vars: costs.map(({ variable }) => variable), coeffs: costs.map(({ cost }) => whole(cost)) },
  };
}

export function linearOf({ terms, sense, rhs }: Row): CpConstraint {
  return {
    linear: {
      vars: terms.map(({ variable }) => variable),
      coeffs: terms.map(({ coefficient }) => whole(coefficient)),
      domain: [sense === '<=' ? -FAR : whole(rhs), sense === '>=' ? FAR : whole(rhs)],
    },
  };
}

/** Upper bounds: a variable without one gets the most to which any row could push it, and which some best solution so does not exceed. */
export function finiteUppers({ variables, rows }: LinearModel): number[] {
  const uppers = variables.map(({ upper }) => upper);
  const open = new Set(variables.flatMap(({ upper }, index) => (upper === Infinity ? [index] : [])));
  const known = new Map<number, number>();
  for (const { terms, rhs } of rows) {
    const own = terms.filter(({ variable }) => open.has(variable));
    if (own.length === 0) continue;
    if (own.length > 1) throw new RangeError('two variables without bounds in one row');
    const [{ variable, coefficient }] = own as [Row['terms'][number]];
    const rest = terms.reduce(
      (sum, term) => (term.variable === variable ? sum : sum + Math.abs(term.coefficient) * uppers[term.variable]!),
      0,
    );
    known.set(variable, Math.max(known.get(variable) ?? 0, Math.ceil((Math.abs(rhs) + rest) / Math.abs(coefficient))));
  }
  for (const variable of open) uppers[variable] = known.get(variable) ?? 0;
  return uppers;
}

function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no integer`);
  return value;
}
