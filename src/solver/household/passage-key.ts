import type { LabelTable } from '../../kernel/label-table.ts';
import type { Completion } from './completion.ts';
import type { Futures } from './futures.ts';
import type { Layout } from './layout.ts';
import type { NodeChoices } from './pattern-cache.ts';
import { shiftDays, type Segment } from './segments.ts';
import type { HouseholdTables } from './tables.ts';

/** What of a search tells how labels go through a segment. */
interface Search {
  tables: HouseholdTables;
  layout: Layout;
  choices: readonly NodeChoices[];
  completion: Completion;
  futures: Futures;
}

/**
 * All that the passage of some labels through a segment depends on, costs counted from the least.
 * @param asked what the search's setting adds
 */
export function passageKey(search: Search, { from, to, kind }: Segment, asked: string, labels: LabelTable, least: number): string {
  const { tables, choices } = search;
  let key = `${kind},${asked}`;
  for (let node = from; node < to; node++) key += `,${choices[node]!.family}`;
  if (to < tables.household.nodeCount) key += `,${laterKey(search, to)}`;
  if (tables.limits.counted) key += `,${grantsKey(search, from, to)}`;
  // The only segment always begins with the same label.
  return tables.segments.length === 1 ? key : `${key}|${labelsKey(search, from, labels, least)}`;
}

function labelsKey({ tables, layout }: Search, from: number, { states, cost, count }: LabelTable, least: number): string {
  const starts = states.slice(0, count * layout.size);
  shiftDays(tables.household, layout, starts, from, -1);
  let key = `${starts.join()}|`;
  for (let label = 0; label < count; label++) key += `${cost[label]! - least},`;
  return key;
}

/** What the labels of a segment depend on after it. */
function laterKey({ completion, futures, layout, tables }: Search, to: number): string {
  const { items, persons, nodeCount } = tables.household;
  const parts: (number | string)[] = [completion.keyAt(to)];
  for (let item = 0; item < items.length; item++) {
    const at = item * nodeCount + to - 1;
    parts.push(futures.sessions[at]!, layout.total[item]! < 0 ? '' : futures.total[at]!);
  }
  for (let person = 0; person < persons.length; person++) {
    const at = person * nodeCount + to - 1;
    parts.push(futures.credit[at]!, futures.serviceDays[at]!);
  }
  return parts.join();
}

function grantsKey({ futures, layout, tables }: Search, from: number, to: number): string {
  const { persons, nodeDay } = tables.household;
  const parts: number[] = [];
  persons.forEach(({ authorizations }, person) => {
    const needs = futures.needs[person]!;
    authorizations.forEach((grant, index) => {
      if (layout.drawn[person]![index]! < 0 || grant.to < nodeDay[person as 0 | 1][from]!) return;
      parts.push(futures.draws[person]![index]![to - 1]!, needs[index]![from]!, needs[index]![to - 1]!);
    });
  });
  return parts.join();
}
