import { type Connection, Schema } from 'mongoose';
import {
  type CustomerImport,
  customerImportSchema,
  IMPORT_LINE_STATES,
  type ImportCounts,
  type ImportLine,
  type ImportLineState,
  type ImportState,
  importLineSchema,
} from '../domain/customer-import.ts';
import { type CustomerFields, customerFieldsSchema } from '../domain/customer-record.ts';
import { type Cursor, olderThan } from './paging.ts';

/** What is answered as accepted has to outlive the server that took it. */
const DURABLE = { w: 'majority', j: true } as const;

const importSchema = new Schema(
  {
    organizationId: { type: String, required: true },
    importId: { type: String, required: true },
    createdBy: String,
    fileName: String,
    format: String,
    state: { type: String, required: true },
    lines: { type: Number, default: 0 },
    createdAt: { type: Date, required: true },
    finishedAt: { type: Date, default: null },
  },
  { versionKey: false, writeConcern: DURABLE },
);
importSchema.index({ organizationId: 1, importId: 1 }, { unique: true });
importSchema.index({ organizationId: 1, createdAt: -1, importId: -1 });
importSchema.index({ state: 1, createdAt: 1 });

const lineSchema = new Schema(
  {
    organizationId: { type: String, required: true },
    importId: { type: String, required: true },
    line: { type: Number, required: true },
    externalId: { type: String, default: null },
    fields: { type: Schema.Types.Mixed, default: null },
    state: { type: String, required: true },
    error: { type: String, default: null },
    /** Of the customer: what this line made of them. */
    version: { type: Number, default: null },
  },
  { versionKey: false, writeConcern: DURABLE },
);
lineSchema.index({ organizationId: 1, importId: 1, line: 1 }, { unique: true });
lineSchema.index({ organizationId: 1, importId: 1, state: 1, line: 1 });
lineSchema.index({ organizationId: 1, externalId: 1, state: 1 });

export interface ReadLine {
  line: number;
  externalId: string | null;
  /** Null when the line cannot be used; then `error` says why. */
  fields: CustomerFields | null;
  error: string | null;
}

/** How one line went on after it was looked at. */
export interface LineOutcome {
  line: number;
  state: Exclude<ImportLineState, 'stored'>;
  version: number;
}

/** Uploads of many customers, line by line: a line is stored before the upload is answered. */
export function createCustomerImportStore(connection: Connection) {
  const imports = connection.model('CustomerImport', importSchema, 'customerImports');
  const lines = connection.model('CustomerImportLine', lineSchema, 'customerImportLines');

  return {
    async create(created: CustomerImport): Promise<void> {
      await imports.create(created);
    },

    async get(organizationId: string, importId: string): Promise<CustomerImport | null> {
      const found = await imports.findOne({ organizationId, importId }).lean();
      return found ? customerImportSchema.parse(found) : null;
    },

    /** Newest first. */
    async list(
      organizationId: string,
      page: { limit: number; cursor?: Cursor | undefined },
    ): Promise<{ imports: CustomerImport[]; next: Cursor | null }> {
      const found = await imports
        .find({ organizationId, ...(page.cursor && olderThan('createdAt', 'importId', page.cursor)) })
        .sort({ createdAt: -1, importId: -1 })
        .limit(page.limit + 1)
        .lean();
      const shown = found.slice(0, page.limit).map((document) => customerImportSchema.parse(document));
      const last = shown.at(-1);
      return {
        imports: shown,
        next: found.length > page.limit && last ? { at: last.createdAt, id: last.importId } : null,
      };
    },

    async update(
      organizationId: string,
      importId: string,
      patch: Partial<Pick<CustomerImport, 'state' | 'lines' | 'finishedAt'>>,
    ): Promise<void> {
      await imports.updateOne({ organizationId, importId }, { $set: patch });
    },

    /** Of the whole installation: uploads in a state since before `before`, the oldest first. */
    async inState(state: ImportState, before: Date, limit: number): Promise<CustomerImport[]> {
      const found = await imports
        .find({ state, createdAt: { $lt: before } })
        .sort({ createdAt: 1 })
        .limit(limit)
        .lean();
      return found.map((document) => customerImportSchema.parse(document));
    },

    async addLines(organizationId: string, importId: string, read: readonly ReadLine[]): Promise<void> {
      if (read.length === 0) return;
      await lines.insertMany(
        read.map((line) => ({ organizationId, importId, ...line, state: line.fields ? 'stored' : 'invalid' })),
        { ordered: false },
      );
    },

    async removeLines(organizationId: string, importId: string): Promise<void> {
      await lines.deleteMany({ organizationId, importId });
    },

    /**
     * Removes uploads that have ended and were made before a time, with their lines, the oldest first. Safe to repeat.
     * @returns how many were removed, at most `most`
     */
    async removeBefore(organizationId: string, before: Date, most: number): Promise<number> {
      const ended = { organizationId, state: { $in: ['done', 'broken'] }, createdAt: { $lt: before } };
      const found = await imports.find(ended, { importId: 1 }).sort({ createdAt: 1, importId: 1 }).limit(most).lean();
      for (const { importId } of found) {
        await lines.deleteMany({ organizationId, importId });
        await imports.deleteOne({ organizationId, importId });
      }
      return found.length;
    },

    /** Lines that were not looked at yet, in their order. */
    async storedLines(
      organizationId: string,
      importId: string,
      limit: number,
    ): Promise<{ line: number; externalId: string; fields: CustomerFields }[]> {
      const found = await lines
        .find({ organizationId, importId, state: 'stored' })
        .sort({ line: 1 })
        .limit(limit)
        .lean();
      return found.map(({ line, externalId, fields }) => ({
        line,
        externalId: externalId ?? '',
        fields: customerFieldsSchema.parse(fields),
      }));
    },

    async saveOutcomes(organizationId: string, importId: string, outcomes: readonly LineOutcome[]): Promise<void> {
      if (outcomes.length === 0) return;
      await lines.bulkWrite(
        outcomes.map(({ line, ...outcome }) => ({
          updateOne: { filter: { organizationId, importId, line, state: 'stored' }, update: { $set: outcome } },
        })),
        { ordered: false },
      );
    },

    /** Tells the lines that made a customer what became of them, up to a version. */
    async customerEnded(
      organizationId: string,
      { externalId, version }: { externalId: string; version: number },
      end: { state: 'synced' | 'unchanged' | 'failed'; error: string | null },
    ): Promise<void> {
      await lines.updateMany(
        { organizationId, externalId, state: { $in: ['accepted', 'failed'] }, version: { $lte: version } },
        { $set: end },
      );
    },

    async counts(organizationId: string, importId: string): Promise<ImportCounts> {
      const numbers = await Promise.all(
        IMPORT_LINE_STATES.map(async (state) => [
          state,
          await lines.countDocuments({ organizationId, importId, state }),
        ]),
      );
      return Object.fromEntries(numbers);
    },

    /** Lines that failed or could not be used, in their order, from the line after `after`. */
    async badLines(organizationId: string, importId: string, limit: number, after = 0): Promise<ImportLine[]> {
      const bad = { organizationId, importId, state: { $in: ['failed', 'invalid'] }, line: { $gt: after } };
      const found = await lines.find(bad).sort({ line: 1 }).limit(limit).lean();
      return found.map((document) => importLineSchema.parse(document));
    },
  };
}
