import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { ClassFigures, SmokeFigures } from './compare.ts';
import type { Tier } from './instances/shape.ts';
import type { machine } from './results.ts';

/** What decides which cases a run has and how long each may take. */
export interface ReleasedSettings {
  tiers: readonly Tier[];
  weeks: readonly number[];
  seeds: number;
  time: number;
  repeats: number;
}

/** The figures of the last release, in `bench/released.json`, which is in git. */
export interface Released {
  /** Of `npm run bench`, in times of the reference work. */
  run?: { machine: ReturnType<typeof machine>; settings: ReleasedSettings; classes: Record<string, ClassFigures> };
  /** Of `npm run bench:smoke`, by name of case. */
  smoke?: { version: string; work: number; cases: Record<string, SmokeFigures> };
}

const FILE = fileURLToPath(new URL('released.json', import.meta.url));

export function readReleased(): Released {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Released) : {};
}

/** Replaces one part of the file, keeps the other, and answers with its path. */
export async function writeReleased(part: Released): Promise<string> {
  const text = JSON.stringify({ ...readReleased(), ...part }, null, 2);
  writeFileSync(FILE, await format(text, { ...(await resolveConfig(FILE)), parser: 'json' }));
  return FILE;
}
