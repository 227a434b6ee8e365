/** Every code that an issue with a program may carry, and what it says. Codes are stable: they may be added to, not renamed. */
export const ISSUE_CODES = Object.freeze({
  // The document as data
  unreadable: 'Reading the value failed (a getter or proxy that throws).',
  'too-deep': 'The value is nested deeper than any program is, or contains itself.',
  'too-large': 'The document holds more values than a program may.',
  'too-many': 'A list is longer than it may be.',
  'too-few': 'A list is shorter than it must be.',
  'more-issues': 'Issues beyond those listed; the last one of a long list, `facts.count` says how many.',
  // Keys and values by themselves
  'unknown-key': 'A key that has no meaning here; `facts.nearest` is the most similar one that has.',
  'missing-key': 'A key that must be given is not there.',
  'misplaced-key': 'The key has no meaning together with the rest of its object.',
  'wrong-type': 'A value of another type is expected (an integer where a number has a fraction).',
  'unknown-value': 'A word or number outside the list of those allowed; `facts.nearest` is the most similar one.',
  'out-of-range': 'A number or date below or above its limits.',
  'bad-id': 'Not 1 to 64 characters.',
  'bad-text': 'An empty text, or one that is too long.',
  'bad-date': 'Not written YYYY-MM-DD, or not a date of the calendar.',
  'bad-time': 'Not a wall-clock time HH:MM (24:00 only as an end).',
  'bad-instant': 'Not an ISO 8601 instant with Z or an offset.',
  'bad-zone': 'Not an IANA time zone that this host knows.',
  // Values against each other
  'bad-range': 'A range of dates, weeks or instants that ends before it starts (for instants: or has no length).',
  contradictory: 'Two numbers that cannot hold together, such as a minimum above its maximum.',
  'empty-window': 'A window whose start and end are equal.',
  'duplicate-id': 'An id that is used for something else in the document.',
  'duplicate-date': 'Two exceptions for one date.',
  'duplicate-entry': 'A list that names the same thing twice.',
  'location-order': 'Locations whose dates do not rise.',
  'overlapping-phases': 'Two phases of a policy that share a week of care.',
  'overlapping-care': 'Two care items of one person or couple and one service that share a week of care.',
  'inconsistent-care':
    'Care items of one person or couple and one service that disagree on continuity or, where it is strict, on therapist or group.',
  // References
  'unknown-reference': 'An id that is not in the document.',
  'wrong-reference-kind': 'An id of something else than what must stand here.',
  'service-not-offered': 'The therapist named does not offer the service.',
  'group-of-other-service': 'The group named is a group of another service.',
  // Bookings
  'wrong-count': 'Not as many people as a session of this kind has.',
  'not-of-couple': 'Attendees of a joint booking that are not the partners of its couple.',
  'not-an-attendee': 'Someone who missed a session without being among its attendees.',
  'not-whole-minute': 'A booking that does not start on a whole minute.',
  'before-horizon': 'A locked or movable booking that starts before the horizon.',
  'outside-horizon': 'A booking that starts or ends after the horizon.',
  'missing-stay': 'An attendee of a booking before the horizon whose stay does not say when it began.',
});

export type IssueCode = keyof typeof ISSUE_CODES;

/** One thing wrong with an input document. */
export interface Issue {
  /** Stable kebab-case code. */
  code: IssueCode;
  /** Where: keys and indices from the root of the document. */
  path: (string | number)[];
  /** For people; ids only, never names. */
  message: string;
  /** What the message is made of: `entity` (the nearest enclosing id), `value`, `expected`, and others by code. */
  facts: Record<string, unknown>;
}

const ISSUES_IN_MESSAGE = 3;

/** A program was not valid. */
export class InvalidProgramError extends Error {
  override readonly name = 'InvalidProgramError';
  readonly code = 'invalid-program';
  /** All that is wrong, as `parseProgram` gives it. */
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super(summary(issues));
    this.issues = issues;
  }
}

/** An option has a value that it cannot have, or there is no such option. */
export class InvalidOptionsError extends Error {
  override readonly name = 'InvalidOptionsError';
  readonly code = 'invalid-options';
  /** Name of the option; empty where the options as a whole are at fault. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** What may stand there; for an unknown option, the most similar one, where there is one. */
  readonly expected: string;

  constructor(path: readonly string[], value: unknown, expected: string, message: string) {
    super(message);
    this.path = path;
    this.value = value;
    this.expected = expected;
  }
}

/** The library failed its own check, such as a plan of its own that breaks a hard rule; please report it. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
  readonly code = 'internal';
  /** What was found, without names. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(message: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.facts = facts;
  }
}

/** A path as JavaScript would write it: `couples[0].partners[1].care`. */
export function pathText(path: readonly (string | number)[]): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

function summary(issues: readonly Issue[]): string {
  const last = issues.at(-1);
  const more = last?.code === 'more-issues' && typeof last.facts['count'] === 'number' ? last.facts['count'] : 0;
  const listed = more > 0 ? issues.slice(0, -1) : issues;
  const total = listed.length + more;
  const first = listed
    .slice(0, ISSUES_IN_MESSAGE)
    .map((issue) => `${issue.code} at ${pathText(issue.path) || 'the root'}: ${issue.message}`);
  const rest = total > first.length ? [`and ${total - first.length} more`] : [];
  return `The program has ${total} ${total === 1 ? 'issue' : 'issues'}: ${[...first, ...rest].join('; ')}`;
}
