import type { LinearModel, Load, Row, Variable } from './linear-model.ts';
import { Names } from './names.ts';

type Parts = readonly (string | number)[];

/** Gathers variables, rows and the objective. All variables are at least 0. */
export class ModelBuilder {
  readonly names = new Names();
  private readonly rowNames = new Names();
  private readonly variables: Variable[] = [];
  private readonly rows: Row[] = [];
  /** What the objective costs whatever is chosen. */
  private constant = 0;
  private one = -1;

  get size(): number {
    return this.variables.length;
  }

  nameOf(variable: number): string {
    return this.variables[variable]!.name;
  }

  binary(name: Parts): number {
    return this.variable(name, 1, true);
  }

  /** An integer that is at least 0. */
  whole(name: Parts): number {
    return this.variable(name, Infinity, true);
  }

  continuous(name: Parts, upper = Infinity): number {
    return this.variable(name, upper, false);
  }

  private variable(name: Parts, upper: number, integer: boolean): number {
    return this.variables.push({ name: this.names.unique(name), lower: 0, upper, integer, cost: 0 }) - 1;
  }

  /** Adds weight x expression to the objective. */
  charge(load: Load, weight: number): void {
    for (const [variable, coefficient] of load.terms) this.variables[variable]!.cost += weight * coefficient;
    this.constant += weight * load.constant;
  }

  chargeVariable(variable: number, weight: number): void {
    this.variables[variable]!.cost += weight;
  }

  /** A hard rule's maximum, which gives way to what facts alone exceed: then nothing may come on top. */
  limit(name: Parts, load: Load, most: number): void {
    this.atMost(name, load, Math.max(most, load.facts));
  }

  /** At most `limit`. Left out where nothing can exceed it. */
  atMost(name: Parts, load: Load, limit: number): void {
    const rhs = limit - load.constant;
    let most = 0;
    for (const [variable, coefficient] of load.terms) if (coefficient > 0) most += coefficient * this.variables[variable]!.upper;
    if (most > rhs) this.row(name, load, '<=', rhs);
  }

  /** At least `limit`. Left out where nothing can fall short of it. */
  atLeast(name: Parts, load: Load, limit: number): void {
    const rhs = limit - load.constant;
    let least = 0;
    for (const [variable, coefficient] of load.terms) if (coefficient < 0) least += coefficient * this.variables[variable]!.upper;
    if (least < rhs) this.row(name, load, '>=', rhs);
  }

  exactly(name: Parts, load: Load, value: number): void {
    this.row(name, load, '=', value - load.constant);
  }

  /** A row that nothing fulfils: what it names contradicts the rules. */
  impossible(name: Parts): void {
    this.rows.push({ name: this.rowNames.unique(name), terms: [{ variable: this.unit(), coefficient: 1 }], sense: '<=', rhs: 0 });
  }

  private row(name: Parts, load: Load, sense: Row['sense'], rhs: number): void {
    const terms = [...load.terms].flatMap(([variable, coefficient]) => (coefficient === 0 ? [] : [{ variable, coefficient }]));
    if (terms.length > 0) this.rows.push({ name: this.rowNames.unique(name), terms, sense, rhs });
    else if (sense === '<=' ? rhs < 0 : sense === '>=' ? rhs > 0 : rhs !== 0) this.impossible(name);
  }

  /** The variable that is 1: constants of the objective, which files have no common way to write, and rows without variables. */
  private unit(): number {
    if (this.one < 0)
      this.one = this.variables.push({ name: this.names.unique(['constant']), lower: 1, upper: 1, integer: false, cost: 0 }) - 1;
    return this.one;
  }

  finish(program: string): LinearModel {
    if (this.constant !== 0 || this.size === 0) this.variables[this.unit()]!.cost = this.constant;
    return { name: this.names.id(program), variables: this.variables, rows: this.rows };
  }
}
