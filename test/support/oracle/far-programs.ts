import { parseProgram } from '../../../src/domain/parse.ts';
import type { Program } from '../../../src/domain/program.ts';
import { Random } from '../../../src/kernel/random.ts';
import { compile } from '../../../src/model/compile.ts';
import { finish } from '../model-fixtures.ts';
import { tinyProgram } from './tiny-programs.ts';

/** Far enough from those of tiny programs that midnight on the horizon's clock often lies between a couple's sessions. */
const FAR_ZONES = ['Asia/Tokyo', 'Pacific/Honolulu', 'Australia/Brisbane', 'America/Los_Angeles', 'Asia/Dubai', 'Pacific/Auckland'];

/** A tiny program seen from a zone far away, with the wish that needs dates of that zone; undefined where no midnight splits a day. */
export function seenFromFar(seed: number): Program | undefined {
  const random = new Random(seed);
  const { program } = tinyProgram(seed);
  if (program.couples.length === 0) return undefined;
  const far: Program = {
    ...program,
    horizon: { ...program.horizon, zone: random.pick(FAR_ZONES) },
    couples: program.couples.map((couple) => ({ ...couple, together: random.pick(['simultaneous', 'staggered'] as const) })),
  };
  const parsed = parseProgram(far);
  if (!parsed.ok) return undefined;
  const { problem } = finish(compile(parsed.program));
  return problem.households.some(({ midnight }) => midnight !== undefined) ? far : undefined;
}
