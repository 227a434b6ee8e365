import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The packed package, and an otherwise empty project in which it is installed. */
export interface Installed {
  /** Path of the tarball. */
  tarball: string;
  /** Files in the tarball, sorted, without the leading `package/`. */
  files: string[];
  /** Folder of the project, with the fixtures copied into it. */
  project: string;
  /** Folder of the package inside the project. */
  folder: string;
}

/** Packs what `npm run build` left in dist and installs it, with its dependencies from the registry. Throws what npm printed. */
export function packAndInstall(): Installed {
  const work = mkdtempSync(join(tmpdir(), 'iop-scheduler-'));
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], root)) as Packed[];
  if (packed === undefined) throw new Error('npm pack made nothing');
  const tarball = join(work, packed.filename);
  const project = join(work, 'project');
  cpSync(join(root, 'test/package/fixtures'), project, { recursive: true });
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', version: '1.0.0', private: true, type: 'module' }));
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], project);
  return { tarball, files: packed.files.map((file) => file.path).sort(), project, folder: join(project, 'node_modules/iop-scheduler') };
}

interface Packed {
  filename: string;
  files: { path: string }[];
}

/** What the command printed; throws the beginning of both streams where it fails. */
export function run(command: string, args: string[], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${(stdout ?? '').slice(0, 4000)}${(stderr ?? '').slice(0, 4000)}`);
  }
}

/** Path of a command line tool of this repository. */
export function tool(path: string): string {
  return join(root, 'node_modules', path);
}

export function readText(...parts: string[]): string {
  return readFileSync(join(...parts), 'utf8');
}
