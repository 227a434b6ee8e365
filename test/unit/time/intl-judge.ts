/** Clocks as `Intl.DateTimeFormat` alone tells them, by brute force: the judge of src/time in tests. */

const MINUTES_PER_DAY = 1440;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock in `zone` shows at an instant, as the epoch minute at which a clock in UTC shows the same. */
export function wallByIntl(zone: string, epochMinute: number): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(epochMinute * 60_000)
      .map((part) => [part.type, Number(part.value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? NaN;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) / 60_000;
}

/** A change of clocks: local time is `before` minutes ahead of UTC until epoch minute `at`, `after` minutes from it on. */
export interface ClockChange {
  at: number;
  before: number;
  after: number;
}

/** Changes between two epoch minutes; of two that undo each other within `step` minutes it sees none. */
export function changesByIntl(zone: string, from: number, to: number, step: number): ClockChange[] {
  const offset = (at: number): number => wallByIntl(zone, at) - at;
  const changes: ClockChange[] = [];
  let before = offset(from);
  for (let at = from; at < to; at += step) {
    const after = offset(at + step);
    if (after === before) continue;
    let low = at;
    let high = at + step;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offset(middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ at: high, before, after });
    before = after;
  }
  return changes;
}

/**
 * The instant that Temporal's `compatible` means by a wall time (given as `wallByIntl` gives it): the first at which the clock
 * shows it; where none does, the one at which it shows the time later by the length of the gap.
 */
export function instantByIntl(zone: string, wall: number): number {
  const first = firstInstantShowing(zone, wall);
  if (first !== undefined) return first;
  const gap = changesByIntl(zone, wall - 2 * MINUTES_PER_DAY, wall + 2 * MINUTES_PER_DAY, 60).find(
    ({ at, before, after }) => at + before <= wall && wall < at + after,
  );
  if (gap === undefined) throw new Error(`no clock in ${zone} shows ${wall}, and none skips it`);
  const later = firstInstantShowing(zone, wall + gap.after - gap.before);
  if (later === undefined) throw new Error(`a gap of ${zone} leads into another one`);
  return later;
}

function firstInstantShowing(zone: string, wall: number): number | undefined {
  const offsets = new Set<number>();
  for (let at = wall - 1.5 * MINUTES_PER_DAY; at <= wall + 1.5 * MINUTES_PER_DAY; at += 60) offsets.add(wallByIntl(zone, at) - at);
  const instants = [...offsets].map((offset) => wall - offset).filter((at) => wallByIntl(zone, at) === wall);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formats.set(zone, format);
  return format;
}
