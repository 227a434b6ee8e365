import { InternalError } from '../errors.ts';
import { fillCareItem, type CareItemDraft, type ParsedCareItem } from './care.ts';
import { checkDraft } from './check.ts';
import type { ParsedCouple } from './couple.ts';
import { readDraft, type CoupleEntry, type Draft, type Entry } from './draft.ts';
import { IssueList, type Issue } from './issues.ts';
import type { ParsedPartner, PartnerDraft } from './person.ts';
import type { ParsedProgram } from './program.ts';
import { Registry } from './registry.ts';
import { takeSnapshot, type SnapshotProblem } from './snapshot.ts';
import { finish, type Steps } from './steps.ts';

/** A program with defaults filled in, or all that is wrong with it. */
export type ParseResult = { ok: true; program: ParsedProgram } | { ok: false; issues: Issue[] };

/**
 * Checks a document and fills in defaults. Never throws on data and never changes it; the program shares nothing with it.
 * All issues come at once, as far as one does not hide another, and at most `SIZE_LIMITS.issues` of them. Parsing a parsed
 * program gives an equal one.
 */
export function parseProgram(json: unknown): ParseResult {
  return finish(parseInSteps(json));
}

/** As `parseProgram`, part by part of the document; what is changed in it meanwhile may or may not be seen. */
export function* parseInSteps(json: unknown): Steps<ParseResult> {
  const snapshot = yield* takeSnapshot(json);
  const issues = new IssueList(snapshot.value);
  const tooLarge = snapshot.problems.find(({ code }) => code === 'too-large');
  for (const problem of tooLarge === undefined ? snapshot.problems : [tooLarge]) addSnapshotProblem(issues, problem);
  if (tooLarge !== undefined) return { ok: false, issues: issues.list() };
  const draft = yield* readDraft(snapshot.value, issues);
  const registry = new Registry(issues);
  yield* registry.readAll(snapshot.value);
  yield* checkDraft(draft, registry, issues);
  const found = issues.list();
  return found.length > 0 ? { ok: false, issues: found } : { ok: true, program: yield* assemble(draft) };
}

function addSnapshotProblem(issues: IssueList, { code, path, facts }: SnapshotProblem): void {
  const messages: Record<SnapshotProblem['code'], string> = {
    unreadable: 'the value cannot be read',
    'too-deep': 'the value is nested too deeply, or contains itself',
    'too-large': `the document holds more than ${String(facts['limit'])} values`,
    'too-many': `${String(facts['length'])} entries, at most ${String(facts['limit'])} are allowed`,
  };
  issues.add(code, path, messages[code], facts);
  issues.silence(path);
}

/** The program of a draft without issues. */
function* assemble(draft: Draft): Steps<ParsedProgram> {
  const { id, horizon, weights } = draft;
  if (id === undefined || horizon === undefined || weights === undefined) throw new InternalError('a document without issues lacks a part');
  const services = values(draft.services);
  const kinds = new Map(services.map((service) => [service.id, service.kind]));
  const fill = (item: CareItemDraft): ParsedCareItem => fillCareItem(item, kinds.get(item.service) ?? 'individual');
  const fillPartner = (partner: PartnerDraft): ParsedPartner => ({ ...partner, care: partner.care.map(fill) });
  const couples: ParsedCouple[] = [];
  for (const couple of draft.couples) {
    yield;
    couples.push(assembleCouple(couple, fill, fillPartner));
  }
  return {
    schemaVersion: 1,
    id,
    horizon: horizon.value,
    services,
    policies: values(draft.policies),
    therapists: values(draft.therapists),
    couples,
    clients: values(draft.clients).map(fillPartner),
    groups: values(draft.groups),
    bookings: values(draft.bookings),
    weights,
  };
}

function assembleCouple(
  { value, partners: [first, second] }: CoupleEntry,
  fill: (item: CareItemDraft) => ParsedCareItem,
  fillPartner: (partner: PartnerDraft) => ParsedPartner,
): ParsedCouple {
  if (value === undefined || first === undefined || second === undefined) throw new InternalError('a couple without issues lacks a part');
  return { ...value, partners: [fillPartner(first.value), fillPartner(second.value)], jointCare: value.jointCare.map(fill) };
}

function values<T>(entries: readonly Entry<T>[]): T[] {
  return entries.map(({ value }) => value);
}
