import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import type { ImportFormat } from '../../domain/customer-import.ts';
import {
  CUSTOMER_FIELD_NAMES,
  type CustomerFieldName,
  customerFieldsSchema,
  externalIdSchema,
  fieldErrors,
} from '../../domain/customer-record.ts';
import type { ReadLine } from '../../storage/customer-imports.ts';
import { RequestProblem } from '../errors.ts';
import { textLines } from './text-lines.ts';

const LONGEST_LINE = 20_000;
const NOT_UTF8 = /\uFFFD/;
const rowSchema = customerFieldsSchema.extend({ externalId: externalIdSchema });

/** The upload as a whole cannot be read: which column is missing, or where it breaks off. */
export const unreadableUpload = (sentence: string) =>
  new RequestProblem({
    status: 422,
    code: 'unreadableUpload',
    sentence,
    remedy: 'The first line of a CSV file names the columns: externalId, email, and any of the other fields.',
    detail: sentence,
  });

/**
 * The customers of an upload, line by line as it comes; lines that do not fit say why, and do not stop the others.
 * @throws RequestProblem 422 when nothing of it could be used
 */
export function customerLines(format: ImportFormat, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ReadLine> {
  return format === 'csv' ? csvLines(chunks) : jsonLines(chunks);
}

async function* jsonLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ReadLine> {
  for await (const { line, text } of textLines(chunks, LONGEST_LINE)) {
    if (text === null) yield bad(line, 'The line is too long.');
    else if (text.trim() !== '') yield toLine(line, parsedJson(text));
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* csvLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ReadLine> {
  const [delimiter, whole] = await delimiterOf(chunks);
  const parser = parse({
    ...{ bom: true, info: true, trim: true, delimiter, max_record_size: LONGEST_LINE },
    ...{ relax_quotes: true, relax_column_count: true, skip_empty_lines: true },
  });
  const source = Readable.from(whole).on('error', (error) => parser.destroy(error));
  let columns: Columns | null = null;
  let last = 0;
  try {
    for await (const item of source.pipe(parser)) {
      const { record, info } = recordSchema.parse(item);
      last = info.lines;
      if (columns === null) columns = columnsOf(record);
      else yield toLine(info.lines, rowOf(columns, record));
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield bad(last + 1, 'From this line on the file cannot be read: is a quotation mark not closed?');
  } finally {
    source.destroy();
  }
}

const recordSchema = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });
type Columns = ReadonlyMap<CustomerFieldName | 'externalId', number>;

/** Spreadsheets write what their country does: the heading tells. */
async function delimiterOf(chunks: AsyncIterable<Uint8Array>): Promise<[string, AsyncIterable<Uint8Array>]> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  const heading = first.done ? '' : (Buffer.from(first.value).toString('utf8').split('\n', 1)[0] ?? '');
  const count = (mark: string) => heading.split(mark).length;
  const [delimiter = ','] = [',', ';', '\t'].sort((a, b) => count(b) - count(a));
  async function* whole() {
    if (first.done) return;
    yield first.value;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return [delimiter, whole()];
}

/** Which column is which: `First name`, `first_name` and `firstName` are one. */
function columnsOf(headings: readonly string[]): Columns {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  const names = new Map<string, CustomerFieldName | 'externalId'>([
    ...(['externalId', ...CUSTOMER_FIELD_NAMES] as const).map((name) => [plain(name), name] as const),
    ...(['id', 'customerId'] as const).map((name) => [plain(name), 'externalId'] as const),
    ['emailaddress', 'email'],
  ]);
  const columns = new Map<CustomerFieldName | 'externalId', number>();
  headings.forEach((heading, index) => {
    const name = names.get(plain(heading));
    if (name && !columns.has(name)) columns.set(name, index);
  });
  for (const needed of ['externalId', 'email'] as const) {
    if (!columns.has(needed)) throw unreadableUpload(`The column \`${needed}\` is missing.`);
  }
  return columns;
}

/** Empty cells say nothing: they leave what there is. */
const rowOf = (columns: Columns, cells: readonly string[]): Record<string, string> =>
  Object.fromEntries([...columns].flatMap(([name, index]) => (cells[index] ? [[name, cells[index]]] : [])));

function toLine(line: number, row: unknown): ReadLine {
  if (row === undefined) return bad(line, 'The line is no JSON.');
  const parsed = rowSchema.safeParse(row);
  if (parsed.success) {
    const { externalId, ...fields } = parsed.data;
    if (NOT_UTF8.test(JSON.stringify(parsed.data)))
      return { ...bad(line, 'The line is not written in UTF-8.'), externalId };
    return { line, externalId, fields, error: null };
  }
  const sentences = Object.values(fieldErrors(parsed.error));
  const known = z.object({ externalId: externalIdSchema }).safeParse(row);
  return { ...bad(line, sentences.join(' ')), externalId: known.data?.externalId ?? null };
}

const bad = (line: number, error: string): ReadLine => ({ line, externalId: null, fields: null, error });
