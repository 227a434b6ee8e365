import type { Household, Item, Meeting, Problem } from '../model/problem.ts';

/** Meetings of a group that a person could attend in a week, and how many the person's care demands. */
export interface Demand {
  household: number;
  role: number;
  group: number;
  week: number;
  meetings: number[];
  /** The dates of these meetings. */
  dates: number[];
  least: number;
  /** Weeks over which the care may spread what is due; `least` is the share of one. */
  weeks: number;
  /** Meetings attended at most on one date, and dates on which the person can attend as far as grants of dates last. */
  perDay: number;
  days: number;
  /** Meetings that make a service day, and whether the person may attend fewer on a date. */
  serviceDay: number;
  lesser: boolean;
  /** Dates at most between two service days. */
  freeDays: number;
  /** What it lacks even at the best times that the group could have; see `missingOf`. */
  sure: number;
  /** 1 over the number of groups that could serve. */
  share: number;
}

/** What the care of households demands of each group in each week. */
export function* demandsOf(households: readonly Household[], problem: Problem): Generator<void, Demand[]> {
  const demands = new Map<string, Demand>();
  for (const each of households) {
    yield;
    const { index: household, candidates, items, roles } = each;
    for (let row = 0; row < candidates.count; row++) {
      const meeting = candidates.meeting[row]!;
      const item = items[candidates.item[row]!];
      if (meeting < 0 || item === undefined || candidates.counts[row] === 0) continue;
      const { group, week } = problem.meetings[meeting]!;
      const key = [household, candidates.item[row]!, group, week].join();
      const known = demands.get(key);
      const date = candidates.days[item.owner as 0 | 1 | 2][row]!;
      if (known !== undefined) {
        known.meetings.push(meeting);
        known.dates.push(date);
        continue;
      }
      demands.set(key, {
        household,
        role: item.role,
        group,
        week,
        meetings: [meeting],
        dates: [date],
        ...leastOf(item, candidates.week[row]!),
        perDay: item.maxPerDay,
        days: daysOf(each, item, date),
        ...serviceOf(each, item, candidates.week[row]!),
        sure: 0,
        share: 1 / roles[item.role]!.domain.length,
      });
    }
  }
  for (const demand of demands.values()) {
    yield;
    demand.sure = Math.max(
      missingOf(demand, () => true),
      demand.least - problem.groups[demand.group]!.weeklyCount,
    );
  }
  return yield* sustained(households, problem, [...demands.values()]);
}

/**
 * Dates in a week on which a person can attend, where one grant of dates alone covers the service: its limit for a week, or what is left
 * of it over the weeks that it lasts. Infinity where nothing limits them.
 */
function daysOf({ persons, roles, nodeDay, nodeWeek }: Household, { owner, role }: Item, date: number): number {
  const { authorizations = [] } = persons[owner] ?? {};
  const covering = authorizations.filter(({ services, from, to }) => services.includes(roles[role]!.service) && date >= from && date <= to);
  const [grant] = covering;
  if (covering.length !== 1 || grant === undefined || !grant.unitDay) return Infinity;
  const clock = owner as 0 | 1;
  const weeks = new Set(nodeWeek[clock].filter((_, node) => nodeDay[clock][node]! >= grant.from && nodeDay[clock][node]! <= grant.to));
  weeks.delete(0);
  return Math.min(grant.maxPerWeek, Math.max(1, Math.floor((grant.total - grant.used) / weeks.size)));
}

/** Sessions due in a week: of those due in a block of weeks an even share. */
function leastOf({ blockMin }: Item, week: number): Pick<Demand, 'least' | 'weeks'> {
  let [from, to] = [week, week];
  while (from > 1 && blockMin[from - 1] === -1) from--;
  while (to < blockMin.length - 1 && blockMin[to] === -1) to++;
  const weeks = to - from + 1;
  return { least: Math.ceil(Math.max(0, blockMin[to]!) / weeks), weeks };
}

/** What service days ask in a week of a person who attends group meetings. */
function serviceOf({ persons, roles }: Household, { owner, role }: Item, week: number): Pick<Demand, 'serviceDay' | 'lesser' | 'freeDays'> {
  const hours = persons[owner]?.hours;
  if (hours === undefined) return { serviceDay: 1, lesser: true, freeDays: Infinity };
  return {
    serviceDay: Math.max(1, Math.ceil(hours.serviceMinutes[week]! / Math.max(1, roles[role]!.credit))),
    lesser: hours.lesserForbidden[week] === 0,
    freeDays: hours.maxFreeDays[week]!,
  };
}

/** Meetings that a demand lacks among some, one more where they leave the person too many dates between service days. */
export function missingOf(demand: Demand, chosen: (meeting: number) => boolean): number {
  const { least, perDay, days, serviceDay, lesser } = demand;
  const counts = [...datesOf(demand, chosen).values()].map((count) => Math.min(perDay, count));
  const most = counts
    .filter((count) => lesser || count >= serviceDay)
    .sort((a, b) => b - a)
    .slice(0, days);
  const attended = most.reduce((sum, each) => sum + each, 0);
  return Math.max(0, least - attended) + (gapOf(demand, chosen) === undefined ? 0 : 1);
}

/** The first service days between which some meetings leave more dates than the person may have free. */
export function gapOf(demand: Demand, chosen: (meeting: number) => boolean): { from: number; to: number } | undefined {
  if (demand.freeDays === Infinity) return undefined;
  const dates = [...datesOf(demand, chosen)].flatMap(([date, count]) => (count >= demand.serviceDay ? [date] : []));
  dates.sort((a, b) => a - b);
  for (let index = 1; index < dates.length; index++) {
    const [from, to] = [dates[index - 1]!, dates[index]!];
    if (to - from - 1 > demand.freeDays) return { from, to };
  }
  return undefined;
}

/** Some of a demand's meetings per date. */
function datesOf({ meetings, dates }: Demand, chosen: (meeting: number) => boolean): Map<number, number> {
  const byDate = new Map<number, number>();
  meetings.forEach((meeting, index) => {
    if (chosen(meeting)) byDate.set(dates[index]!, (byDate.get(dates[index]!) ?? 0) + 1);
  });
  return byDate;
}

/** Without the demands on groups that cannot be the one group of a person, since they meet too seldom for the person in some week. */
function* sustained(households: readonly Household[], problem: Problem, demands: readonly Demand[]): Generator<void, Demand[]> {
  const byRole = new Map<string, Demand[]>();
  for (const demand of demands) {
    yield;
    const key = `${demand.household}:${demand.role}`;
    byRole.set(key, [...(byRole.get(key) ?? []), demand]);
  }
  const strict = new Set(
    households.flatMap(({ index, roles }) => roles.flatMap((role, at) => (role.continuity === 'strict' ? [`${index}:${at}`] : []))),
  );
  const held = (group: number): number => problem.groups[group]!.weeklyCount;
  const result: Demand[] = [];
  for (const [key, all] of byRole) {
    yield;
    if (!strict.has(key)) {
      result.push(...all);
      continue;
    }
    const weeks = new Set(all.filter(({ least }) => least > 0).map(({ week }) => week));
    const met = (group: number, week: number): boolean =>
      all.some(
        (each) =>
          each.group === group && each.week === week && (each.weeks > 1 || Math.min(each.meetings.length, held(group)) >= each.least),
      );
    const groups = [...new Set(all.map(({ group }) => group))].filter((group) => [...weeks].every((week) => met(group, week)));
    for (const demand of all) if (groups.includes(demand.group)) result.push({ ...demand, share: 1 / groups.length });
  }
  return result;
}

/**
 * How free the leaders are at each meeting of groups that choose their times: the share of those who would attend it among all who
 * would attend it or a meeting at a fixed time that its leaders have to lead then.
 */
export function* easeOf(problem: Problem, demands: readonly Demand[]): Generator<void, Float64Array> {
  const { groups, meetings } = problem;
  const attendance = new Float64Array(meetings.length);
  for (const { group, meetings: could, least, share } of demands) {
    const held = Math.min(could.length, groups[group]!.weeklyCount);
    for (const meeting of could) attendance[meeting]! += share * Math.min(1, least / held);
  }
  const chooses = ({ group }: Meeting): boolean => groups[group]!.weeklyCount < Infinity;
  const rivals = meetings.flatMap((meeting, index) => (chooses(meeting) || attendance[index] === 0 ? [] : [index]));
  const ease = new Float64Array(meetings.length).fill(1);
  for (const [index, meeting] of meetings.entries()) {
    const own = attendance[index]!;
    if (own === 0 || !chooses(meeting)) continue;
    yield;
    const clashing = rivals.filter(
      (rival) => meetings[rival]!.sure.some((leader) => meeting.sure.includes(leader)) && !follows(problem, rival, index),
    );
    ease[index] = own / clashing.reduce((sum, rival) => sum + attendance[rival]!, own);
  }
  return ease;
}

/** Whether one of two meetings ends, with its buffer, before the other starts. */
export function follows(problem: Problem, a: number, b: number): boolean {
  const [first, second] = [problem.meetings[a]!, problem.meetings[b]!];
  return first.end + first.buffer <= second.start || second.end + second.buffer <= first.start;
}
