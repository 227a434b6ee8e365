import solver from 'javascript-lp-solver';

interface Row {
  terms: Map<number, number>;
  min?: number;
  max?: number;
}

const EPSILON = 1e-6;

/**
 * A small integer program: minimise the costs of variables that are integers of at least 0. Names are generated, presolve is off, and
 * what comes back is checked, since the solver behind it reports wrong answers otherwise.
 */
export class IntegerProgram {
  private readonly costs: number[] = [];
  private readonly rows: Row[] = [];

  get size(): number {
    return this.costs.length;
  }

  /** A new variable; its number. */
  variable(cost = 0): number {
    return this.costs.push(cost) - 1;
  }

  /** A new variable of at most 1. */
  choice(cost = 0): number {
    const variable = this.variable(cost);
    this.atMost([variable], 1);
    return variable;
  }

  /** The sum of variables, each as often as it is named, less the sum of `less`, is at most `max`. */
  atMost(variables: readonly number[], max: number, less: readonly number[] = []): void {
    this.rows.push({ terms: termsOf(variables, less), max });
  }

  atLeast(variables: readonly number[], min: number, less: readonly number[] = []): void {
    this.rows.push({ terms: termsOf(variables, less), min });
  }

  /** The sum of weight x variable is at most `max`. */
  weighedAtMost(terms: readonly (readonly [variable: number, weight: number])[], max: number): void {
    this.rows.push({ terms: new Map(terms), max });
  }

  weighedAtLeast(terms: readonly (readonly [variable: number, weight: number])[], min: number): void {
    this.rows.push({ terms: new Map(terms), min });
  }

  /** The best values, in order of the variables; undefined where there are none. Throws where the answer cannot be trusted. */
  solve(): { cost: number; values: number[] } | undefined {
    const names = this.costs.map((_, index) => `v${index}`);
    const answer = solver.Solve({
      optimize: 'cost',
      opType: 'min',
      constraints: Object.fromEntries(
        this.rows.map(({ min, max }, index) => [`r${index}`, { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }]),
      ),
      variables: Object.fromEntries(names.map((name, index) => [name, this.columnOf(index)])),
      ints: Object.fromEntries(names.map((name) => [name, 1])),
      options: { presolve: false },
    }) as Record<string, unknown>;
    if (answer['feasible'] !== true) return undefined;
    const values = names.map((name) => Number(answer[name] ?? 0));
    this.check(values);
    const whole = values.map(Math.round);
    return { cost: whole.reduce((sum, value, index) => sum + value * this.costs[index]!, 0), values: whole };
  }

  private columnOf(index: number): Record<string, number> {
    const rows = this.rows.flatMap(({ terms }, row) => (terms.has(index) ? [[`r${row}`, terms.get(index)!] as const] : []));
    return { cost: this.costs[index]!, ...Object.fromEntries(rows) };
  }

  private check(values: readonly number[]): void {
    const fractional = values.findIndex((value) => Math.abs(value - Math.round(value)) > EPSILON);
    if (fractional >= 0) throw new Error(`variable ${fractional} is ${values[fractional]}`);
    this.rows.forEach(({ terms, min = -Infinity, max = Infinity }, index) => {
      const sum = [...terms].reduce((total, [variable, weight]) => total + weight * values[variable]!, 0);
      if (sum < min - EPSILON || sum > max + EPSILON) throw new Error(`row ${index} is ${sum}, not from ${min} to ${max}`);
    });
  }
}

function termsOf(variables: readonly number[], less: readonly number[]): Map<number, number> {
  const terms = new Map<number, number>();
  for (const [list, sign] of [
    [variables, 1],
    [less, -1],
  ] as const)
    for (const one of list) terms.set(one, (terms.get(one) ?? 0) + sign);
  return terms;
}
