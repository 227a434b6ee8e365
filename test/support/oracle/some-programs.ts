import { generate } from '../../../bench/instances/generate.ts';
import { parseProgram } from '../../../src/domain/parse.ts';
import type { ParsedProgram, Program } from '../../../src/domain/program.ts';
import { tinyProgram } from './tiny-programs.ts';

/** So many tiny programs from a seed on, and so many generated weeks of one couple, half of them tight. All are valid. */
export function somePrograms(from: number, tiny: number, couples: number): Program[] {
  const week = (index: number) =>
    generate({ tier: 'one', weeks: 1, seed: from + index, tightness: index % 2 === 0 ? 'tight' : 'loose' }).program;
  return [
    ...Array.from({ length: tiny }, (_, index) => tinyProgram(from + index).program),
    ...Array.from({ length: couples }, (_, index) => week(index)),
  ];
}

/** Generated weeks of five couples with as many therapists: few enough that most searches end by their limit of work. */
export function crowds(from: number, count: number): Program[] {
  return Array.from({ length: count }, (_, index) => {
    const tightness = index % 2 === 0 ? 'loose' : 'tight';
    return generate({ tier: 'one', couples: 5, therapists: 5, weeks: 1, seed: from + index, tightness }).program;
  });
}

/** A valid program with its defaults filled in. */
export function parsedProgram(program: Program): ParsedProgram {
  const result = parseProgram(program);
  if (!result.ok) throw new Error('the program is not valid');
  return result.program;
}
