import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../vitest.shared.ts';

export interface Run {
  /** Exit code. */
  code: number | null;
  output: string;
  errors: string;
}

/** Runs an example as its npm script does, but for the build before it. Throws where there is no script or no build. */
export function runExample(name: string): Run {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const file = /\bnode (\S+)$/.exec(scripts[`example:${name}`] ?? '')?.[1];
  if (file === undefined) throw new Error(`no script example:${name} that ends in node and a file`);
  if (!existsSync(join(root, 'dist/index.js'))) throw new Error('the examples need npm run build');
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  return { code: status, output: stdout, errors: stderr };
}

/** The text between the line that begins with `from` and the next line that begins with `to`; throws where one is missing. */
export function between(text: string, from: string, to: string): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.startsWith(from));
  const last = lines.findIndex((line, index) => index > first && line.startsWith(to));
  if (first < 0 || last < 0) throw new Error(`no text between ${from} and ${to}`);
  return lines.slice(first, last).join('\n');
}
