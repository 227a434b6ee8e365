import type { AuthorizationModel } from '../../model/problem.ts';
import type { Choice } from '../choices.ts';
import type { Load } from '../linear-model.ts';

/** A session at which the person is present, of a service that some grant names. */
export interface Drawing {
  choice: Choice;
  service: number;
  date: number;
  week: number;
  /** Per grant: whether it draws there. */
  on: Map<number, Load>;
}

/** Facts that find a grant with room when nothing but facts draws: by start, each on the first that covers it. */
export function drawsOfFacts(grants: readonly AuthorizationModel[], drawings: readonly Drawing[]): Set<Drawing> {
  const ledgers = grants.map((grant) => ({
    grant,
    units: grant.used,
    weeks: new Map<number, number>([[1, grant.usedInFirstWeek]]),
    days: new Map<number, number>(),
  }));
  const found = new Set<Drawing>();
  for (const drawing of drawings) {
    if (!drawing.choice.fact) continue;
    const { service, date, week } = drawing;
    for (const ledger of ledgers) {
      const { grant, days, weeks } = ledger;
      const units = grant.unitDay && days.has(date) ? 0 : 1;
      const covers = grant.services.includes(service) && date >= grant.from && date <= grant.to;
      const room =
        ledger.units + units <= grant.total &&
        (weeks.get(week) ?? 0) + units <= grant.maxPerWeek &&
        (days.get(date) ?? 0) < grant.maxPerDay;
      if (!covers || !room) continue;
      ledger.units += units;
      weeks.set(week, (weeks.get(week) ?? 0) + units);
      days.set(date, (days.get(date) ?? 0) + 1);
      found.add(drawing);
      break;
    }
  }
  return found;
}
