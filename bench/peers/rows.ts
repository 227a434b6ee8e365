import { decimal, percent } from '../numbers.ts';
import type { Summary } from './figures.ts';

/** Heads of the table of one case: scores by the mark and by the limit, in seconds. */
export function peerHead(mark: number, limit: number): string[] {
  const marked = mark < limit ? [`at ${mark} s`] : [];
  const times = ['first plan', 'x ours', ...marked, `at ${limit} s`, 'x ours'];
  return ['engine', 'prepare', ...times, 'bound', 'gap', 'proved', 'ended', 'MB', 'plans', 'faults', 'status'];
}

/** One row an engine; `ours` is the engine that the others are compared with. */
export function peerRows(summaries: readonly Summary[], mark: number, limit: number): string[][] {
  const ours = summaries.find(({ engine }) => engine === 'iop-scheduler');
  return summaries.map((each) => [
    each.engine,
    each.preparedIn === undefined ? '-' : seconds(each.preparedIn),
    each.firstPlan === undefined ? 'none' : seconds(each.firstPlan),
    ratio(each.firstPlan, ours?.firstPlan),
    ...(mark < limit ? [decimal(each.atMark)] : []),
    decimal(each.atLimit),
    ratio(each.atLimit, ours?.atLimit),
    decimal(each.bound),
    percent(each.gap),
    each.provedAt === undefined ? 'no' : seconds(each.provedAt),
    each.endedAfter === undefined ? '-' : seconds(each.endedAfter),
    decimal(each.megabytes),
    `${each.plans}/${each.answers}`,
    String(each.faults.length),
    each.status,
  ]);
}

/** Two decimals below 10, one above. */
export function seconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} s`;
}

function ratio(value: number | undefined, ours: number | undefined): string {
  if (value === undefined || ours === undefined) return '-';
  if (value === ours) return '1.00';
  return ours === 0 ? '-' : (value / ours).toFixed(2);
}
