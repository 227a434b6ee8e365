import type { ParsedCareItem } from '../domain/care.ts';
import { weekOf, weekStart, type Frame } from './frame.ts';
import type { Item } from './problem.ts';
import { datesInside, holdsRows, partialMinimum, type CareClock } from './weeks.ts';

/** A booking that counts as a session of the item's service for its owner. */
export interface PastCare {
  /** Relative date on the owner's clock. */
  day: number;
  /** Starts before the horizon. */
  history: boolean;
  /** Delivered. */
  fact: boolean;
}

/** What the item asks beyond its own fields. */
export interface ItemSetting {
  role: number;
  owner: number;
  kind: 'individual' | 'joint' | 'group';
  clock: CareClock;
  /** Whether the joint gate is closed on a relative date; false for a person's own care. */
  closed: (day: number) => boolean;
  /** Bookings of the service before the horizon, and facts inside it. */
  past: readonly PastCare[];
}

/** Tables of a care item; a closed gate and partial blocks waive their minimums here, so that nothing later needs to know. */
export function itemTables(frame: Frame, item: ParsedCareItem, setting: ItemSetting): Item {
  const { clock } = setting;
  const fromWeek = clock.firstWeek + item.fromWeek - 1;
  const toWeek = item.toWeek === undefined ? Infinity : clock.firstWeek + item.toWeek - 1;
  const lastWeek = Math.min(toWeek, clock.lastWeek);
  const past = setting.past.filter((each) => weekOf(frame, each.day) >= fromWeek && weekOf(frame, each.day) <= toWeek);
  const before = past.filter((each) => each.history);
  const outside = past.filter((each) => each.history || !holdsRows(clock, weekOf(frame, each.day)));
  const size = frame.weekCount + 1;
  const active = new Uint8Array(size);
  const blockMin = new Int32Array(size).fill(-1);
  const blockMax = new Int32Array(size);
  let initialBlock = 0;
  for (let week = Math.max(1, fromWeek); week <= lastWeek; week++) {
    active[week] = 1;
    const first = week - ((week - fromWeek) % item.everyWeeks);
    const last = Math.min(first + item.everyWeeks - 1, lastWeek);
    const inBlock = past.filter((each) => weekOf(frame, each.day) >= first && weekOf(frame, each.day) <= last);
    if (week === Math.max(1, fromWeek)) initialBlock = inBlock.filter((each) => outside.includes(each)).length;
    blockMax[week] = Math.max(item.sessions.max, inBlock.filter((each) => each.fact).length);
    if (week === last) blockMin[week] = blockMinimum(frame, item, setting, first, last);
  }
  return {
    role: setting.role,
    owner: setting.owner,
    active,
    blockMin,
    blockMax,
    initialBlock,
    initialTotal: outside.length,
    totalMin: totalMinimum(frame, item, setting, fromWeek, toWeek),
    totalMax: Math.max(item.total?.max ?? Infinity, past.filter((each) => each.fact).length),
    minFreeDays: item.minFreeDays,
    maxPerDay: item.maxPerDay ?? (setting.kind === 'group' ? Infinity : 1),
    lastDay: before.reduce((last, each) => Math.max(last, each.day), -Infinity),
  };
}

/** Sessions due in the block of weeks `first` to `last` (cut by stay, `toWeek` and horizon). */
function blockMinimum(frame: Frame, item: ParsedCareItem, setting: ItemSetting, first: number, last: number): number {
  const { clock } = setting;
  const { min } = item.sessions;
  if (clock.isPast(last) || anyClosed(frame, setting, first, last)) return 0;
  const weeks = range(first, last);
  const inside = weeks.reduce((sum, week) => sum + datesInside(frame, clock.stay, week), 0);
  if (item.everyWeeks === 1) return partialMinimum(min, inside, clock.partial(last));
  if (clock.partial(last) === 'enforce') return min;
  if (weeks.length < item.everyWeeks) return 0;
  if (inside === 7 * weeks.length) return min;
  return clock.partial(last) === 'exempt' ? 0 : Math.floor((min * inside) / (7 * item.everyWeeks));
}

/** `total.min` where it is due: the item has dates, the last one inside the horizon, and none of them is behind a closed gate. */
function totalMinimum(frame: Frame, item: ParsedCareItem, setting: ItemSetting, fromWeek: number, toWeek: number): number {
  const { stay, isPast } = setting.clock;
  const firstDay = Math.max(stay.from, weekStart(frame, fromWeek));
  const lastDay = Math.min(stay.to, toWeek === Infinity ? Infinity : weekStart(frame, toWeek) + 6);
  if (firstDay > lastDay || lastDay < 0 || lastDay > frame.dayCount - 1) return 0;
  const lastWeek = weekOf(frame, lastDay);
  return isPast(lastWeek) || anyClosed(frame, setting, fromWeek, lastWeek) ? 0 : (item.total?.min ?? 0);
}

function anyClosed(frame: Frame, setting: ItemSetting, first: number, last: number): boolean {
  const { stay } = setting.clock;
  const from = Math.max(weekStart(frame, first), stay.from, 0);
  const to = Math.min(weekStart(frame, last) + 6, stay.to, frame.dayCount - 1);
  for (let day = from; day <= to; day++) if (setting.closed(day)) return true;
  return false;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
