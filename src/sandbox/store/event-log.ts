import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type SandboxEvent, sandboxEventSchema } from './events.ts';

export interface EventLog {
  /** The folder it is in; null for a log that keeps nothing. */
  dataDir: string | null;
  /** What earlier runs wrote, in order; each event is parsed when it is its turn, so the first can refuse the rest. */
  past: Iterable<SandboxEvent>;
  append(event: SandboxEvent): void;
  close(): void;
}

/** A log that keeps nothing, for a sandbox without a data folder. */
export const forgetfulLog = (): EventLog => ({
  dataDir: null,
  past: [],
  append: () => undefined,
  close: () => undefined,
});

/**
 * Opens `events.jsonl` of the folder, making both if they are missing. Writes are synchronous so that an answer is never
 * sent before its change is on disk. A last line cut off by a crash is dropped; any other unreadable line throws.
 */
export function openEventLog(dataDir: string): EventLog {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'events.jsonl');
  const content = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const whole = content.slice(0, content.lastIndexOf('\n') + 1);
  if (whole.length < content.length) truncateSync(path, Buffer.byteLength(whole));
  const lines = whole.split('\n').filter((line) => line !== '');
  const file = openSync(path, 'a', 0o600);
  return {
    dataDir,
    past: parsed(lines, path),
    append: (event) => {
      writeSync(file, `${JSON.stringify(event)}\n`);
    },
    close: () => closeSync(file),
  };
}

function* parsed(lines: string[], path: string): Iterable<SandboxEvent> {
  for (const [index, line] of lines.entries()) yield parseLine(line, `${path}:${index + 1}`);
}

function parseLine(line: string, where: string): SandboxEvent {
  try {
    return sandboxEventSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new Error(`The sandbox's data cannot be read at ${where}; remove the data folder to start anew.`, { cause });
  }
}
