import { readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packAndInstall, readText, run, tool, type Installed } from './installed.ts';

let installed: Installed;

beforeAll(() => {
  installed = packAndInstall();
});

afterAll(async () => {
  if (installed !== undefined) await rm(dirname(installed.tarball), { recursive: true, force: true });
});

describe('the tarball', () => {
  test('holds the build, the papers and nothing else', () => {
    const papers = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
    expect(installed.files).toEqual(
      expect.arrayContaining([...papers, ...['index', 'export', 'worker', 'iop-scheduler-thread'].flatMap(built), 'dist/schema.json']),
    );
    expect(installed.files.filter((file) => !papers.includes(file) && !file.startsWith('dist/'))).toEqual([]);
  });

  test('is clean by publint', async () => {
    const { messages } = await publint({ pack: { tarball: arrayBuffer(installed.tarball) }, strict: true });
    expect(messages).toEqual([]);
  });

  test('has the right types under every resolution by are-the-types-wrong', () => {
    const attw = tool('@arethetypeswrong/cli/dist/index.js');
    // schema.json is data: the resolution of Node 10, which knows no exports, finds it under dist/ only.
    const flags = ['--exclude-entrypoints', 'schema.json', '--format', 'table-flipped', '--no-color'];
    expect(run(process.execPath, [attw, installed.tarball, ...flags], installed.project)).toContain('No problems found');
  });

  test('leaves its dependencies outside', () => {
    const modules = installed.files.filter((file) => file.startsWith('dist/') && file.endsWith('.js'));
    const code = modules.map((file) => readText(installed.folder, file)).join('\n');
    const packages = [...code.matchAll(/^import\s[^'"]*['"]([^'"]+)['"];?$/gm)].map((match) => match[1] ?? '');
    const own = packages.filter((name) => !name.startsWith('.'));
    expect(own).toContain('luxon');
    expect(own.filter((name) => !['javascript-lp-solver', 'luxon', 'zod'].includes(name))).toEqual([]);
  });

  test('carries the JSON Schema of a program', () => {
    const schema = JSON.parse(readText(installed.folder, 'dist/schema.json')) as {
      required: string[];
      properties: Record<string, unknown>;
    };
    expect(schema.required).toEqual(expect.arrayContaining(['schemaVersion', 'id', 'horizon', 'services', 'therapists', 'couples']));
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(['clients', 'groups', 'bookings', 'weights']));
  });
});

describe('the installed package', () => {
  // Tuesday 8 September 2026, 09:00 in New York (UTC-4); the only hour that the therapist has.
  const answer = { status: 'optimal', starts: ['2026-09-08T13:00:00Z'], violations: [] };

  test('is imported as an ES module', () => {
    expect(JSON.parse(run(process.execPath, ['esm.mjs'], installed.project))).toEqual(answer);
  });

  test('is required as a CommonJS module', () => {
    expect(JSON.parse(run(process.execPath, ['cjs.cjs'], installed.project))).toEqual(answer);
  });

  test('exports a model whose answer is read back as a plan, from both kinds of modules', () => {
    // The one hour that the therapist has, in UTC as its plan tells it.
    const { starts, violations } = answer;
    const sessions = ['session.p_1.svc.t_1.20260908T1300Z'];
    const exported = { starts, violations, sessions, mps: true, lp: true, error: [true, 'invalid-program'] };
    expect(JSON.parse(run(process.execPath, ['export.mjs'], installed.project))).toEqual(exported);
    expect(JSON.parse(run(process.execPath, ['export.cjs'], installed.project))).toEqual(exported);
  });

  test.each(['thread.mjs', 'thread.cjs'])('schedules in a thread, and shares its classes: %s', (file) => {
    expect(JSON.parse(run(process.execPath, [file], installed.project))).toEqual({
      status: 'optimal',
      starts: answer.starts,
      invalid: true,
    });
  });

  test.each(['threads.mjs', 'threads.cjs'])('searches two components in two threads, which end with it: %s', (file) => {
    const [start] = answer.starts;
    expect(JSON.parse(run(process.execPath, [file], installed.project))).toEqual({
      status: 'optimal',
      starts: [start, start],
      components: 2,
      threads: 2,
    });
  });

  test.each([
    ['nodenext', 'nodenext', ['consumer.mts', 'consumer.cts']],
    ['esnext', 'bundler', ['consumer.mts']],
  ])('has types under module %s with resolution %s', (module, resolution, files) => {
    const compilerOptions = {
      noEmit: true,
      strict: true,
      target: 'es2022',
      lib: ['es2022', 'dom'],
      types: [],
      module,
      moduleResolution: resolution,
    };
    writeFileSync(join(installed.project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
    expect(run(process.execPath, [tool('typescript/lib/tsc.js')], installed.project)).toBe('');
  });
});

function built(entry: string): string[] {
  return ['cjs', 'd.cts', 'd.ts', 'js'].map((ending) => `dist/${entry}.${ending}`);
}

function arrayBuffer(path: string): ArrayBuffer {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
