import type { Household } from '../../model/problem.ts';
import type { Pattern } from './pattern.ts';

/** Most that one node's patterns add. */
export interface Most {
  /** Per item: sessions. */
  sessions: number[];
  /** Per person: credited minutes, and 1 where the date can be a service day. */
  credit: number[];
  service: number[];
  /** Per person: 1 where the date can have sessions. */
  busy: number[];
  /** Per person and grant: units drawn. */
  draws: number[][];
}

export function mostOf({ items, persons }: Household, patterns: readonly Pattern[]): Most {
  const most: Most = {
    sessions: items.map(() => 0),
    credit: persons.map(() => 0),
    service: persons.map(() => 0),
    busy: persons.map(() => 0),
    draws: persons.map(({ authorizations }) => authorizations.map(() => 0)),
  };
  for (const pattern of patterns) {
    pattern.items.forEach((item, index) => (most.sessions[item] = Math.max(most.sessions[item]!, pattern.counts[index]!)));
    persons.forEach(({ authorizations }, person) => {
      most.credit[person] = Math.max(most.credit[person]!, pattern.credit[person as 0 | 1]);
      if (pattern.service[person as 0 | 1]) most.service[person] = 1;
      if (pattern.has[person as 0 | 1]) most.busy[person] = 1;
      authorizations.forEach((grant, index) => {
        const sessions = pattern.draws[person as 0 | 1].filter((draw) => grant.services.includes(draw < 0 ? -1 - draw : draw)).length;
        most.draws[person]![index] = Math.max(most.draws[person]![index]!, grant.unitDay ? Math.min(1, sessions) : sessions);
      });
    });
  }
  return most;
}
