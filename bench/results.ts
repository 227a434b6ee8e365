import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { tzdataVersion } from '../src/time/zone.ts';
import { VERSION } from '../src/version.ts';
import { nameOf, type Case } from './cases.ts';
import type { Fault } from './judge.ts';

/** What the figures were taken on. No date and no host name, so that two runs on one machine compare by text. */
export function machine(): Record<string, string | number> {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    threads: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${arch()}`,
    node: process.versions.node,
    version: VERSION,
    tzdata: tzdataVersion(),
  };
}

export function machineText(): string {
  const { cpu, threads, memoryGb, node, version, tzdata, platform: system } = machine();
  return `${cpu}, ${threads} threads, ${memoryGb} GB, ${system}, Node ${node}, iop-scheduler ${version}, tzdata ${tzdata}`;
}

/** Where a file of results belongs; makes the folder. */
export function resultsPath(file: string): string {
  const folder = fileURLToPath(new URL('results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  return `${folder}${file}`;
}

/** Writes `bench/results/<name>.json`, over what stood there, and returns its path. */
export function writeResults(name: string, content: object): string {
  const path = resultsPath(`${name}.json`);
  writeFileSync(path, `${JSON.stringify({ machine: machine(), ...content }, null, 2)}\n`);
  return path;
}

/** One line a fault, with the case that shows it; at most `most`, then how many were left out. */
export function faultLines(found: readonly { each: Case; faults: readonly Fault[] }[], most = 40): string[] {
  const lines = found.flatMap(({ each, faults }) => faults.map(({ kind, detail }) => `${nameOf(each)}: ${kind}: ${detail}`));
  return lines.length <= most ? lines : [...lines.slice(0, most), `and ${lines.length - most} more`];
}
