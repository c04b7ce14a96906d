import { z } from 'zod';

/** `receiving` until every line is stored; one that is left so was interrupted, and nothing of it is used. */
export const IMPORT_STATES = ['receiving', 'stored', 'working', 'done', 'broken'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** `stored`: not looked at yet; `accepted`: on its way to Help Scout; `invalid`: never could be. */
export const IMPORT_LINE_STATES = ['stored', 'accepted', 'synced', 'unchanged', 'failed', 'invalid'] as const;
export type ImportLineState = (typeof IMPORT_LINE_STATES)[number];

export const IMPORT_FORMATS = ['csv', 'ndjson'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** The most lines of one upload. */
export const MOST_IMPORT_LINES = 100_000;

/** One upload of many customers. */
export const customerImportSchema = z.object({
  organizationId: z.string(),
  importId: z.string(),
  /** A member's address, or the name of an API key. */
  createdBy: z.string(),
  fileName: z.string(),
  format: z.enum(IMPORT_FORMATS),
  state: z.enum(IMPORT_STATES),
  /** Lines with content, headings apart. */
  lines: z.number().int(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type CustomerImport = z.infer<typeof customerImportSchema>;

export const importLineSchema = z.object({
  /** As an editor counts them. */
  line: z.number().int(),
  externalId: z.string().nullable(),
  state: z.enum(IMPORT_LINE_STATES),
  /** Of `invalid` and `failed`: why, for people. */
  error: z.string().nullable(),
});
export type ImportLine = z.infer<typeof importLineSchema>;

export type ImportCounts = Record<ImportLineState, number>;
