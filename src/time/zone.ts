import { IANAZone } from 'luxon';
import type { Day } from './calendar.ts';
import { MINUTES_PER_DAY } from './instant.ts';
import { isSpelledAsIana } from './zone-name.ts';

/** From epoch minute `at` on, local time is `offset` minutes ahead of UTC. */
interface Change {
  at: number;
  offset: number;
}

/** A UTC day with changes of offset after its midnight, up to and including the next one: `first` until then; changes sorted, at least one. */
interface ChangingDay {
  first: number;
  changes: readonly Change[];
}

/** What is known of a zone: for each UTC day seen, its one offset in minutes, or its changes. */
interface ZoneTable {
  zone: IANAZone;
  days: Map<Day, number | ChangingDay>;
}

/** A local date and the minute of that date's clock, 0 to 1439. */
export interface LocalTime {
  day: Day;
  minute: number;
}

/** Days kept for a zone, about 90 years; a table that outgrows it starts anew. */
const DAYS_KEPT = 32_768;

/** What the host's tzdata says does not change while a program runs, so it is looked up once. Holds valid zones only. */
const tables = new Map<string, ZoneTable>();

/**
 * Whether `name` is a zone of the host's tzdata, in IANA's spelling: `Area/Place`, a country's name (`Japan`), `UTC` or `GMT`.
 * Abbreviations (`EST`, `CET`), offsets (`utc+3`), `system` and other spellings (`asia/kolkata`) are not.
 */
export function isZone(name: string): boolean {
  return findTable(name) !== undefined;
}

/**
 * Minutes by which the clocks of `zone` are ahead of UTC (negative in the Americas) at an instant; whole minutes, which all
 * offsets since 1972 are. Throws a RangeError where `zone` is none (see `isZone`) or the instant is not a finite number.
 */
export function offsetAt(zone: string, epochMinute: number): number {
  return offsetIn(tableOf(zone), epochMinute);
}

/** Date and clock in `zone` at an instant in epoch minutes. Errors as `offsetAt`. */
export function localOf(zone: string, epochMinute: number): LocalTime {
  const local = epochMinute + offsetIn(tableOf(zone), epochMinute);
  const day = Math.floor(local / MINUTES_PER_DAY);
  return { day, minute: local - day * MINUTES_PER_DAY };
}

/**
 * Instant, in epoch minutes, at which the clocks of `zone` show `minuteOfDay` (0 to 1440, the next midnight) on `day`. A time
 * that a change of clocks skips moves forward by the gap; of a time that occurs twice it is the earlier (RFC 5545 section
 * 3.3.5; `compatible` in Temporal). Errors as `offsetAt`.
 */
export function instantOf(zone: string, day: Day, minuteOfDay: number): number {
  const table = tableOf(zone);
  const local = day * MINUTES_PER_DAY + minuteOfDay;
  const before = offsetIn(table, local - MINUTES_PER_DAY);
  const after = offsetIn(table, local + MINUTES_PER_DAY);
  if (before === after) return local - before;
  // An offset is right where the instant that it leads to has it. Of two the larger comes first.
  const beforeHolds = offsetIn(table, local - before) === before;
  const afterHolds = offsetIn(table, local - after) === after;
  if (beforeHolds && afterHolds) return local - Math.max(before, after);
  return local - (afterHolds ? after : before);
}

/** Version of the host's time zone data, such as `2025c`; `unknown` where the host does not tell, as browsers do not. */
export function tzdataVersion(): string {
  const host = globalThis as { process?: { versions?: { tz?: string } } };
  return host.process?.versions?.tz ?? 'unknown';
}

function tableOf(name: string): ZoneTable {
  const table = findTable(name);
  if (table === undefined) throw new RangeError(`not an IANA time zone: ${name}`);
  return table;
}

/** The zone's table, made where the zone is new; names that are no zone leave no trace. */
function findTable(name: string): ZoneTable | undefined {
  const known = tables.get(name);
  if (known !== undefined) return known;
  if (!isSpelledAsIana(name)) return undefined;
  const zone = new IANAZone(name);
  if (!zone.isValid) return undefined;
  const table: ZoneTable = { zone, days: new Map() };
  tables.set(name, table);
  return table;
}

function offsetIn(table: ZoneTable, epochMinute: number): number {
  const day = Math.floor(epochMinute / MINUTES_PER_DAY);
  const entry = table.days.get(day) ?? readDay(table, day);
  if (typeof entry === 'number') return entry;
  let offset = entry.first;
  for (const change of entry.changes) {
    if (epochMinute < change.at) break;
    offset = change.offset;
  }
  return offset;
}

function readDay(table: ZoneTable, day: Day): number | ChangingDay {
  const start = day * MINUTES_PER_DAY;
  const end = start + MINUTES_PER_DAY;
  const first = lastOffset(table.days.get(day - 1)) ?? probe(table.zone, start);
  const last = firstOffset(table.days.get(day + 1)) ?? probe(table.zone, end);
  const changes: Change[] = [];
  collectChanges(table.zone, { at: start, offset: first }, { at: end, offset: last }, changes);
  const entry = changes.length === 0 ? first : { first, changes };
  if (table.days.size >= DAYS_KEPT) table.days.clear();
  table.days.set(day, entry);
  return entry;
}

/** Offset at the midnight that begins a day. */
function firstOffset(entry: number | ChangingDay | undefined): number | undefined {
  return typeof entry === 'object' ? entry.first : entry;
}

/** Offset at the midnight that ends a day. */
function lastOffset(entry: number | ChangingDay | undefined): number | undefined {
  return typeof entry === 'object' ? entry.changes.at(-1)?.offset : entry;
}

/** Appends, in order, the changes after `low` up to and including `high`, by bisection to the minute. */
function collectChanges(zone: IANAZone, low: Change, high: Change, into: Change[]): void {
  if (low.offset === high.offset) return;
  if (high.at - low.at === 1) {
    into.push(high);
    return;
  }
  const at = Math.floor((low.at + high.at) / 2);
  const middle = { at, offset: probe(zone, at) };
  collectChanges(zone, low, middle, into);
  collectChanges(zone, middle, high, into);
}

function probe(zone: IANAZone, epochMinute: number): number {
  const offset = Math.round(zone.offset(epochMinute * 60_000));
  if (Number.isNaN(offset)) throw new RangeError(`not an instant: epoch minute ${epochMinute}`);
  return offset + 0; // never -0
}
