import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseOptions } from '../../src/domain/options.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { Program } from '../../src/domain/program.ts';
import * as exporting from '../../src/export.ts';
import * as library from '../../src/index.ts';
import * as workerLibrary from '../../src/worker.ts';
import { root } from '../vitest.shared.ts';

const text = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({ language, code }));
const scripts = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts;

/** The rows of the table in the section under `heading`, as trimmed cells, without its head. */
function rows(heading: string): string[][] {
  const section = text.slice(text.indexOf(`\n${heading}\n`) + 1 + heading.length);
  const lines = section.slice(0, section.search(/\n#{2,3} /)).split('\n');
  const cells = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1));
  return cells.slice(2).map((row) => row.map((cell) => cell.trim()));
}

/** First cells that are one word of code. */
function words(heading: string): string[] {
  return rows(heading).flatMap(([first = '']) => /^`([^`]+)`$/.exec(first)?.[1] ?? []);
}

interface Values {
  program: Program;
  outcome: Outcome;
  again: Outcome;
  elsewhere: Outcome;
  parsed: library.ParseResult;
  files: Record<string, string>;
  readBack: (file: string) => { plan: library.Plan } & library.Verification;
}

/** Runs blocks of code as one module, with imports from the package replaced by the source; gives what they print, and their values. */
async function run(codes: readonly string[], values: readonly (keyof Values)[]): Promise<{ printed: string; values: Values }> {
  const plain = ts.transpileModule(codes.join('\n'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true },
  }).outputText;
  const body = plain
    .replace(/^import \{([^}]*)\} from 'iop-scheduler';$/gm, 'const {$1} = library;')
    .replace(/^import \{([^}]*)\} from 'iop-scheduler\/export';$/gm, 'const {$1} = exporting;')
    .replace(/^import \{([^}]*)\} from 'iop-scheduler\/worker';$/gm, 'const {$1} = workerLibrary;');
  const printed: string[] = [];
  const AsyncFunction = (async () => {}).constructor as new (...parts: string[]) => (...args: unknown[]) => Promise<Values>;
  const block = new AsyncFunction('library', 'exporting', 'workerLibrary', 'console', `${body}\nreturn { ${values.join(', ')} };`);
  const result = await block(library, exporting, workerLibrary, { log: (...parts: unknown[]) => printed.push(format(...parts)) });
  return { printed: printed.join('\n'), values: result };
}

const isCode = ({ language }: { language: string }): boolean => ['js', 'ts', 'javascript', 'typescript'].includes(language);
const codes = blocks.filter(isCode).map(({ code }) => code);

describe('the first block of code', () => {
  test('runs as it stands and prints a plan that is proved best', async () => {
    const { printed, values } = await run(codes.slice(0, 1), ['program', 'outcome']);
    expect(values.outcome.status).toBe('optimal');
    const { plan, score } = values.outcome as Outcome & { status: 'optimal' };
    expect(library.verify(values.program, plan)).toEqual({ violations: [], score });
    // Two weeks of three group meetings, two individual sessions each and one joint session.
    expect(plan.sessions).toHaveLength(2 * (3 + 2 + 2 + 1));
    expect(printed).toMatch(/^optimal\n/);
    expect(printed).toContain('Partner p-ben of couple c-1');
    // 18:00 in New York is 15:00 in Phoenix in September.
    expect(printed).toMatch(/mon 2026-09-07 {2}15:00-17:00 {2}group/);
  });
});

describe('all blocks of code in a row', () => {
  let printed: string;
  let values: Values;
  beforeAll(async () => {
    ({ printed, values } = await run(codes, ['program', 'outcome', 'again', 'elsewhere', 'parsed']));
  }, 60_000);

  test('tell the outcome', () => {
    expect(printed).toContain('16 sessions, score 0, no plan is below 0');
  });

  test('check a plan whose first session ends late', () => {
    expect(printed).toMatch(/^plan-shape \[/m);
  });

  test('show both issues of a wrong document, with a code and a path', () => {
    expect(values.parsed).toMatchObject({ ok: false, issues: expect.arrayContaining([expect.objectContaining({ code: 'unknown-key' })]) });
    expect(printed).toMatch(/^bad-zone horizon\.zone /m);
    expect(printed).toMatch(/^unknown-key cuoples /m);
  });

  test('plan again with one move', () => {
    expect(values.again.status).toBe('optimal');
    // One booking moves, more than 48 hours ahead (20 x 1), and so leaves its slot of the week before (4 x 1).
    expect(values.again).toMatchObject({ score: { total: 24, byRule: { 'moved-session': 20, 'same-slot': 4 } } });
  });

  test('plan the same in a worker', () => {
    expect(values.elsewhere).toMatchObject({ status: 'optimal', plan: (values.outcome as Outcome & { status: 'optimal' }).plan });
    expect(printed).toContain('optimal 16');
  });

  test('print a report of one partner', () => {
    const report = printed.slice(printed.lastIndexOf('Plan of first-plan'));
    expect(report).toContain('Partner p-ben of couple c-1');
    expect(report).not.toContain('t-ash');
  });
});

describe('the block on exporting', () => {
  test('writes both formats and reads an answer', async () => {
    const { printed, values } = await run(codes, ['files', 'readBack']);
    expect(printed).toMatch(/^[1-9]\d* variables, [1-9]\d* rows; rules left out: 0$/m);
    expect(values.files['week.lp']).toMatch(/^Minimize\n score:/);
    expect(values.files['week.mps']).toMatch(/^NAME /);
    const name = /session\.p_ben\.individual\.\w+\.\w+/.exec(values.files['week.lp']!)![0];
    const { plan, violations } = values.readBack(`${name} 1\n`);
    expect(plan.sessions).toMatchObject([{ attendees: ['p-ben'] }]);
    expect(violations.map(({ rule }) => rule)).toContain('care-frequency');
  });
});

describe('what is written', () => {
  test('every block of code is of a language that is looked at here', () => {
    const others = blocks.filter((block) => !isCode(block) && block.language !== 'sh');
    expect(others).toEqual([]);
    expect(codes.length).toBeGreaterThanOrEqual(6);
  });

  test('every npm script named exists', () => {
    const named = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named).toContain('example:clinic');
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test('everything exported is named', () => {
    const names = [...Object.keys(library), ...Object.keys(exporting), ...Object.keys(workerLibrary)];
    expect(names.filter((name) => !text.includes(`\`${name}`) && !codes.some((code) => code.includes(name)))).toEqual([]);
  });

  test('every folder and file named exists', () => {
    const named = [...text.matchAll(/`((?:src|test|bench|examples)\/[\w./-]*)`/g)].map(([, path = '']) => path);
    expect(named).toContain('src/verify');
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('every link that is named leads somewhere, and every address is used', () => {
    const used = [...text.matchAll(/\[[^\]]+\]\[([\w-]+)\]/g)].map(([, name = '']) => name);
    const given = [...text.matchAll(/^\[([\w-]+)\]: https:\/\//gm)].map(([, name = '']) => name);
    expect([...new Set(used)].sort()).toEqual(given.sort());
  });

  test('every status is explained', () => {
    const statuses: Record<Outcome['status'], true> = { optimal: true, feasible: true, infeasible: true, unknown: true };
    expect(words('## The outcome')).toEqual(Object.keys(statuses));
  });

  test('the hard rules are all there, in order', () => {
    expect(words('## Hard rules')).toEqual(library.HARD_RULES);
  });

  test('the soft rules are all there, with their weights', () => {
    const weights = rows('## Soft rules').map(([rule = '', , weight = '']) => [rule.replaceAll('`', ''), Number(weight)]);
    expect(weights).toEqual(Object.entries(library.DEFAULT_WEIGHTS));
  });

  test('the options are all there, with their defaults', () => {
    const defaults = Object.fromEntries(Object.entries(parseOptions({})).map(([option, value]) => [option, String(value)]));
    const written = Object.fromEntries(rows('## Options').map(([option = '', value = '']) => [option.replaceAll('`', ''), value]));
    expect(written).toMatchObject(defaults);
    expect(Object.keys(written).filter((option) => written[option] === 'none')).toEqual(['workLimit', 'signal', 'onProgress']);
    for (const option of Object.keys(written)) expect(() => parseOptions({ [option]: undefined })).not.toThrow();
  });

  test('the limits are those of the library', () => {
    const { couples, clients, therapists, groups, bookings, text: characters } = library.SIZE_LIMITS;
    const [c, p, t, g, b] = [couples, clients, therapists, groups, bookings].map((count) => count.toLocaleString('en-US'));
    const sentence = `${c} couples, ${p} clients, ${t} therapists, ${g} groups and ${b} bookings, a horizon 53 weeks, an id ${characters} characters`;
    expect(text.replaceAll('\n', ' ').replace(/ +/g, ' ')).toContain(sentence);
  });
});
