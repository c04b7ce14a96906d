import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { type ApiKey, apiKeySchema } from '../domain/api-key.ts';

/** Begins every key, so that people and secret scanners recognize one wherever it lies. */
const PREFIX = 'hsi_';
const SHAPE = /^hsi_[\w-]{43}$/;
const USED_EVERY_MS = 60_000;

const schema = new Schema(
  {
    _id: { type: String, required: true },
    keyId: { type: String, required: true },
    organizationId: { type: String, required: true },
    name: { type: String, required: true },
    preview: { type: String, required: true },
    hash: { type: String, required: true },
    scopes: { type: [String], default: [] },
    createdBy: { type: String, required: true },
    role: { type: String, default: 'administrator' },
    createdAt: { type: Date, required: true },
    lastUsedAt: { type: Date, default: null },
    expiresAt: { type: Date, default: null },
    revokedAt: { type: Date, default: null },
  },
  { versionKey: false },
);
schema.index({ hash: 1 }, { unique: true });
schema.index({ organizationId: 1, createdAt: -1 });

/** 256 random bits need no slow hash: there is nothing to guess. */
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');

/** Keys of the public API. The secret itself leaves `create` once and is never stored. */
export function createApiKeyStore(connection: Connection) {
  const model = connection.model('ApiKey', schema, 'apiKeys');

  return {
    async create(
      organizationId: string,
      key: Pick<ApiKey, 'name' | 'scopes' | 'createdBy' | 'createdAt' | 'expiresAt'> & Partial<Pick<ApiKey, 'role'>>,
    ): Promise<{ key: ApiKey; secret: string }> {
      const secret = PREFIX + randomBytes(32).toString('base64url');
      const keyId = randomUUID();
      const preview = secret.slice(0, PREFIX.length + 6);
      const created = await model.create({ ...key, _id: keyId, keyId, organizationId, preview, hash: hashOf(secret) });
      return { key: apiKeySchema.parse(created.toObject()), secret };
    },

    /** All keys, revoked ones too, newest first. */
    async list(organizationId: string): Promise<ApiKey[]> {
      const found = await model.find({ organizationId }).sort({ createdAt: -1, _id: -1 }).lean();
      return found.map((document) => apiKeySchema.parse(document));
    },

    async get(organizationId: string, keyId: string): Promise<ApiKey | null> {
      const found = await model.findOne({ organizationId, keyId }).lean();
      return found ? apiKeySchema.parse(found) : null;
    },

    /** The key whose secret this is, of whatever organization; ended ones too, so that the answer can say why. */
    async find(secret: string): Promise<ApiKey | null> {
      if (!SHAPE.test(secret)) return null;
      const found = await model.findOne({ hash: hashOf(secret) }).lean();
      return found ? apiKeySchema.parse(found) : null;
    },

    /** Notes that a key was used; written at most once a minute, however many calls it makes. */
    async used({ keyId, lastUsedAt }: Pick<ApiKey, 'keyId' | 'lastUsedAt'>, at: Date): Promise<void> {
      const stale = new Date(at.getTime() - USED_EVERY_MS);
      if (lastUsedAt && lastUsedAt > stale) return;
      await model.updateOne(
        { _id: keyId, $or: [{ lastUsedAt: null }, { lastUsedAt: { $lte: stale } }] },
        { $set: { lastUsedAt: at } },
      );
    },

    /** Ends a key at once. @returns false when there is none, or it was revoked before. */
    async revoke(organizationId: string, keyId: string, at: Date): Promise<boolean> {
      const result = await model.updateOne({ organizationId, keyId, revokedAt: null }, { $set: { revokedAt: at } });
      return result.modifiedCount > 0;
    },
  };
}
