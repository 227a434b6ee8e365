// The part of the peers' packages that is used, so that types hold whether or not they are installed.

declare module 'highs' {
  interface MipEvent {
    data: { mip_solution?: Float64Array; mip_dual_bound?: number };
  }
  interface Model {
    options: { set(name: string, value: number | boolean | string): void };
    info: { get(name: string): number | bigint };
    run(callbacks: Record<number, (event: MipEvent) => undefined>): { modelStatus: number };
  }
  interface Highs {
    createModel(source: object): Model;
    constants: { callbackType: { mipImprovingSolution: number; mipLogging: number }; modelStatus: Readonly<Record<string, number>> };
  }
  export default function loadHighs(): Promise<Highs>;
}

declare module 'or-tools-wasm/cp-sat' {
  interface Response {
    status: string;
    solution: number[];
    objectiveValue: number;
    bestObjectiveBound: number;
    /** Seconds. */
    wallTime: number;
  }
  export const CpSat: {
    createModel(model: object): Promise<Uint8Array>;
    validate(model: Uint8Array): Promise<{ ok: boolean; message: string }>;
    solve(
      model: Uint8Array,
      parameters?: Readonly<Record<string, number | boolean | string>>,
      callbacks?: { onSolution?: (response: Response) => void; onLog?: (message: string) => void },
    ): Promise<{ response: Response | null }>;
  };
}

declare module 'yalps' {
  interface Constraint {
    equal?: number;
    min?: number;
    max?: number;
  }
  export function solve(
    model: {
      direction: 'minimize';
      objective: string;
      constraints: ReadonlyMap<string, Constraint>;
      variables: ReadonlyMap<string, ReadonlyMap<string, number>>;
      integers: ReadonlySet<string>;
    },
    options: { timeout: number; maxIterations: number; maxPivots: number },
  ): { status: 'optimal' | 'infeasible' | 'unbounded' | 'timedout' | 'cycled'; result: number; variables: [string, number][] };
}
