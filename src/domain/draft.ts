import { z } from 'zod';
import { bookingSchema, type ParsedBooking } from './booking.ts';
import type { Id } from './common.ts';
import { coupleShellSchema, type CoupleDraft } from './couple.ts';
import { groupSchema, type ParsedGroup } from './group.ts';
import { NO_REPAIR, valueAt, type IssueList, type Path, type Repair } from './issues.ts';
import { SIZE_LIMITS } from './limits.ts';
import { partnerSchema, therapistSchema, type ParsedTherapist, type PartnerDraft } from './person.ts';
import { policySchema, type ParsedPolicy } from './policy.ts';
import { horizonSchema, programSchema, type ParsedHorizon } from './program.ts';
import { mayBeOwed, originalPath, salvage } from './salvage.ts';
import { addSchemaIssues } from './schema-issues.ts';
import { serviceSchema, type ParsedService } from './service.ts';
import type { Steps } from './steps.ts';
import { weightsSchema, type Weights } from './weights.ts';

/** A part of the document that its schema accepts, and where it stands. */
export interface Entry<T> extends Part<T> {
  path: Path;
}

interface Part<T> {
  value: T;
  /** Whether nothing had to be taken out of it; if not, others are not checked against it. */
  intact: boolean;
}

export interface CoupleEntry {
  path: Path;
  intact: boolean;
  /** The couple without its partners; missing where nothing of it is well-formed. */
  value?: CoupleDraft;
  partners: Entry<PartnerDraft>[];
}

/** The well-formed parts of a document; in one with issues, what is left of those that were not. */
export interface Draft {
  id?: Id;
  horizon?: Entry<ParsedHorizon>;
  services: Entry<ParsedService>[];
  policies: Entry<ParsedPolicy>[];
  therapists: Entry<ParsedTherapist>[];
  couples: CoupleEntry[];
  clients: Entry<PartnerDraft>[];
  groups: Entry<ParsedGroup>[];
  bookings: Entry<ParsedBooking>[];
  weights?: Weights;
}

const anyList = (max: number): z.ZodArray<z.ZodUnknown> => z.array(z.unknown()).max(max);

/** The document's keys, with its parts unread. */
const frameSchema = z.strictObject({
  schemaVersion: programSchema.shape.schemaVersion,
  id: programSchema.shape.id,
  horizon: z.unknown(),
  services: anyList(SIZE_LIMITS.services),
  policies: anyList(SIZE_LIMITS.policies),
  therapists: anyList(SIZE_LIMITS.therapists),
  couples: anyList(SIZE_LIMITS.couples),
  clients: anyList(SIZE_LIMITS.clients).exactOptional(),
  groups: anyList(SIZE_LIMITS.groups).exactOptional(),
  bookings: anyList(SIZE_LIMITS.bookings).exactOptional(),
  weights: z.unknown().exactOptional(),
});

/**
 * Reads every part of a document by itself, so that one that is wrong does not hide the others, nor one of its keys the rest of
 * it. `root`: plain data.
 */
export function* readDraft(root: unknown, issues: IssueList): Steps<Draft> {
  const reader = new Reader(root, issues);
  const id = reader.readFrame();
  if (typeof root !== 'object' || root === null || Array.isArray(root)) issues.silence([]);
  const horizon = reader.read(horizonSchema, ['horizon']);
  const weights = valueAt(root, ['weights']) === undefined ? weightsSchema.parse({}) : reader.read(weightsSchema, ['weights'])?.value;
  const draft: Draft = {
    services: yield* reader.readList(serviceSchema, ['services']),
    policies: yield* reader.readList(policySchema, ['policies']),
    therapists: yield* reader.readList(therapistSchema, ['therapists']),
    couples: yield* reader.readCouples(['couples']),
    clients: yield* reader.readList(partnerSchema, ['clients']),
    groups: yield* reader.readList(groupSchema, ['groups']),
    bookings: yield* reader.readList(bookingSchema, ['bookings']),
  };
  if (id !== undefined) draft.id = id;
  if (horizon !== undefined) draft.horizon = { path: ['horizon'], ...horizon };
  if (weights !== undefined) draft.weights = weights;
  for (const [path, repair] of reader.repairs) issues.repair(path, repair);
  return draft;
}

class Reader {
  private readonly root: unknown;
  private readonly issues: IssueList;
  /** Of the parts read so far. */
  readonly repairs: [path: Path, repair: Repair][] = [];

  constructor(root: unknown, issues: IssueList) {
    this.root = root;
    this.issues = issues;
  }

  /** The document's id, where the document has the right keys. */
  readFrame(): Id | undefined {
    const result = frameSchema.safeParse(this.root);
    if (result.success) return result.data.id;
    addSchemaIssues(this.issues, result.error.issues, frameSchema, this.root, []);
    return undefined;
  }

  read<T>(schema: z.ZodType<T>, path: Path): Part<T> | undefined {
    const part = valueAt(this.root, path);
    const result = schema.safeParse(part);
    if (result.success) return { value: result.data, intact: true };
    addSchemaIssues(this.issues, result.error.issues, schema, this.root, path);
    const salvaged = this.issues.full ? undefined : salvage(schema, part, result.error.issues);
    if (salvaged === undefined) return undefined;
    const { value, removed } = salvaged;
    this.repairs.push([
      path,
      { original: (inner) => originalPath(removed, inner), mayBeOwed: (code, inner) => mayBeOwed(removed, code, inner) },
    ]);
    return { value, intact: false };
  }

  *readList<T>(schema: z.ZodType<T>, path: Path): Steps<Entry<T>[]> {
    const entries: Entry<T>[] = [];
    for (const entryPath of this.paths(path)) {
      yield;
      const part = this.read(schema, entryPath);
      if (part !== undefined) entries.push({ path: entryPath, ...part });
    }
    return entries;
  }

  *readCouples(path: Path): Steps<CoupleEntry[]> {
    const couples: CoupleEntry[] = [];
    for (const couplePath of this.paths(path)) couples.push(yield* this.readCouple(couplePath));
    return couples;
  }

  private *readCouple(path: Path): Steps<CoupleEntry> {
    const shell = this.read(coupleShellSchema, path);
    const partnersPath = [...path, 'partners'];
    const partners = yield* this.readList(partnerSchema, partnersPath);
    if (shell === undefined) return { path, intact: false, partners };
    const { partners: _unread, ...value } = shell.value;
    if (!shell.intact) {
      for (const partner of partners) if (partner.intact) this.repairs.push([partner.path, NO_REPAIR]);
    }
    return { path, intact: shell.intact, value, partners };
  }

  /** Paths of the entries of the list at `path`; none where there is no list. */
  private paths(path: Path): Path[] {
    const list = valueAt(this.root, path);
    return Array.isArray(list) ? list.map((_, index) => [...path, index]) : [];
  }
}
