import { type Connection, Schema } from 'mongoose';
import {
  type ServiceStatus,
  type StatusReading,
  serviceStatusSchema,
  statusReadingSchema,
} from '../domain/service-status.ts';

/** There is one Help Scout for everybody. */
const HELP_SCOUT = 'helpScout';

const schema = new Schema(
  {
    _id: { type: String, required: true },
    checkedAt: { type: Date, required: true },
    problem: { type: String, default: null },
    status: { type: Schema.Types.Mixed, default: null },
    statusAt: { type: Date, default: null },
  },
  { versionKey: false },
);

/** What Help Scout's status page said last, for all organizations: the same for everybody, and public. */
export function createServiceStatusStore(connection: Connection) {
  const model = connection.model('ServiceStatus', schema, 'serviceStatus');

  return {
    /** Takes over a look at the page. One that failed keeps what was known, with its age. */
    async save(at: Date, outcome: { status: ServiceStatus } | { problem: StatusReading['problem'] }): Promise<void> {
      const $set =
        'status' in outcome
          ? { checkedAt: at, problem: null, status: serviceStatusSchema.parse(outcome.status), statusAt: at }
          : { checkedAt: at, problem: outcome.problem };
      await model.updateOne({ _id: HELP_SCOUT }, { $set }, { upsert: true });
    },

    /** Null before the first look. */
    async last(): Promise<StatusReading | null> {
      const found = await model.findById(HELP_SCOUT).lean();
      return found ? statusReadingSchema.parse(found) : null;
    },
  };
}
