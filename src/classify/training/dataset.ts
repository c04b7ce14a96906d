import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { categorySchema } from '../../domain/category.ts';

const rowSchema = z
  .object({
    text: z.string(),
    subject: z.string().default(''),
    label: z.preprocess((label) => (label === 'docs' ? 'documentation' : label), categorySchema),
    source: z.string(),
  })
  .transform((row) => ({ ...row, bucket: bucketOf(`${row.subject} ${row.text}`) }));

/** A labelled text; `bucket` (0 to 99) depends on nothing but the normalised text. */
export type Row = z.output<typeof rowSchema>;

/** Rows in buckets from here on are for validation: nothing that is fitted may see them. */
const VALIDATION_FROM = 80;

/** Reads one JSON object per line. Throws for a line of another shape, naming its number. */
export function readRows(path: string): Row[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      const row = rowSchema.safeParse(JSON.parse(line));
      if (!row.success) throw new Error(`Line ${index + 1} is not a labelled text: ${z.prettifyError(row.error)}`);
      return [row.data];
    });
}

export function isValidation({ bucket }: Pick<Row, 'bucket'>): boolean {
  return bucket >= VALIDATION_FROM;
}

/** 0 to 99 from the text's letters and digits in lower case, so that copies of a text are never on both sides. */
export function bucketOf(text: string): number {
  const normalised = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  return createHash('sha256').update(normalised).digest().readUInt32BE(0) % 100;
}
