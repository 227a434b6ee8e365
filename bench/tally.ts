import { classOf, type Case } from './cases.ts';
import type { FaultKind } from './judge.ts';
import type { Attempt } from './measure.ts';
import { duration, percent, share } from './numbers.ts';
import { medianReached } from './summary.ts';

/** One case of a sweep. */
export interface Swept {
  each: Case;
  run: Omit<Attempt, 'sessions'>;
}

export const SWEEP_HEAD = [
  'class',
  'cases',
  'planned',
  '%',
  'proved',
  '%',
  'first plan',
  'slowest',
  'violations',
  'false infeasible',
  'other faults',
];

/** One row a class and one for all. Violations and the like count cases that have one, not findings. */
export function sweepRows(swept: readonly Swept[]): string[][] {
  const classes = new Map<string, Swept[]>();
  for (const one of swept) {
    const name = classOf(one.each);
    classes.set(name, [...(classes.get(name) ?? []), one]);
  }
  const sorted = [...classes];
  return [...sorted, ['all', swept] as const].map(([name, group]) => sweepRow(name, group));
}

function sweepRow(name: string, group: readonly Swept[]): string[] {
  const planned = group.filter(isPlanned);
  const proved = group.filter(({ run }) => run.status === 'optimal');
  const other = ({ run }: Swept) => run.faults.some(({ kind }) => kind !== 'violation' && kind !== 'false-infeasible');
  return [
    name,
    String(group.length),
    String(planned.length),
    percent(share(group, isPlanned)),
    String(proved.length),
    percent(share(group, ({ run }) => run.status === 'optimal')),
    duration(medianReached(group.map(({ run }) => run.firstPlanMilliseconds))),
    duration(group.length === 0 ? undefined : Math.max(...group.map(({ run }) => run.milliseconds))),
    String(group.filter((one) => has(one, 'violation')).length),
    String(group.filter((one) => has(one, 'false-infeasible')).length),
    String(group.filter(other).length),
  ];
}

/** Cases for which no complete plan was found in the limit; every case of a sweep has one. */
export function withoutPlan(swept: readonly Swept[]): Swept[] {
  return swept.filter((one) => !isPlanned(one));
}

function isPlanned({ run }: Swept): boolean {
  return run.score !== undefined;
}

function has({ run }: Swept, kind: FaultKind): boolean {
  return run.faults.some((fault) => fault.kind === kind);
}
