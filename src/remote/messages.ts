import type { Progress, ScheduleOptions } from '../domain/options.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Program } from '../domain/program.ts';
import { InternalError, InvalidOptionsError, InvalidProgramError, type Issue } from '../errors.ts';

/** The options that can be sent. */
export type SentOptions = Omit<ScheduleOptions, 'signal' | 'onProgress'>;

/** To the worker. `id` tells apart the runs of one channel. */
export type Request =
  | { iopScheduler: 'schedule'; id: number; program: Program; options: SentOptions; abortable: boolean; progress: boolean }
  | { iopScheduler: 'abort'; id: number };

/** From the worker; `aborted`: the run came to no outcome, since it was aborted before it had any. */
export type Answer = { iopScheduler: 'answer'; id: number } & (
  { progress: Progress } | { outcome: Outcome } | { error: SentError } | { aborted: true }
);

/** An error as data: structured cloning keeps neither its class nor what it holds. */
export type SentError =
  | { name: 'InvalidProgramError'; issues: readonly Issue[] }
  | { name: 'InvalidOptionsError'; path: readonly string[]; value: unknown; expected: string; message: string }
  | { name: 'InternalError'; message: string; facts: Readonly<Record<string, unknown>> }
  | { name: 'Error'; message: string };

export function sentError(error: unknown): SentError {
  if (error instanceof InvalidProgramError) return { name: error.name, issues: error.issues };
  if (error instanceof InvalidOptionsError) {
    const { name, path, value, expected, message } = error;
    return { name, path, value, expected, message };
  }
  if (error instanceof InternalError) return { name: error.name, message: error.message, facts: error.facts };
  return { name: 'Error', message: error instanceof Error ? error.message : String(error) };
}

export function receivedError(error: SentError): Error {
  switch (error.name) {
    case 'InvalidProgramError':
      return new InvalidProgramError(error.issues);
    case 'InvalidOptionsError':
      return new InvalidOptionsError(error.path, error.value, error.expected, error.message);
    case 'InternalError':
      return new InternalError(error.message, error.facts);
    case 'Error':
      return new Error(error.message);
  }
}

/** The message as one of the library's; undefined where it is somebody else's. */
export function requestOf(message: unknown): Request | undefined {
  return isOurs(message, ['schedule', 'abort']) ? (message as Request) : undefined;
}

export function answerOf(message: unknown): Answer | undefined {
  return isOurs(message, ['answer']) ? (message as Answer) : undefined;
}

function isOurs(message: unknown, kinds: readonly string[]): boolean {
  if (typeof message !== 'object' || message === null || !('iopScheduler' in message)) return false;
  return kinds.includes(String(message.iopScheduler));
}
