import { DisjointSets } from '../kernel/disjoint-sets.ts';
import { partOf, type Members } from './part-of.ts';
import type { Problem } from './problem.ts';

/** A part of a problem whose households share nothing with those of other parts, and what of the whole belongs to it. */
export interface Component extends Members {
  problem: Problem;
}

/** A problem in parts that can be solved apart: plans of all of them together are a plan of the whole. */
export interface Split {
  /** By their first households; a single one is the problem as it is. */
  components: Component[];
  /** What no household can have, groups with their bookings too: what that costs is settled. Missing where there is one component. */
  rest?: Problem;
}

/** Finds what can be solved apart; yields after each household. */
export function* split(problem: Problem): Generator<void, Split> {
  const { households, therapists, groups, meetings } = problem;
  const ties = new Ties(problem);
  for (const { index } of households) {
    ties.addHousehold(index);
    yield;
  }
  ties.addLeaders();
  const parts = ties.parts();
  const all = {
    households: [...households.keys()],
    therapists: [...therapists.keys()],
    groups: [...groups.keys()],
    meetings: [...meetings.keys()],
  };
  if (parts.length <= 1) return { components: [{ problem, ...all }] };
  const components: Component[] = [];
  for (const part of parts) {
    components.push({ problem: partOf(problem, part), ...part });
    yield;
  }
  return { components, rest: partOf(problem, ties.rest()) };
}

function nobody(): Members {
  return { households: [], therapists: [], groups: [], meetings: [] };
}

/** Which households, therapists and groups can meet. */
class Ties {
  private readonly sets: DisjointSets;
  private readonly firstTherapist: number;
  private readonly firstGroup: number;
  /** Per meeting: 1 where it may be held. */
  private readonly possible: Uint8Array;

  constructor(private readonly problem: Problem) {
    const { households, therapists, groups, meetings } = problem;
    this.firstTherapist = households.length;
    this.firstGroup = this.firstTherapist + therapists.length;
    this.sets = new DisjointSets(this.firstGroup + groups.length);
    this.possible = Uint8Array.from(meetings, ({ fixed }) => (fixed ? 1 : 0));
  }

  /** A household and the therapists and groups of its candidates. */
  addHousehold(index: number): void {
    const { count, therapist, meeting } = this.problem.households[index]!.candidates;
    for (let row = 0; row < count; row++) {
      if (therapist[row]! >= 0) this.sets.join(index, this.firstTherapist + therapist[row]!);
      if (meeting[row]! < 0) continue;
      this.possible[meeting[row]!] = 1;
      this.sets.join(index, this.firstGroup + this.problem.meetings[meeting[row]!]!.group);
    }
  }

  /** The groups of meetings that may be held and all who may lead these; only once all households are in. */
  addLeaders(): void {
    this.problem.meetings.forEach(({ group, options }, index) => {
      if (this.possible[index] === 0) return;
      for (const option of options) for (const leader of option) this.sets.join(this.firstGroup + group, this.firstTherapist + leader);
    });
  }

  /** The sets with households. */
  parts(): Members[] {
    const parts = new Map<number, Members>();
    for (const { index } of this.problem.households) {
      const set = this.sets.of(index);
      if (!parts.has(set)) parts.set(set, nobody());
      parts.get(set)!.households.push(index);
    }
    this.deal((set) => parts.get(set));
    return [...parts.values()];
  }

  /** All that is in no set with households. */
  rest(): Members {
    const taken = new Set(this.problem.households.map(({ index }) => this.sets.of(index)));
    const rest = nobody();
    this.deal((set) => (taken.has(set) ? undefined : rest));
    return rest;
  }

  /** Gives therapists, groups and meetings that may be held to the parts of their sets. */
  private deal(partOfSet: (set: number) => Members | undefined): void {
    const { therapists, groups, meetings } = this.problem;
    therapists.forEach((_, index) => partOfSet(this.sets.of(this.firstTherapist + index))?.therapists.push(index));
    groups.forEach((_, index) => partOfSet(this.sets.of(this.firstGroup + index))?.groups.push(index));
    meetings.forEach(({ group }, index) => {
      if (this.possible[index] === 1) partOfSet(this.sets.of(this.firstGroup + group))?.meetings.push(index);
    });
  }
}
