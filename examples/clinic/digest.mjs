const DAY = 86_400_000;

/**
 * Credited hours of a partner in each week of the horizon. A session counts on its local date where the partner then is;
 * `full` where all seven dates lie inside the partner's stay.
 */
export function creditedHours({ horizon, services }, plan, partner) {
  const minutes = new Map(services.map((service) => [service.id, service.creditMinutes ?? service.minutes]));
  const first = Date.parse(horizon.start);
  const hours = new Array(horizon.weeks).fill(0);
  for (const { service, start, attendees } of plan.sessions) {
    if (!attendees.includes(partner.id)) continue;
    hours[Math.floor((Date.parse(localDate(partner, start)) - first) / (7 * DAY))] += minutes.get(service) / 60;
  }
  const { from = horizon.start, to = '9999-12-31' } = partner.stay ?? {};
  return hours.map((sum, week) => {
    const [firstDate, lastDate] = [0, 6].map((day) => new Date(first + (7 * week + day) * DAY).toISOString().slice(0, 10));
    return { hours: sum, full: from <= firstDate && lastDate <= to };
  });
}

/** The date of an instant at the person's location; a location holds from midnight, its own zone's, of its `from`. */
function localDate({ locations }, instant) {
  const dates = locations.map(({ from = '', zone }) => ({
    from,
    date: new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(instant)),
  }));
  return (dates.findLast(({ from, date }) => from <= date) ?? dates[0]).date;
}

/** A person's report without the weeks before `first` and after `last`. */
export function inWeeks(report, first, last) {
  let week = first;
  const lines = report.split('\n').filter((line) => {
    const found = /^ {2}(?:Week (\d+)|Hours)/.exec(line);
    if (found) week = Number(found[1] ?? first);
    return week >= first && week <= last;
  });
  return lines.join('\n').trimEnd();
}
