import { z } from 'zod';

export const SERVICE_INDICATORS = ['none', 'minor', 'major', 'critical', 'maintenance', 'unknown'] as const;

const incidentSchema = z.object({
  name: z.string(),
  /** The status page's own word, such as `investigating`. */
  state: z.string(),
  impact: z.string(),
  startedAt: z.date().nullable(),
});

/** What Help Scout says of itself. */
export const serviceStatusSchema = z.object({
  indicator: z.enum(SERVICE_INDICATORS),
  /** One line, such as "All Systems Operational". */
  description: z.string(),
  incidents: z.array(incidentSchema),
  /** Components that do not work as they should, by name. */
  components: z.array(z.object({ name: z.string(), state: z.string() })),
});
export type ServiceStatus = z.infer<typeof serviceStatusSchema>;

/** Why there is no status: nobody answered in time, something else than 200 was answered, or it could not be read. */
export const STATUS_PROBLEMS = ['unreachable', 'refused', 'unreadable'] as const;

/** The last look at the status page, and the last one that told something. */
export const statusReadingSchema = z.object({
  checkedAt: z.date(),
  /** Null when the last look succeeded. */
  problem: z.enum(STATUS_PROBLEMS).nullable(),
  /** As last known; null when it never was. */
  status: serviceStatusSchema.nullable(),
  statusAt: z.date().nullable(),
});
export type StatusReading = z.infer<typeof statusReadingSchema>;
