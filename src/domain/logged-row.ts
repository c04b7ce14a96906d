import { type SyncEvent, syncEventSchema } from './sync-event.ts';

/** A row of the log as JSON carries it through a workflow's history: times are ISO texts. */
export interface LoggedRow {
  eventId: string;
  revision: number;
  row: string;
}

/** Part of the result of every activity that writes rows. */
export interface Logged {
  log: LoggedRow[];
}

/** One text: smaller in a history than an object of its own, and nobody there has to read it. */
export const toLoggedRow = (event: SyncEvent): LoggedRow => ({
  eventId: event.eventId,
  revision: event.revision,
  row: JSON.stringify(event),
});

/** @throws ZodError when it is no row of this version */
export function fromLoggedRow({ row }: LoggedRow): SyncEvent {
  const parsed = JSON.parse(row);
  const date = (value: unknown) => (typeof value === 'string' ? new Date(value) : value);
  return syncEventSchema.parse({
    ...parsed,
    createdAt: date(parsed.createdAt),
    settledAt: date(parsed.settledAt),
    attempts: parsed.attempts.map((attempt: { at: unknown }) => ({ ...attempt, at: date(attempt.at) })),
  });
}
