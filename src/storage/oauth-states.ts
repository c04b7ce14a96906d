import { type Connection, Schema } from 'mongoose';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    stateHash: { type: String, required: true },
    sessionHash: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ stateHash: 1 }, { unique: true });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** Hashes: whoever reads the database can neither finish a connection nor take over the session. */
export interface OAuthState {
  stateHash: string;
  sessionHash: string;
}

/** OAuth states under way: each is bound to an organization and a session, and works once. */
export function createOAuthStateStore(connection: Connection) {
  const model = connection.model('OAuthState', schema, 'oauthStates');
  return {
    async save(organizationId: string, state: OAuthState & { expiresAt: Date }): Promise<void> {
      await model.create({ organizationId, ...state });
    },

    /** Uses the state up. @returns false when it is unknown, used, expired, or belongs to somebody else. */
    async consume(organizationId: string, state: OAuthState, now: Date): Promise<boolean> {
      const { stateHash, sessionHash } = state;
      const used = await model
        .findOneAndDelete({ organizationId, stateHash, sessionHash, expiresAt: { $gt: now } })
        .lean();
      return used !== null;
    },
  };
}
