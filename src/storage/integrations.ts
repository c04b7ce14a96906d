import { randomBytes, randomUUID } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { type Integration, integrationSchema, type ScanCounts, type ScanProgress } from '../domain/integration.ts';
import { PACE_SAMPLES } from '../domain/scan-pace.ts';
import { createIntegrationResume } from './integration-resume.ts';
import { createIntegrationSecrets } from './integration-secrets.ts';
import { createIntegrationTokens } from './integration-tokens.ts';
import { createIntegrationWaits } from './integration-waits.ts';
import { createScanPace } from './scan-pace.ts';

const schema = new Schema(
  {
    integrationId: { type: String, required: true },
    organizationId: { type: String, required: true },
    state: { type: String, required: true },
    account: { type: Schema.Types.Mixed, default: null },
    mailboxes: { type: [Schema.Types.Mixed], default: [] },
    users: { type: [Schema.Types.Mixed], default: [] },
    selectedMailboxIds: { type: [Number], default: [] },
    docs: { type: Schema.Types.Mixed, required: true },
    scan: { type: Schema.Types.Mixed, default: null },
    /** How fast the scan went lately: scan-pace.ts. */
    scanPace: { type: [Schema.Types.Mixed], default: [] },
    /** Why work waits, by source: integration-waits.ts. */
    waits: { type: Schema.Types.Mixed, default: {} },
    otherAppsPercent: { type: Number, default: 0 },
    tokenExpiresAt: { type: Date, default: null },
    webhookActive: { type: Boolean, default: false },
    connectedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    /** Ciphertexts and the public half of the webhook; read through integration-secrets.ts and integration-tokens.ts alone. */
    secrets: { type: Schema.Types.Mixed, default: {} },
    webhookKey: { type: String, required: true },
    /** Of a disconnected one: what it goes on from (integration-resume.ts). */
    resume: { type: Schema.Types.Mixed, default: null },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, integrationId: 1 }, { unique: true });
schema.index({ webhookKey: 1 }, { unique: true });

export type IntegrationPatch = Partial<Omit<Integration, 'integrationId' | 'organizationId' | 'createdAt'>>;

/** Integrations as pages show them; the workflow is the truth and keeps this copy up to date. */
export function createIntegrationStore(connection: Connection) {
  const model = connection.model('Integration', schema, 'integrations');
  return {
    ...createIntegrationSecrets(model),
    ...createIntegrationTokens(model),
    ...createIntegrationWaits(model),
    ...createScanPace(model),
    ...createIntegrationResume(model),

    /** A new integration in state `connecting`, with its own webhook address. */
    async create(organizationId: string): Promise<Integration> {
      const created = await model.create({
        integrationId: randomUUID(),
        organizationId,
        state: 'connecting',
        docs: { connected: false, collections: [], mappedCollectionIds: [] },
        createdAt: new Date(),
        webhookKey: randomBytes(24).toString('base64url'),
      });
      return integrationSchema.parse(created.toObject());
    },

    async get(organizationId: string, integrationId: string): Promise<Integration | null> {
      const found = await model.findOne({ organizationId, integrationId }).lean();
      return found ? integrationSchema.parse(found) : null;
    },

    /** All of the organization's integrations, newest first. */
    async list(organizationId: string): Promise<Integration[]> {
      const found = await model.find({ organizationId }).sort({ createdAt: -1 }).lean();
      return found.map((document) => integrationSchema.parse(document));
    },

    /** Shows a scan, unless a later one is shown already. */
    async saveScan(organizationId: string, integrationId: string, scan: ScanProgress): Promise<void> {
      const notLater = { $or: [{ scan: null }, { 'scan.scanNumber': { $lte: scan.scanNumber } }] };
      // A pause is no part of the pace.
      const $set = scan.state === 'running' ? { scan } : { scan, scanPace: [] };
      await model.updateOne({ organizationId, integrationId, ...notLater }, { $set });
    },

    /** Moves the numbers of the scan that is shown, not its state. */
    async saveScanCounts(organizationId: string, integrationId: string, counts: ScanCounts): Promise<void> {
      const { scanNumber, ...rest } = counts;
      const $set = Object.fromEntries(Object.entries(rest).map(([name, value]) => [`scan.${name}`, value]));
      const sample = { atMs: Date.now(), done: rest.classified + rest.unchanged + rest.failed };
      await model.updateOne(
        { organizationId, integrationId, 'scan.scanNumber': scanNumber },
        { $set, $push: { scanPace: { $each: [sample], $slice: -PACE_SAMPLES } } },
      );
    },

    async update(organizationId: string, integrationId: string, patch: IntegrationPatch): Promise<void> {
      await model.updateOne({ organizationId, integrationId }, { $set: patch });
    },
  };
}
