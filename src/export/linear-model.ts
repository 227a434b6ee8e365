/** A column of the model. Its value lies between `lower` and `upper`, both inclusive; every lower bound of an exported model is 0 or 1. */
export interface Variable {
  /** Unique; letters, digits, `_` and `.` only, at most 255 of them, beginning with a letter. */
  name: string;
  lower: number;
  /** `Infinity` where there is none. */
  upper: number;
  integer: boolean;
  /** Its factor in the objective, which is minimised. */
  cost: number;
}

/** A row of the model: the sum of coefficient x variable stands in `sense` to `rhs`. */
export interface Row {
  /** Unique among the rows, made as names of variables are; begins with the rule that it is for. */
  name: string;
  /** Variables by index, each once. */
  terms: readonly { variable: number; coefficient: number }[];
  sense: '<=' | '>=' | '=';
  rhs: number;
}

/** A mixed-integer linear program, to be minimised. */
export interface LinearModel {
  /** Made of the program's id, as names of variables are. */
  name: string;
  variables: readonly Variable[];
  rows: readonly Row[];
}

/** A linear expression: variables, and what stands whatever is chosen. */
export class Load {
  /** Variable to coefficient. */
  readonly terms = new Map<number, number>();
  /** What stands, and how much of that facts alone make up. */
  constant = 0;
  facts = 0;

  add(variable: number, coefficient = 1): this {
    this.terms.set(variable, (this.terms.get(variable) ?? 0) + coefficient);
    return this;
  }

  stand(amount: number, fact: boolean): this {
    this.constant += amount;
    if (fact) this.facts += amount;
    return this;
  }

  /** The expression times a factor. */
  scaled(factor: number): Load {
    return new Load().addLoad(this, factor);
  }

  addLoad(other: Load, factor = 1): this {
    for (const [variable, coefficient] of other.terms) this.add(variable, coefficient * factor);
    this.constant += other.constant * factor;
    this.facts += other.facts * factor;
    return this;
  }
}
