import type { Id } from './common.ts';
import type { ParsedGroup } from './group.ts';
import type { IssueList } from './issues.ts';
import type { ParsedTherapist, PartnerDraft } from './person.ts';
import type { Registry } from './registry.ts';
import type { ParsedService } from './service.ts';

/** What the checks of one document share. The maps hold entities with all their keys well-formed only. */
export interface Check {
  issues: IssueList;
  registry: Registry;
  services: ReadonlyMap<Id, ParsedService>;
  therapists: ReadonlyMap<Id, ParsedTherapist>;
  groups: ReadonlyMap<Id, ParsedGroup>;
  partners: ReadonlyMap<Id, PartnerDraft>;
  /** Both partners of each couple. */
  partnersOf: ReadonlyMap<Id, readonly Id[]>;
}
