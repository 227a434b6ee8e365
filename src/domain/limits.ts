/**
 * The most of everything that a program may hold. Lists are named by their key (the document's own, or the longer one where two
 * lists share a name); they are counted before anything in them is read.
 */
export const SIZE_LIMITS = Object.freeze({
  /** Characters of an id, a state, an attribute or a code (UTF-16 units). */
  text: 64,
  /** Characters of a display name. */
  name: 256,
  /** Values (texts, numbers, lists, objects) in the whole document. */
  values: 10_000_000,
  /** Lists and objects inside each other. */
  depth: 12,
  /** Keys of one object. */
  keys: 100,
  /** Issues reported; a last one says how many more there are. */
  issues: 1_000,

  services: 1_000,
  policies: 1_000,
  therapists: 5_000,
  couples: 10_000,
  clients: 20_000,
  groups: 5_000,
  bookings: 200_000,

  closures: 400,
  phases: 100,
  locations: 200,
  weekly: 200,
  windows: 200,
  times: 200,
  covered: 200,
  days: 7,
  exceptions: 400,
  busy: 2_000,
  authorities: 500,
  attributes: 200,
  requires: 200,
  blocked: 2_000,
  care: 100,
  jointCare: 100,
  authorizations: 100,
  partners: 2,
  leaders: 100,
  at: 200,
  attendees: 1_000,
  missedBy: 1_000,
});

/** Therapists of one booking. */
export const MAX_BOOKING_THERAPISTS = 100;
/** Sessions in a block or on a date, seats of a meeting, and the like. */
export const MAX_COUNT = 1_000;
/** Weeks of care. */
export const MAX_WEEK = 10_000;
export const MAX_HORIZON_WEEKS = 53;
/** Clock minutes of a day and of a week. */
export const MAX_DAY_MINUTES = 1_440;
export const MAX_WEEK_MINUTES = 10_080;
export const MAX_WEIGHT = 1_000;
/** Years in which a horizon may start, inclusive: zones have no rules to rely on before, nor known ones after. */
export const HORIZON_YEARS = Object.freeze({ first: 1970, last: 2199 });
