import { mongo } from 'mongoose';
import { z } from 'zod';

/** What documents are known by: some collections choose a text of their own. */
export const documentIdSchema = z.union([z.string(), z.instanceof(mongo.ObjectId)]);
export type DocumentId = z.infer<typeof documentIdSchema>;

/** A document as the driver gives it, whichever collection it is from. */
export type StoredDocument = { _id: DocumentId } & Record<string, unknown>;
