import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type CorpusLine, corpusLineSchema } from './corpus/corpus-line.ts';

/** A corpus file cannot be read; the message names the file, the line and the reason, never the line's text. */
export class CorpusFileError extends Error {
  override name = 'CorpusFileError';
}

/** Reads a JSONL file, one conversation a line; empty lines are skipped. Throws `CorpusFileError`. */
export async function readCorpusFile(path: string): Promise<CorpusLine[]> {
  const conversations: CorpusLine[] = [];
  const lineOfId = new Map<string, number>();
  let number = 0;
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const line of lines) {
      number += 1;
      // Editors on Windows put a byte order mark at the start.
      const content = number === 1 ? line.replace(/^\uFEFF/, '') : line;
      if (content.trim() === '') continue;
      const conversation = parseLine(content, `${path}:${number}`);
      const earlier = lineOfId.get(conversation.id);
      if (earlier !== undefined) {
        throw new CorpusFileError(`${path}:${number}: the id is already used on line ${earlier}`);
      }
      lineOfId.set(conversation.id, number);
      conversations.push(conversation);
    }
  } catch (error) {
    if (error instanceof CorpusFileError) throw error;
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new CorpusFileError(`${path}: cannot be read (${reason})`, { cause: error });
  }
  return conversations;
}

function parseLine(line: string, where: string): CorpusLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new CorpusFileError(`${where}: is not JSON`);
  }
  const result = corpusLineSchema.safeParse(value);
  if (result.success) return result.data;
  const reasons = result.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new CorpusFileError(`${where}: ${reasons.join('; ')}`);
}
