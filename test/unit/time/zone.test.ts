import { describe, expect, it, vi } from 'vitest';
import { dayFromIso, isoFromDay } from '../../../src/time/calendar.ts';
import { isoFromMinute, minuteFromIso, minutesFromWall, wallFromMinutes } from '../../../src/time/instant.ts';
import { instantOf, isZone, localOf, offsetAt, tzdataVersion } from '../../../src/time/zone.ts';

/** `2024-03-10T02:30` in a zone to an instant, as text. */
function resolve(zone: string, wall: string): string {
  const [date = '', time = ''] = wall.split('T');
  return isoFromMinute(instantOf(zone, dayFromIso(date) ?? NaN, minutesFromWall(time) ?? NaN));
}

/** An instant to what the clock in a zone shows, as text. */
function clock(zone: string, instant: string): string {
  const { day, minute } = localOf(zone, minuteFromIso(instant) ?? NaN);
  return `${isoFromDay(day)}T${wallFromMinutes(minute)}`;
}

describe('isZone', () => {
  it.each([
    'UTC',
    'GMT',
    'America/New_York',
    'America/Argentina/Buenos_Aires',
    'America/Port-au-Prince',
    'America/Port_of_Spain',
    'Asia/Kolkata',
    'Asia/Calcutta',
    'Asia/Kathmandu',
    'Europe/Kyiv',
    'Europe/Isle_of_Man',
    'Antarctica/McMurdo',
    'Etc/UTC',
    'Etc/GMT+5',
    'US/Pacific',
    'Japan',
    'GB-Eire',
  ])('knows %s', (name) => {
    expect(isZone(name)).toBe(true);
  });

  const listed = Intl.supportedValuesOf('timeZone').filter((name) => name.includes('/'));

  it('knows every zone with an area that the host lists', () => {
    expect(listed.length).toBeGreaterThan(300);
    expect(listed.filter((name) => !isZone(name))).toEqual([]);
  });

  it('refuses every one of them in lower and in upper case', () => {
    expect(listed.filter((name) => isZone(name.toLowerCase()) || isZone(name.toUpperCase()))).toEqual([]);
  });

  it.each(['system', 'local', 'default', 'utc', 'utc+3', 'UTC+3', 'UTC+03:00', '+05:30', '-08:00', 'GMT+0', 'GMT-5', 'Z'])(
    'refuses %j, which is no name of a zone',
    (name) => {
      expect(isZone(name)).toBe(false);
    },
  );

  it.each(['EST', 'EDT', 'PST', 'CET', 'IST', 'EST5EDT', 'NZ', 'PRC', 'Est', 'Roc', 'Est5edt'])('refuses the abbreviation %j', (name) => {
    expect(isZone(name)).toBe(false);
  });

  it.each([
    'asia/kolkata',
    'Asia/kolkata',
    'ASIA/KOLKATA',
    'Asia/KolKata',
    'america/new_york',
    'America/New_york',
    'Us/Pacific',
    'Etc/Gmt+5',
    'Utc',
  ])('refuses the spelling %j', (name) => {
    expect(isZone(name)).toBe(false);
  });

  it.each([
    'Europe/Nowhere',
    'America/Gotham',
    'Etc/Unknown',
    'Factory',
    'SystemV/PST8PDT',
    'Systemv/Pst8pdt',
    'America/New York',
    'America/New_York ',
    'America/',
    '/',
    '',
    '__proto__',
    'constructor',
  ])('refuses %j, which the host does not know', (name) => {
    expect(isZone(name)).toBe(false);
  });
});

describe('offsetAt', () => {
  it.each([
    ['UTC', '2026-07-01T00:00Z', 0],
    ['Asia/Kolkata', '2026-07-01T00:00Z', 330],
    ['Asia/Kathmandu', '2026-07-01T00:00Z', 345],
    ['America/New_York', '2026-01-15T12:00Z', -300],
    ['America/New_York', '2026-07-15T12:00Z', -240],
    ['America/Phoenix', '2026-07-15T12:00Z', -420],
    ['Australia/Lord_Howe', '2024-01-15T00:00Z', 660],
    ['Australia/Lord_Howe', '2024-07-15T00:00Z', 630],
    ['Pacific/Chatham', '2024-01-15T00:00Z', 825],
    ['Pacific/Kiritimati', '2024-01-15T00:00Z', 840],
    ['Africa/Casablanca', '2024-03-20T00:00Z', 0], // Ramadan
    ['Africa/Casablanca', '2024-05-20T00:00Z', 60],
  ])('%s at %s: %i', (zone, instant, offset) => {
    expect(offsetAt(zone, minuteFromIso(instant) ?? NaN)).toBe(offset);
  });

  it.each([
    ['America/New_York', '2024-03-10T07:00Z', -300, -240],
    ['America/New_York', '2024-11-03T06:00Z', -240, -300],
    ['Africa/Tripoli', '2013-03-29T00:00Z', 60, 120], // at a midnight of UTC
    ['Africa/Tripoli', '2012-11-10T00:00Z', 120, 60],
  ])('%s changes at %s to the minute, in whichever order the days are asked', async (zone, instant, before, after) => {
    const at = minuteFromIso(instant) ?? NaN;
    const [yesterday, today, tomorrow] = [-1440, 0, 1440].map((ahead) => [at + ahead - 1, at + ahead, at + ahead + 1]) as [
      number[],
      number[],
      number[],
    ];
    for (const [first, second, third] of [
      [yesterday, today, tomorrow],
      [yesterday, tomorrow, today],
      [today, yesterday, tomorrow],
      [today, tomorrow, yesterday],
      [tomorrow, yesterday, today],
      [tomorrow, today, yesterday],
    ] as const) {
      vi.resetModules(); // nothing is remembered of the order before
      const fresh = await import('../../../src/time/zone.ts');
      const asked = [...first, ...second, ...third];
      expect(asked.map((minute) => fresh.offsetAt(zone, minute))).toEqual(asked.map((minute) => (minute < at ? before : after)));
    }
  });

  it('throws where the zone is none, and where the instant is', () => {
    expect(() => offsetAt('Mars/Olympus', 0)).toThrow(RangeError);
    expect(() => localOf('est', 0)).toThrow(RangeError);
    expect(() => instantOf('America/new_york', 0, 0)).toThrow(RangeError);
    expect(() => offsetAt('America/New_York', NaN)).toThrow('not an instant: epoch minute NaN');
    expect(() => offsetAt('America/New_York', Infinity)).toThrow('not an instant: epoch minute Infinity');
    expect(() => instantOf('America/New_York', NaN, 0)).toThrow('not an instant: epoch minute NaN');
  });
});

describe('localOf', () => {
  it.each([
    ['UTC', '2026-10-26T22:00Z', '2026-10-26T22:00'],
    ['Asia/Kolkata', '2026-10-26T22:00Z', '2026-10-27T03:30'],
    ['America/Los_Angeles', '2026-01-01T07:59Z', '2025-12-31T23:59'],
    ['America/Los_Angeles', '2026-01-01T08:00Z', '2026-01-01T00:00'],
    ['America/New_York', '1969-12-31T05:30Z', '1969-12-31T00:30'],
    // The date line: Samoa went from 29 December at UTC-10 to 31 December at UTC+14.
    ['Pacific/Apia', '2011-12-30T09:59Z', '2011-12-29T23:59'],
    ['Pacific/Apia', '2011-12-30T10:00Z', '2011-12-31T00:00'],
  ])('in %s at %s the clock shows %s', (zone, instant, shown) => {
    expect(clock(zone, instant)).toBe(shown);
  });
});

describe('instantOf in a gap moves forward by the gap', () => {
  it.each([
    // 10 March 2024, 02:00 EST to 03:00 EDT: 02:30 becomes 03:30 EDT.
    ['America/New_York', '2024-03-10T01:59', '2024-03-10T06:59:00Z'],
    ['America/New_York', '2024-03-10T02:00', '2024-03-10T07:00:00Z'],
    ['America/New_York', '2024-03-10T02:30', '2024-03-10T07:30:00Z'],
    ['America/New_York', '2024-03-10T03:00', '2024-03-10T07:00:00Z'],
    // Half an hour, 02:00 at +10:30 to 02:30 at +11: 02:15 becomes 02:45.
    ['Australia/Lord_Howe', '2024-10-06T02:15', '2024-10-05T15:45:00Z'],
    ['Australia/Lord_Howe', '2024-10-06T02:30', '2024-10-05T15:30:00Z'],
    // 02:45 at +12:45 to 03:45 at +13:45: 03:00 becomes 04:00.
    ['Pacific/Chatham', '2024-09-29T03:00', '2024-09-28T14:15:00Z'],
    // Two hours, 01:00 at +0 to 03:00 at +2: 02:00 becomes 04:00.
    ['Antarctica/Troll', '2024-03-31T02:00', '2024-03-31T02:00:00Z'],
    // The end of Ramadan, 02:00 at +0 to 03:00 at +1.
    ['Africa/Casablanca', '2024-04-14T02:30', '2024-04-14T02:30:00Z'],
    // A whole day: noon of 30 December becomes noon of the 31st at +14.
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T22:00:00Z'],
    ['Pacific/Apia', '2011-12-30T24:00', '2011-12-30T10:00:00Z'],
  ])('%s %s is %s', (zone, wall, instant) => {
    expect(resolve(zone, wall)).toBe(instant);
  });
});

describe('instantOf where midnight is missing', () => {
  it.each([
    ['Africa/Cairo', '2024-04-26', '2024-04-25T22:00:00Z'], // 00:00 at +2 to 01:00 at +3
    ['Asia/Beirut', '2024-03-31', '2024-03-30T22:00:00Z'],
    ['America/Santiago', '2024-09-08', '2024-09-08T04:00:00Z'], // 00:00 at -4 to 01:00 at -3
    ['America/Havana', '2024-03-10', '2024-03-10T05:00:00Z'],
  ])('in %s %s begins at %s, which is also 24:00 of the date before', (zone, date, instant) => {
    expect(resolve(zone, `${date}T00:00`)).toBe(instant);
    expect(resolve(zone, `${date}T01:00`)).toBe(instant);
    expect(clock(zone, instant)).toBe(`${date}T01:00`);
    expect(isoFromMinute(instantOf(zone, (dayFromIso(date) ?? NaN) - 1, 1440))).toBe(instant);
  });
});

describe('instantOf where a time occurs twice takes the earlier', () => {
  it.each([
    ['America/New_York', '2024-11-03T01:30', '2024-11-03T05:30:00Z'], // EDT, not 06:30 in EST
    ['America/New_York', '2024-11-03T02:00', '2024-11-03T07:00:00Z'],
    ['Australia/Lord_Howe', '2024-04-07T01:45', '2024-04-06T14:45:00Z'], // at +11, not 15:15 at +10:30
    ['Australia/Lord_Howe', '2024-04-07T01:29', '2024-04-06T14:29:00Z'],
    ['Pacific/Chatham', '2024-04-07T03:00', '2024-04-06T13:15:00Z'], // at +13:45
    ['Africa/Cairo', '2024-10-31T23:30', '2024-10-31T20:30:00Z'], // 24:00 at +3 goes back to 23:00 at +2
    ['Africa/Cairo', '2024-10-31T24:00', '2024-10-31T22:00:00Z'],
    ['America/Santiago', '2024-04-06T23:30', '2024-04-07T02:30:00Z'], // at -3
    ['Africa/Casablanca', '2024-03-10T02:30', '2024-03-10T01:30:00Z'], // Ramadan begins; at +1
    ['Europe/Kyiv', '2024-10-27T03:30', '2024-10-27T00:30:00Z'],
  ])('%s %s is %s', (zone, wall, instant) => {
    expect(resolve(zone, wall)).toBe(instant);
  });

  it('whatever the day on which it is asked', () => {
    // Two times on both sides of the year, asked in both orders, resolve as in the table above.
    const once = resolve('America/Chicago', '2025-11-02T01:15');
    expect(resolve('America/Chicago', '2025-06-01T12:00')).toBe('2025-06-01T17:00:00Z');
    expect([once, resolve('America/Chicago', '2025-11-02T01:15')]).toEqual(['2025-11-02T06:15:00Z', '2025-11-02T06:15:00Z']);
  });
});

describe('tzdataVersion', () => {
  it("is the host's", () => {
    expect(tzdataVersion()).toBe(process.versions.tz);
    expect(tzdataVersion()).toMatch(/^20\d\d[a-z]/);
  });

  it('is unknown where the host does not tell', () => {
    const host = globalThis as { process?: unknown };
    const kept = host.process;
    try {
      host.process = undefined;
      const withoutProcess = tzdataVersion();
      host.process = { versions: {} };
      const withoutVersion = tzdataVersion();
      host.process = kept;
      expect([withoutProcess, withoutVersion]).toEqual(['unknown', 'unknown']);
    } finally {
      host.process = kept;
    }
  });
});
