import type { Household, PersonModel } from '../../model/problem.ts';
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
    sessions: zeros(items.length),
    credit: zeros(persons.length),
    service: zeros(persons.length),
    busy: zeros(persons.length),
    draws: persons.map(({ authorizations }) => zeros(authorizations.length)),
  };
  for (const pattern of patterns) {
    const { items: own, counts } = pattern;
    for (let index = 0; index < own.length; index++) {
      if (counts[index]! > most.sessions[own[index]!]!) most.sessions[own[index]!] = counts[index]!;
    }
    for (let person = 0; person < persons.length; person++) addPerson(most, persons[person]!, person as 0 | 1, pattern);
  }
  return most;
}

function zeros(length: number): number[] {
  const list: number[] = [];
  for (let index = 0; index < length; index++) list.push(0);
  return list;
}

function addPerson(most: Most, { authorizations }: PersonModel, person: 0 | 1, { credit, service, has, draws }: Pattern): void {
  if (credit[person] > most.credit[person]!) most.credit[person] = credit[person];
  if (service[person]) most.service[person] = 1;
  if (has[person]) most.busy[person] = 1;
  for (let index = 0; index < authorizations.length; index++) {
    const grant = authorizations[index]!;
    const sessions = draws[person].filter((draw) => grant.services.includes(draw < 0 ? -1 - draw : draw)).length;
    most.draws[person]![index] = Math.max(most.draws[person]![index]!, grant.unitDay ? Math.min(1, sessions) : sessions);
  }
}
