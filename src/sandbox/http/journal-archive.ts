import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalEntry } from './journal-entries.ts';

interface Chunk {
  firstSeq: number;
  offset: number;
  bytes: number;
}

/**
 * Old journal entries in a file: `journal.jsonl` of the data folder, or a temporary one. It is made when the first
 * entries come, and gone when the sandbox closes: a journal tells of one run.
 */
export function createJournalArchive(dataDir: string | undefined) {
  const path =
    dataDir === undefined
      ? join(tmpdir(), `sandbox-journal-${process.pid}-${Date.now()}.jsonl`)
      : join(dataDir, 'journal.jsonl');
  const chunks: Chunk[] = [];
  let file: number | undefined;
  let size = 0;

  function read({ offset, bytes }: Chunk): JournalEntry[] {
    const buffer = Buffer.alloc(bytes);
    if (file !== undefined) readSync(file, buffer, 0, bytes, offset);
    return buffer
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line): JournalEntry => JSON.parse(line));
  }

  return {
    /** Takes entries that follow those already there. */
    append(entries: readonly JournalEntry[]): void {
      const [first] = entries;
      if (!first) return;
      file ??= openSync(path, 'w+', 0o600);
      const bytes = Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
      writeSync(file, bytes, 0, bytes.length, size);
      chunks.push({ firstSeq: first.seq, offset: size, bytes: bytes.length });
      size += bytes.length;
    },
    /** Entries numbered above `seq`, in order, read as they are asked for. */
    *since(seq: number): Generator<JournalEntry> {
      const start = Math.max(
        0,
        chunks.findLastIndex(({ firstSeq }) => firstSeq <= seq + 1),
      );
      for (const chunk of chunks.slice(start)) {
        for (const entry of read(chunk)) if (entry.seq > seq) yield entry;
      }
    },
    close(): void {
      if (file === undefined) return;
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}
