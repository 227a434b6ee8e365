import { readFileSync } from 'node:fs';

/**
 * The most resident memory that a process has had since it was started, where the system tells it (Linux). `getrusage` does not serve: it counts what the
 * parent had when it started the process.
 */
export function peakMegabytes(process: number | 'self'): number | undefined {
  return megabytesOf(process, 'VmHWM');
}

/** Its resident memory now. */
export function residentMegabytes(process: number): number | undefined {
  return megabytesOf(process, 'VmRSS');
}

function megabytesOf(process: number | 'self', field: string): number | undefined {
  try {
    const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
