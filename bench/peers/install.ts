import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Version by name of package, as pinned. */
export function pinnedVersions(): Map<string, string> {
  const { dependencies } = JSON.parse(readFileSync(`${HERE}package.json`, 'utf8')) as { dependencies: Record<string, string> };
  return new Map(Object.entries(dependencies));
}

/** Installs the peers with `npm ci` where one is missing or has another version. Scripts of packages are not run. */
export function installPeers(): void {
  const missing = [...pinnedVersions()].filter(([name, version]) => installedVersion(name) !== version);
  if (missing.length === 0) return;
  process.stderr.write(`installing ${missing.map(([name, version]) => `${name} ${version}`).join(', ')}\n`);
  execFileSync('npm', ['ci', '--prefix', HERE, '--ignore-scripts', '--no-audit', '--no-fund'], { stdio: ['ignore', 2, 2] });
}

function installedVersion(name: string): string | undefined {
  const file = `${HERE}node_modules/${name}/package.json`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : undefined;
}
