import type { Household, Role } from '../../model/problem.ts';
import { mostInNode } from './dates.ts';

/** Therapists that must be told apart in roles that may change therapist: a bit for each, per role. */
export interface Marks {
  /** Roles that keep bits: an entry for each word of them, and which word. */
  roles: number[];
  words: number[];
  /** Per role of the household: therapist to bit, or undefined. */
  bits: (ReadonlyMap<number, number> | undefined)[];
}

export const UNMARKED: Marks = { roles: [], words: [], bits: [] };

/** Bits of a word. */
const WORD = 30;

/** A bit as a mask of the word; 0 where it is in another. */
export function bitIn(bit: number, word: number): number {
  return Math.floor(bit / WORD) === word ? 1 << (bit % WORD) : 0;
}

/** Marks with such bits. */
export function withWords(bits: Marks['bits']): Marks {
  const most = Math.max(-1, ...bits.flatMap((each) => [...(each?.values() ?? [])]));
  const words = Array.from({ length: Math.floor(most / WORD) + 1 }, (_, word) => word);
  const entries = bits.flatMap((each, role) => (each === undefined ? [] : words.map((word) => ({ role, word }))));
  return { roles: entries.map(({ role }) => role), words: entries.map(({ word }) => word), bits };
}

/** Therapists of roles that may change therapist, where role separation or preferred attributes need to know who was met. */
export function marksOf({ roles }: Household): Marks {
  const changing = roles.map((role) => role.kind !== 'group' && role.continuity !== 'strict');
  const bitOf = new Map<number, number>();
  const bits = roles.map((role, index) => {
    if (!changing[index]) return undefined;
    const told = role.domain.filter(
      (therapist, at) =>
        role.lacking[at]! > 0 ||
        roles.some((other, place) => changing[place] && mustDiffer(role, other) && other.domain.includes(therapist)),
    );
    if (told.length === 0) return undefined;
    for (const therapist of told) if (!bitOf.has(therapist)) bitOf.set(therapist, bitOf.size);
    return new Map(told.map((therapist) => [therapist, bitOf.get(therapist)!]));
  });
  return withWords(bits);
}

/**
 * Therapists for whom no other may stand in where therapists' own times count: marked ones, those whom another role may have or a session
 * that stands has, and all of a role that may have several sessions on a date with a buffer between them.
 */
export function toldApart(household: Household, marks: Marks): (role: number, therapist: number) => boolean {
  const { roles, items, candidates } = household;
  const standing = new Set(candidates.therapist.filter((_, row) => candidates.forced[row] !== 0));
  const repeats = roles.map(({ buffer }, role) => {
    const own = items.filter((item) => item.role === role);
    return buffer > 0 && (own.length > 1 || own.some((item) => mostInNode(household, item) > 1));
  });
  const isShared = (role: number, therapist: number): boolean =>
    roles.some(({ kind, domain }, index) => index !== role && kind !== 'group' && domain.includes(therapist));
  return (role, therapist) =>
    repeats[role]! || marks.bits[role]?.has(therapist) === true || standing.has(therapist) || isShared(role, therapist);
}

/** Whether two roles must not have the same therapist. */
export function mustDiffer(a: Role, b: Role): boolean {
  return a.separated && b.separated && a.owner !== b.owner;
}
