import type { CareItem } from '../../src/domain/care.ts';
import type { Draft, DraftCouple, DraftPartner, Planted } from './draft.ts';
import { careWeek, stayBegins } from './series.ts';

/** Sessions and dates of one partner (or couple) in one week of the horizon. */
export interface WeekOfCare {
  /** Week of the horizon, from 0. */
  week: number;
  careWeek: number;
  /** Dates inside the horizon and the stay; 7 in a full week. */
  inside: number;
  sessions: Planted[];
  /** Dates with sessions, in order. */
  days: { date: number; credited: number; clock: number }[];
}

export const SERVICE_ID = { individual: 'svc-individual', joint: 'svc-joint', group: 'svc-group' } as const;

export function weeksOf(draft: Draft, partner: DraftPartner): WeekOfCare[] {
  const { dates } = draft;
  const weeks = Array.from({ length: dates.weeks }, (_, week): WeekOfCare => {
    const inside = dates.datesOf(week).filter((date) => date >= partner.first && date <= partner.last);
    const days = inside
      .filter((date) => (partner.sessions[date] ?? []).length > 0)
      .map((date) => dayOf(draft, date, partner.sessions[date] ?? []));
    const sessions = inside.flatMap((date) => partner.sessions[date] ?? []);
    return { week, careWeek: careWeek(draft, partner, week), inside: inside.length, sessions, days };
  });
  return weeks.filter(({ inside }) => inside > 0);
}

function dayOf(draft: Draft, date: number, sessions: readonly Planted[]): WeekOfCare['days'][number] {
  const credited = sessions.reduce((sum, session) => sum + draft.shape.format[session.kind].credit, 0);
  return { date, credited, clock: sessions.reduce((sum, session) => sum + session.end - session.start, 0) };
}

/** The individual and group items that the plan fulfils: minimums are those of the leanest full week, maximums of the fullest. */
export function careOf(draft: Draft, partner: DraftPartner, weeks: readonly WeekOfCare[]): CareItem[] {
  const { random, shape } = draft;
  const taper = shape.taperAfter;
  const own = partner.sessions.flat();
  const ranges = partner.tapered && taper !== undefined && partner.individuals > 1 ? [{ toWeek: taper }, { fromWeek: taper + 1 }] : [{}];
  const extras = individualExtras(draft, partner, own);
  const individual = ranges.flatMap((range) => itemFor(draft, 'individual', weeks, range).map((item) => ({ ...item, ...extras })));
  const group = itemFor(draft, 'group', weeks, {}).map((item) => ({ ...item, ...groupExtras(draft, partner, own) }));
  return random.chance(0.5) ? [...individual, ...group] : [...group, ...individual];
}

interface Range {
  fromWeek?: number;
  toWeek?: number;
}

function itemFor(draft: Draft, kind: 'individual' | 'group', weeks: readonly WeekOfCare[], range: Range): CareItem[] {
  const { random, shape } = draft;
  const within = weeks.filter((week) => week.careWeek >= (range.fromWeek ?? 1) && week.careWeek <= (range.toWeek ?? Infinity));
  const counts = within.map((week) => ({
    full: week.inside === 7,
    sessions: week.sessions.filter((session) => session.kind === kind).length,
  }));
  const full = counts.filter((count) => count.full).map((count) => count.sessions);
  const max = Math.max(0, ...counts.map((count) => count.sessions));
  if (max === 0) return [];
  const min = full.length === 0 ? max : Math.min(...full);
  const most = Math.max(0, ...within.flatMap((week) => perDate(week.sessions.filter((session) => session.kind === kind))));
  return [
    {
      service: SERVICE_ID[kind],
      sessions: { min, max: max + (!shape.tight && random.chance(0.2) ? 1 : 0) },
      ...range,
      ...(kind === 'group' && most > 1 && random.chance(0.5) ? { maxPerDay: most } : {}),
    },
  ];
}

function perDate(sessions: readonly Planted[]): number[] {
  const counts = new Map<number, number>();
  for (const session of sessions) counts.set(session.date, (counts.get(session.date) ?? 0) + 1);
  return [...counts.values()];
}

function individualExtras(draft: Draft, partner: DraftPartner, own: readonly Planted[]): Partial<CareItem> {
  const { random, shape } = draft;
  const therapist = partner.therapist;
  const pinned = therapist !== undefined && !partner.substituted && random.chance(shape.tight ? 0.4 : 0.1);
  return {
    ...freeDays(
      draft,
      own.filter((session) => session.kind === 'individual'),
    ),
    ...(partner.substituted ? { continuity: random.pick(['prefer', 'none'] as const) } : {}),
    ...(pinned ? { therapist: therapist.id } : {}),
  };
}

function groupExtras(draft: Draft, partner: DraftPartner, own: readonly Planted[]): Partial<CareItem> {
  const { random, shape } = draft;
  const pinned = partner.track !== undefined && random.chance(shape.tight ? 0.5 : 0.1);
  const continuity = random.pick(['strict', 'strict', 'prefer', 'none'] as const);
  const group = own.filter((session) => session.kind === 'group');
  return {
    ...(random.chance(0.7) ? { continuity } : {}),
    ...(pinned && partner.track !== undefined ? { group: partner.track.id } : {}),
    ...(random.chance(0.2) ? freeDays(draft, group) : {}),
  };
}

/** As many free dates between sessions as the plan keeps, or fewer where loose. */
function freeDays(draft: Draft, sessions: readonly Planted[]): Pick<CareItem, 'minFreeDays'> {
  const dates = [...new Set(sessions.map((session) => session.date))].sort((a, b) => a - b);
  const gaps = dates.slice(1).map((date, index) => date - (dates[index] ?? 0) - 1);
  const least = Math.min(draft.shape.tight ? 4 : 2, ...gaps);
  return least > 0 && gaps.length > 0 && draft.random.chance(0.5) ? { minFreeDays: least } : {};
}

/** What the couple's joint care asks for; where nothing could be planted behind a closed gate, what it would ask for. */
export function jointCareOf(draft: Draft, couple: DraftCouple): CareItem[] {
  const { random, dates, shape } = draft;
  const [a, b] = couple.partners;
  const from = Math.max(a.first, b.first);
  const to = Math.min(a.last, b.last);
  const later = stayBegins(a) > stayBegins(b) ? a : b;
  const joint = a.sessions.flat().filter((session) => session.kind === 'joint');
  const closed = couple.gateOpens > from;
  if (joint.length === 0)
    return couple.gateOpens === dates.count && random.chance(0.7) ? [{ service: SERVICE_ID.joint, sessions: { min: 1, max: 1 } }] : [];
  const blocks = new Map<number, { inside: number; open: boolean; sessions: number }>();
  for (let date = from; date <= to; date++) {
    const number = Math.floor((careWeek(draft, later, dates.weekOf(date)) - 1) / couple.jointEvery);
    const block = blocks.get(number) ?? blocks.set(number, { inside: 0, open: true, sessions: 0 }).get(number);
    if (block === undefined) continue;
    block.inside += 1;
    block.open &&= date >= couple.gateOpens;
    block.sessions += joint.filter((session) => session.date === date).length;
  }
  const due = [...blocks.values()].filter((block) => block.open && block.inside === 7 * couple.jointEvery).map((block) => block.sessions);
  const max = Math.max(...[...blocks.values()].map((block) => block.sessions));
  const total = joint.length + (shape.tight ? 0 : 2);
  const pinned = couple.therapist !== undefined && random.chance(shape.tight ? 0.4 : 0.1);
  return [
    {
      service: SERVICE_ID.joint,
      sessions: { min: due.length === 0 ? Math.min(1, max) : Math.min(...due), max },
      ...(couple.jointEvery > 1 ? { everyWeeks: couple.jointEvery } : {}),
      ...(shape.weeks > 1 && random.chance(0.15) ? { total: { max: total, ...(closed ? {} : { min: joint.length }) } } : {}),
      ...freeDays(draft, joint),
      ...(pinned && couple.therapist !== undefined ? { therapist: couple.therapist.id } : {}),
    },
  ];
}
