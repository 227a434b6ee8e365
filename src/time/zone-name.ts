/** Names without an area that are no abbreviations. */
const WITHOUT_AREA = new Set(
  (
    'UTC GMT Cuba Egypt Eire GB-Eire Greenwich Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya Navajo Poland Portugal ' +
    'Singapore Turkey Universal Zulu'
  ).split(' '),
);

/** Names with an area whose spelling does not follow the rule in `spelled`. */
const IRREGULAR = [
  'Africa/Dar_es_Salaam',
  'America/Argentina/ComodRivadavia',
  'America/Knox_IN',
  'America/Port-au-Prince',
  'America/Port_of_Spain',
  'Antarctica/DumontDUrville',
  'Antarctica/McMurdo',
  'Australia/ACT',
  'Australia/LHI',
  'Australia/NSW',
  'Brazil/DeNoronha',
  'Chile/EasterIsland',
  'Etc/Greenwich',
  'Etc/Universal',
  'Etc/Zulu',
  'Europe/Isle_of_Man',
  'Mexico/BajaNorte',
  'Mexico/BajaSur',
];

const IRREGULAR_BY_LOWER_CASE = new Map(IRREGULAR.map((name) => [name.toLowerCase(), name]));

/** `SystemV/` is a folder of old that hosts still know and IANA does not. */
const SHAPE = /^(?!System)[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z0-9_+-]+){1,2}$/;

/**
 * Whether `name` is written as IANA writes zones, whether or not there is such a zone: an area and a place, or one of the names
 * without an area that are no abbreviations. `Intl` takes any case and answers with another name for many zones, so it cannot
 * be asked.
 */
export function isSpelledAsIana(name: string): boolean {
  return WITHOUT_AREA.has(name) || (SHAPE.test(name) && name === spelled(name.toLowerCase()));
}

/** A lower-case name with a capital at the start of each word; all capitals for `US/` and below `Etc/`. */
function spelled(lower: string): string {
  const irregular = IRREGULAR_BY_LOWER_CASE.get(lower);
  if (irregular !== undefined) return irregular;
  if (lower.startsWith('etc/')) return `Etc/${lower.slice(4).toUpperCase()}`;
  const capitalized = lower.replace(/(?:^|[/_-])[a-z]/g, (start) => start.toUpperCase());
  return capitalized.replace(/^Us\//, 'US/');
}
