import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findCycle, importProblems, importsOf, LAYERS, layerOf, type SourceFile } from '../support/import-graph.ts';

const src = fileURLToPath(new URL('../../src', import.meta.url));

function sourcesOf(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(folder, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }));
}

/** A small graph that is in order, with `changes` put over it. */
function graph(changes: Record<string, string> = {}): SourceFile[] {
  const files: Record<string, string> = {
    'errors.ts': 'export class E extends Error {}',
    'time/zone.ts': "import { IANAZone } from 'luxon'; import { E } from '../errors.ts'; export const z = [IANAZone, E];",
    'domain/program.ts': "import { z } from 'zod'; import { z as zone } from '../time/zone.ts'; export const p = [z, zone];",
    'kernel/heap.ts': 'export const heap = Math.max(1, 2);',
    'model/compile.ts':
      "import { heap } from '../kernel/heap.ts'; import type { p } from '../domain/program.ts'; export const c = heap as typeof p;",
    'solver/solve.ts': "import { c } from '../model/compile.ts'; import { spent } from './limits.ts'; export const s = [c, spent];",
    'solver/limits.ts': 'export const spent = () => performance.now();',
    'solver/bound/lp.ts': "import solver from 'javascript-lp-solver'; export const lp = solver;",
    'verify/verify.ts': "import { p } from '../domain/program.ts'; export const v = p;",
    'schedule.ts': "import { s } from './solver/solve.ts'; import { v } from './verify/verify.ts'; export const r = [s, v];",
    'index.ts': "export { r } from './schedule.ts';",
    ...changes,
  };
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}

describe('src', () => {
  test('keeps the import graph of the design', () => {
    const sources = sourcesOf(src);
    expect(sources.map((file) => file.path)).toContain('domain/program.ts');
    expect(importProblems(sources)).toEqual([]);
  });
});

describe('the checker', () => {
  test('finds nothing in a graph that is in order', () => {
    expect(importProblems(graph())).toEqual([]);
  });

  test.each([
    ['a layer that imports upward', { 'time/zone.ts': "import '../domain/program.ts';" }, 'time must not import domain'],
    ['a type import upward', { 'kernel/heap.ts': "import type { c } from '../model/compile.ts';" }, 'kernel must not import model'],
    ['an import type upward', { 'errors.ts': "export type T = import('./time/zone.ts').Z;" }, 'errors.ts must not import time'],
    ['a re-export upward', { 'model/compile.ts': "export { s } from '../solver/solve.ts';" }, 'model must not import solver'],
    [
      'an import() upward',
      { 'domain/program.ts': "export const x = () => import('../schedule.ts');" },
      'domain must not import schedule.ts',
    ],
    ['user words in the solver', { 'solver/solve.ts': "import type { p } from '../domain/program.ts';" }, 'solver must not import domain'],
    ['a folder that the design does not know', { 'utils/misc.ts': '' }, 'the layer utils is unknown'],
    ['a file that is not there', { 'schedule.ts': "import './solver/gone.ts';" }, 'solver/gone.ts, which does not exist'],
    ['luxon outside time', { 'domain/date.ts': "import type { DateTime } from 'luxon';" }, 'must not import the package luxon'],
    ['zod outside domain', { 'schedule.ts': "import { z } from 'zod';" }, 'must not import the package zod'],
    [
      'the LP outside its adapter',
      { 'solver/bound/master.ts': "import s from 'javascript-lp-solver';" },
      'must not import the package javascript-lp-solver',
    ],
    ['file access', { 'schedule.ts': "import { readFileSync } from 'node:fs';" }, 'must not import the package node:fs'],
    [
      'a cycle within a layer',
      { 'model/a.ts': "import type { B } from './b.ts';", 'model/b.ts': "import './a.ts';" },
      'cycle: model/a.ts -> model/b.ts -> model/a.ts',
    ],
    ['a file that imports itself', { 'kernel/heap.ts': "import './heap.ts';" }, 'cycle: kernel/heap.ts -> kernel/heap.ts'],
    ['an index.ts below src', { 'time/index.ts': '' }, 'only src itself has an index.ts'],
    ['export *', { 'index.ts': "export * from './schedule.ts';" }, 'index.ts: export *'],
    ['export * as', { 'index.ts': "export * as all from './schedule.ts';" }, 'index.ts: export *'],
    ['a default export', { 'kernel/heap.ts': 'export default 1;' }, 'kernel/heap.ts: default export'],
    ['a default function', { 'kernel/heap.ts': 'export default function f() {}' }, 'kernel/heap.ts: default export'],
    ['Math.random', { 'kernel/heap.ts': 'export const r = Math.random();' }, 'kernel/heap.ts: Math.random'],
    ['a taken-apart Math', { 'kernel/heap.ts': 'const { random } = Math; export const r = random();' }, 'kernel/heap.ts: Math.random'],
    ['a computed key of Math', { 'kernel/heap.ts': "export const r = Math['random']();" }, 'kernel/heap.ts: Math.random'],
    ['Math.random in the clock file', { 'solver/limits.ts': 'export const r = Math.random();' }, 'solver/limits.ts: Math.random'],
    ['Date.now', { 'solver/solve.ts': 'export const t = Date.now();' }, 'a clock (Date.now)'],
    ['new Date()', { 'verify/verify.ts': 'export const t = new Date();' }, 'a clock (new Date())'],
    ['Date()', { 'verify/verify.ts': 'export const t = Date();' }, 'a clock (Date())'],
    ['performance.now', { 'solver/solve.ts': 'export const t = performance.now();' }, 'a clock (performance.now)'],
    [
      'luxon as a clock',
      { 'time/zone.ts': "import { DateTime } from 'luxon'; export const t = DateTime.now();" },
      'a clock (DateTime.now)',
    ],
    ['setTimeout', { 'schedule.ts': 'setTimeout(() => {}, 1);' }, 'a clock (setTimeout)'],
    ['globalThis.setTimeout', { 'schedule.ts': 'globalThis.setTimeout(() => {}, 1);' }, 'a clock (setTimeout)'],
    ['process.hrtime', { 'schedule.ts': 'process.hrtime();' }, 'a clock (hrtime)'],
  ])('finds %s', (_, changes, problem) => {
    expect(importProblems(graph(changes as Record<string, string>)).join('\n')).toContain(problem);
  });

  test('finds a verifier that reaches the solver by way of others, whatever the layers allow', () => {
    const layers = new Map([...LAYERS, ['domain', { layers: ['errors.ts', 'time', 'model'] }]]);
    const problems = importProblems(
      graph({ 'domain/bridge.ts': "import '../model/compile.ts';", 'verify/verify.ts': "import '../domain/bridge.ts';" }),
      layers,
    );
    expect(problems).toContain('verify reaches model/compile.ts');
  });

  test('does not take words in comments, strings and members for clocks or chance', () => {
    const text =
      "// Date.now and Math.random\nexport const f = (a: { setTimeout: number }) => a.setTimeout + Math.min(1, 2) + 'Math.random'.length + new Date(0).getTime();";
    expect(importProblems(graph({ 'kernel/heap.ts': text }))).toEqual([]);
  });

  test('names the layer of a path and the imports of a file', () => {
    expect(layerOf('solver/bound/lp.ts')).toBe('solver');
    expect(layerOf('index.ts')).toBe('index.ts');
    const text = "import type { A } from './a.ts'; export { b } from '../b.ts'; import { z } from 'zod'; // import './no.ts'";
    expect(importsOf({ path: 'x/y.ts', text })).toEqual({ files: ['x/a.ts', 'b.ts'], packages: ['zod'] });
  });

  test('finds cycles, and none where two ways lead to one file', () => {
    expect(
      findCycle(
        new Map([
          ['a', ['b', 'c']],
          ['b', ['d']],
          ['c', ['d']],
          ['d', []],
        ]),
      ),
    ).toBeUndefined();
    expect(
      findCycle(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
    ).toEqual(['b', 'c', 'b']);
  });
});
