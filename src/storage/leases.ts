import { randomUUID } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { isDuplicateKey } from './duplicate-key.ts';

const LEASE_MS = 30_000;
const ASK_AGAIN_MS = 20;

const schema = new Schema(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    holder: { type: String, required: true },
    until: { type: Date, required: true },
  },
  { versionKey: false },
);

/** The right to do something alone, over all processes. Whoever is killed with it loses it after 30 seconds. */
export function createLeaseStore(connection: Connection) {
  const model = connection.model('Lease', schema, 'leases');

  const take = async (organizationId: string, name: string, holder: string): Promise<boolean> => {
    const now = Date.now();
    const free = { $or: [{ holder }, { until: { $lt: new Date(now) } }] };
    try {
      const taken = await model.updateOne(
        { _id: `${organizationId}/${name}`, organizationId, ...free },
        { $set: { holder, until: new Date(now + LEASE_MS) } },
        { upsert: true },
      );
      return taken.matchedCount + taken.upsertedCount > 0;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  };

  return {
    /**
     * Runs `work` while nobody else runs work of that name; `renew` between its steps throws when the lease was lost.
     * @returns false when others held the lease for `patienceMs`
     */
    async alone(
      organizationId: string,
      name: string,
      work: (renew: () => Promise<void>) => Promise<void>,
      patienceMs: number,
    ): Promise<boolean> {
      const holder = randomUUID();
      const deadline = Date.now() + patienceMs;
      while (!(await take(organizationId, name, holder))) {
        if (Date.now() >= deadline) return false;
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      }
      try {
        await work(async () => {
          if (!(await take(organizationId, name, holder))) throw new Error(`The lease of ${name} was lost.`);
        });
      } finally {
        await model.deleteOne({ _id: `${organizationId}/${name}`, holder });
      }
      return true;
    },
  };
}
