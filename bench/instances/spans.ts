import type { Window } from '../../src/domain/common.ts';
import type { Availability } from '../../src/domain/person.ts';
import { isoFromMinute, wallFromMinutes } from '../../src/time/instant.ts';
import { overlaps, type Draft, type Planted, type Slot } from './draft.ts';

/** Wall-clock minutes of a date, half-open. */
interface Span {
  start: number;
  end: number;
}

/** What somebody's planted sessions ask of their availability. */
export interface Demand {
  sessions: readonly Planted[];
  /** Zone of the windows on a date. */
  zoneOf: (date: number) => string;
  /** Named in the availability where it is to hold wherever the person is. */
  zone?: string;
}

/** Availability around the planted sessions: wide and with other hours where loose, hardly wider than they are where tight. */
export function availabilityAround(draft: Draft, demand: Demand): Availability {
  const { random, shape } = draft;
  const home = demand.zoneOf(0);
  const weekly: Span[][] = Array.from({ length: 7 }, () => []);
  const apart = new Map<number, Span[]>();
  for (const session of demand.sessions) {
    const zone = demand.zoneOf(session.date);
    const span = spanOf(draft, zone, session);
    if (zone === home && !(shape.tight && session.moved)) weekly[draft.dates.weekdayOf(session.date)]?.push(span);
    else (apart.get(session.date) ?? apart.set(session.date, []).get(session.date))?.push(span);
  }
  const usual = weekly.map((spans) => widen(draft, spans));
  const exceptions = [...apart].flatMap(([date, spans]) =>
    exceptionFor(draft, demand, date, spans, usual[draft.dates.weekdayOf(date)] ?? []),
  );
  if (random.chance(0.15)) exceptions.push(...dayAway(draft, demand, apart));
  const busy = drawBusy(draft, demand);
  return {
    ...(demand.zone === undefined ? {} : { zone: demand.zone }),
    weekly: [...windowsOf(usual), ...(random.chance(0.03) ? [{ days: ['sat' as const], start: '22:00', end: '01:00' }] : [])],
    ...(exceptions.length === 0 ? {} : { exceptions: exceptions.sort((a, b) => (a.date < b.date ? -1 : 1)) }),
    ...(busy.length === 0 ? {} : { busy }),
  };
}

export function spanOf(draft: Draft, zone: string, session: Slot & { date: number }): Span {
  return { start: draft.dates.clock(zone, session.date, session.start), end: draft.dates.clock(zone, session.date, session.end) };
}

/** Spans joined where less than half an hour lies between them. */
export function joined(spans: readonly Span[], gap = 30): Span[] {
  const list: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = list.at(-1);
    if (last !== undefined && span.start - last.end < gap) last.end = Math.max(last.end, span.end);
    else list.push({ ...span });
  }
  return list;
}

function widen(draft: Draft, spans: readonly Span[]): Span[] {
  const { random, shape } = draft;
  if (shape.tight) return joined(spans).map((span) => padded(span, random.pick([0, 0, 15]), random.pick([0, 0, 15, 30])));
  const around = { start: Math.min(...spans.map((span) => span.start)), end: Math.max(...spans.map((span) => span.end)) };
  if (spans.length > 0) return [padded(around, 15 * random.below(13), 15 * random.below(13))];
  if (random.chance(0.5)) return [];
  const start = random.between(8, 18) * 60;
  return [{ start, end: Math.min(1440, start + random.between(2, 6) * 60) }];
}

function padded(span: Span, before: number, after: number): Span {
  return { start: Math.max(0, span.start - before), end: Math.min(1440, span.end + after) };
}

/** One window for all weekdays that share it. */
function windowsOf(usual: readonly (readonly Span[])[]): Window[] {
  const windows = new Map<string, Window & { days: NonNullable<Window['days']> }>();
  const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  for (const [weekday, spans] of usual.entries()) {
    for (const { start, end } of spans) {
      const window = windows.get(`${start} ${end}`) ?? { days: [], start: wallFromMinutes(start), end: wallFromMinutes(end) };
      window.days.push(names[weekday] ?? 'mon');
      windows.set(`${start} ${end}`, window);
    }
  }
  return [...windows.values()];
}

type Exception = NonNullable<Availability['exceptions']>[number];

/** What the date needs where the usual windows do not do. */
function exceptionFor(draft: Draft, demand: Demand, date: number, spans: readonly Span[], usual: readonly Span[]): Exception[] {
  const { random, shape } = draft;
  const all = demand.sessions.filter((session) => session.date === date).map((session) => spanOf(draft, demand.zoneOf(date), session));
  const covered = all.every((span) => usual.some((window) => window.start <= span.start && span.end <= window.end));
  if (spans.length === 0 || (covered && random.chance(0.5))) return [];
  const windows = shape.tight ? joined(all) : joined(all.map((span) => padded(span, 15 * random.below(5), 15 * random.below(5))));
  return [
    {
      date: draft.dates.iso(date),
      windows: windows.map(({ start, end }) => ({ start: wallFromMinutes(start), end: wallFromMinutes(end) })),
    },
  ];
}

/** A date without a session on which the person is away. */
function dayAway(draft: Draft, demand: Demand, apart: ReadonlyMap<number, unknown>): Exception[] {
  const date = draft.random.below(draft.dates.count);
  const taken = apart.has(date) || demand.sessions.some((session) => session.date === date);
  return taken ? [] : [{ date: draft.dates.iso(date), windows: [] }];
}

/** Appointments elsewhere: in the usual waking hours, outside all planted sessions. */
function drawBusy(draft: Draft, demand: Demand): { start: string; end: string }[] {
  const { random, dates, shape } = draft;
  const busy: Slot[] = [];
  for (let tries = random.below(Math.min(3 * shape.weeks, 8) + 1); tries > 0; tries--) {
    const date = random.below(dates.count);
    const start = dates.instant(demand.zoneOf(date), date, random.between(28, 84) * 15);
    const slot = { start, end: start + 15 * random.between(1, 8) };
    const inTheWay = [...demand.sessions.filter((session) => session.date === date), ...busy].some((other) => overlaps(other, slot));
    if (!inTheWay) busy.push(slot);
  }
  return busy.sort((a, b) => a.start - b.start).map(({ start, end }) => ({ start: isoFromMinute(start), end: isoFromMinute(end) }));
}
