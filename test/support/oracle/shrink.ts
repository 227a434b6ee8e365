import { parseProgram } from '../../../src/domain/parse.ts';
import type { Program } from '../../../src/domain/program.ts';

type Owner = Record<string | number, unknown>;

/** Every place where something stands that may be taken away, the deepest last. */
function places(value: unknown): [Owner, string | number][] {
  if (typeof value !== 'object' || value === null) return [];
  const owner = value as Owner;
  const keys = Array.isArray(value) ? value.map((_, index) => value.length - 1 - index) : Object.keys(value);
  return keys.flatMap((key): [Owner, string | number][] => [[owner, key], ...places(owner[key])]);
}

/** The program with the thing at a place (by number) taken away; undefined where there is no such place. */
function without(program: Program, number: number): Program | undefined {
  const copy = structuredClone(program);
  const place = places(copy)[number];
  if (place === undefined) return undefined;
  const [owner, key] = place;
  if (Array.isArray(owner)) owner.splice(Number(key), 1);
  else delete owner[key];
  return copy;
}

/** A smaller valid program that still `fails`, found by taking things away one by one until nothing more can go. */
export async function shrink(program: Program, fails: (smaller: Program) => Promise<boolean>): Promise<Program> {
  let smallest = program;
  for (let number = 0, removed = false; ; number++) {
    const smaller = without(smallest, number);
    if (smaller === undefined) {
      if (!removed) return smallest;
      [number, removed] = [-1, false];
    } else if (parseProgram(smaller).ok && (await fails(smaller))) {
      [smallest, removed] = [smaller, true];
      number--;
    }
  }
}
