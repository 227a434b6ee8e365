import type { Id } from './common.ts';
import { SIZE_LIMITS } from './limits.ts';
import { valueAt, type IssueList, type Path } from './issues.ts';
import type { ServiceKind } from './service.ts';
import type { Steps } from './steps.ts';

export type EntityKind = 'program' | 'service' | 'policy' | 'therapist' | 'couple' | 'partner' | 'group' | 'booking';

interface Known {
  kind: EntityKind;
  /** Of a service whose kind can be read. */
  serviceKind?: ServiceKind;
}

const LISTS: readonly (readonly [key: string, kind: EntityKind])[] = [
  ['services', 'service'],
  ['policies', 'policy'],
  ['therapists', 'therapist'],
  ['couples', 'couple'],
  ['clients', 'partner'],
  ['groups', 'group'],
  ['bookings', 'booking'],
];

/** What every id of the document stands for, entities with other faults included. */
export class Registry {
  private readonly known = new Map<Id, Known>();
  /** Whether all lists could be read; if not, an unknown id says nothing. */
  private complete = true;
  private readonly issues: IssueList;

  constructor(issues: IssueList) {
    this.issues = issues;
  }

  /** Reads all ids of `root`, plain data, and reports those used twice. */
  *readAll(root: unknown): Steps<void> {
    this.register(root, [], 'program');
    for (const [key, kind] of LISTS) {
      const list = valueAt(root, [key]);
      if (!Array.isArray(list) && (list !== undefined || this.issues.isSilenced([key]))) this.complete = false;
      for (const [index, entry] of (Array.isArray(list) ? (list as unknown[]) : []).entries()) {
        yield;
        this.registerEntry(entry, [key, index], kind);
      }
    }
  }

  kindOf(id: Id): EntityKind | undefined {
    return this.known.get(id)?.kind;
  }

  serviceKindOf(id: Id): ServiceKind | undefined {
    return this.known.get(id)?.serviceKind;
  }

  /** Whether `id` stands for a thing of `kind`; reports it where not. */
  refers(path: Path, id: Id, kind: EntityKind): boolean {
    const found = this.kindOf(id);
    if (found === kind) return true;
    if (found !== undefined) {
      this.issues.add('wrong-reference-kind', path, `${id} is a ${found}, expected a ${kind}`, { expected: kind, found });
    } else if (this.complete) {
      this.issues.add('unknown-reference', path, `there is no ${kind} ${id}`, { expected: kind });
    }
    return false;
  }

  /** The kind of the service `id` where it is one of `kinds`; reports it where not. */
  refersToService(path: Path, id: Id, kinds: readonly ServiceKind[]): ServiceKind | undefined {
    if (!this.refers(path, id, 'service')) return undefined;
    const kind = this.serviceKindOf(id);
    if (kind === undefined || kinds.includes(kind)) return kind;
    const expected = kinds.map((word) => `${word} service`).join(' or ');
    this.issues.add('wrong-reference-kind', path, `${id} is a service of kind ${kind}, expected: ${expected}`, {
      expected,
      found: `${kind} service`,
    });
    return undefined;
  }

  private registerEntry(entry: unknown, path: Path, kind: EntityKind): void {
    this.register(entry, path, kind);
    if (kind !== 'couple') return;
    const partners = valueAt(entry, ['partners']);
    if (Array.isArray(partners))
      partners.forEach((partner: unknown, index) => this.register(partner, [...path, 'partners', index], 'partner'));
    else this.complete = false;
  }

  private register(entity: unknown, path: Path, kind: EntityKind): void {
    const id = valueAt(entity, ['id']);
    if (typeof id !== 'string' || id.length < 1 || id.length > SIZE_LIMITS.text) return;
    const other = this.known.get(id);
    if (other !== undefined) {
      this.issues.add('duplicate-id', [...path, 'id'], `the id is already that of a ${other.kind}`, { other: other.kind });
      return;
    }
    const serviceKind = kind === 'service' ? valueAt(entity, ['kind']) : undefined;
    this.known.set(id, isServiceKind(serviceKind) ? { kind, serviceKind } : { kind });
  }
}

function isServiceKind(value: unknown): value is ServiceKind {
  return value === 'individual' || value === 'joint' || value === 'group';
}
