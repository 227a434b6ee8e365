import type { CareItem } from '../../src/domain/care.ts';
import type { HourRules, Policy } from '../../src/domain/policy.ts';
import { SERVICE_ID, type WeekOfCare } from './care.ts';
import type { Draft, DraftPartner } from './draft.ts';

/** The policies of the programme, the strictest first; each partner gets one that the plan keeps. */
export function drawPolicies(draft: Draft): Policy[] {
  const { random, shape } = draft;
  const { dailyMinutes, serviceDayMinutes, tracks, group, individual, joint } = shape.format;
  const most = Math.max(
    ...tracks.map((track) => track.days * track.perDay * group.credit + track.individuals * individual.credit + joint.credit),
  );
  const daily = { dailyMinutes: { max: dailyMinutes } };
  const averaged: Policy = {
    id: 'pol-average',
    weeklyMinutes: { min: 540, max: 1140 },
    averageWeeks: random.pick([2, 4]),
    serviceDays: { min: 2, max: 6 },
  };
  return [
    { id: 'pol-exact', weeklyMinutes: { min: 540, max: 540 }, serviceDays: { min: 3, max: 5 }, ...daily },
    {
      id: 'pol-day',
      weeklyMinutes: { min: 540, max: 1140 },
      serviceDays: { min: 3, minutes: serviceDayMinutes, ...(random.chance(0.5) ? { lesser: 'forbidden' as const } : {}) },
      maxFreeDays: random.pick([2, 3, 3]),
      partialWeeks: 'prorate',
    },
    { id: 'pol-iop', weeklyMinutes: { min: 540, max: shape.tight ? most : 900 }, serviceDays: { min: 3, max: 5 }, ...daily },
    ...(shape.taperAfter === undefined ? [] : [taperPolicy(shape.taperAfter, daily)]),
    ...(shape.weeks > 1 ? [averaged] : []),
    { id: 'pol-step-down', weeklyMinutes: { min: 360, max: 600 }, serviceDays: { min: 2, max: 5 }, partialWeeks: 'enforce' },
    { id: 'pol-light', weeklyMinutes: { min: individual.credit, max: 900 }, ...(random.chance(0.5) ? daily : {}) },
  ];
}

function taperPolicy(after: number, daily: Pick<HourRules, 'dailyMinutes'>): Policy {
  return {
    id: 'pol-taper',
    weeklyMinutes: { min: 540, max: 900 },
    serviceDays: { min: 3, max: 5 },
    ...daily,
    phases: [{ fromWeek: after + 1, weeklyMinutes: { min: 400, max: 720 }, serviceDays: { min: 2, max: 5 } }],
  };
}

/** A policy that the partner's planted sessions keep in every week; undefined where there is none, or by chance for those with little care. */
export function policyFor(
  draft: Draft,
  partner: DraftPartner,
  policies: readonly Policy[],
  weeks: readonly WeekOfCare[],
  care: readonly CareItem[],
): string | undefined {
  const { random, shape } = draft;
  if (!partner.patient && random.chance(0.7)) return undefined;
  const nineHours = policies.filter((policy) => policy.weeklyMinutes.min >= 540);
  const others = policies.filter((policy) => policy.weeklyMinutes.min < 540);
  const order = [...(shape.tight && random.chance(0.5) ? nineHours : random.shuffle(nineHours)), ...others];
  return order.find((policy) => keeps(draft, partner, policy, weeks, care))?.id;
}

/** The contract's hour rules, on planted weeks. */
function keeps(draft: Draft, partner: DraftPartner, policy: Policy, weeks: readonly WeekOfCare[], care: readonly CareItem[]): boolean {
  const partial = weeks.some((week) => week.inside < 7);
  if (policy.partialWeeks === 'enforce' && partial) return false;
  const dueOf = (week: WeekOfCare, minimum: number): number => {
    if (week.inside === 7) return minimum;
    return policy.partialWeeks === 'prorate' ? Math.floor((minimum * week.inside) / 7) : 0;
  };
  const rulesOf = (week: WeekOfCare): HourRules => {
    const phase = (policy.phases ?? []).find(({ fromWeek, toWeek }) => week.careWeek >= fromWeek && week.careWeek <= (toWeek ?? Infinity));
    return { ...policy, ...phase };
  };
  return (
    keepsMinutes(partner, policy.averageWeeks ?? 1, weeks, rulesOf, dueOf) &&
    weeks.every((week) => keepsDays(week, rulesOf(week), dueOf) && keepsCare(week, care, dueOf)) &&
    keepsFreeDays(draft, weeks, rulesOf)
  );
}

type RulesOf = (week: WeekOfCare) => HourRules;
type DueOf = (week: WeekOfCare, minimum: number) => number;

/** Sums over blocks; a stay from before the horizon, of which there is no record here, does without averages. */
function keepsMinutes(partner: DraftPartner, every: number, weeks: readonly WeekOfCare[], rulesOf: RulesOf, dueOf: DueOf): boolean {
  if (every > 1 && (partner.stay?.from ?? 0) < 0) return false;
  const blocks = new Map<number, WeekOfCare[]>();
  for (const week of weeks) {
    const number = Math.floor((week.careWeek - 1) / every);
    blocks.set(number, [...(blocks.get(number) ?? []), week]);
  }
  return [...blocks.values()].every((block) => {
    const minutes = block.reduce((sum, week) => week.days.reduce((total, day) => total + day.credited, sum), 0);
    const min = block.reduce((sum, week) => sum + dueOf(week, rulesOf(week).weeklyMinutes.min), 0);
    const max = block.reduce((sum, week) => sum + (rulesOf(week).weeklyMinutes.max ?? Infinity), 0);
    return min <= minutes && minutes <= max;
  });
}

function keepsDays(week: WeekOfCare, rules: HourRules, dueOf: DueOf): boolean {
  const { days } = week;
  const { min = 0, max = 7, minutes = 1, lesser } = rules.serviceDays ?? {};
  const service = days.filter((day) => day.credited >= minutes).length;
  if (service < dueOf(week, min) || days.length > max) return false;
  if (lesser === 'forbidden' && service < days.length) return false;
  return days.every((day) => day.clock <= (rules.dailyMinutes?.max ?? Infinity));
}

function keepsCare(week: WeekOfCare, care: readonly CareItem[], dueOf: DueOf): boolean {
  return care.every((item) => {
    if (week.careWeek < (item.fromWeek ?? 1) || week.careWeek > (item.toWeek ?? Infinity)) return true;
    return week.sessions.filter((session) => SERVICE_ID[session.kind] === item.service).length >= dueOf(week, item.sessions.min);
  });
}

function keepsFreeDays(draft: Draft, weeks: readonly WeekOfCare[], rulesOf: RulesOf): boolean {
  const days = weeks.flatMap((week) => {
    const rules = rulesOf(week);
    const service = week.days.filter((day) => day.credited >= (rules.serviceDays?.minutes ?? 1));
    return service.map(({ date }) => ({ date, most: rules.maxFreeDays ?? Infinity }));
  });
  return days.slice(1).every(({ date, most }, index) => {
    const before = days[index]?.date ?? date;
    let free = 0;
    for (let other = before + 1; other < date; other++) if (draft.dates.closed[other] === 0) free += 1;
    return free <= most;
  });
}
