import { z } from 'zod';

/** What an administrator sets on the HelpScout Settings page; each has a value from the start. */
export const organizationSettingsSchema = z.object({
  duplicates: z
    .object({
      /** `hold`: a suspected duplicate becomes `skipped`, with a link to the first; `flag`: it is created and marked. */
      mode: z.enum(['hold', 'flag']).default('hold'),
      windowHours: z.number().int().min(1).max(720).default(24),
    })
    .prefault({}),
  customers: z
    .object({
      mode: z.enum(['realTime', 'hourly', 'daily']).default('realTime'),
      /** When another Help Scout customer has the address: update that one, or fail and say so. */
      emailTaken: z.enum(['match', 'report']).default('match'),
    })
    .prefault({}),
  /** Days that things are kept. */
  retention: z
    .object({
      logDays: z.number().int().min(7).max(3650).default(365),
      auditDays: z.number().int().min(30).max(3650).default(730),
    })
    .prefault({}),
  alerts: z
    .object({
      successRate: z
        .object({ on: z.boolean().default(true), percent: z.number().min(50).max(100).default(95) })
        .prefault({}),
      failedTicket: z.object({ on: z.boolean().default(true) }).prefault({}),
      /** Nothing came or went for so many hours. */
      silence: z
        .object({ on: z.boolean().default(false), hours: z.number().int().min(1).max(168).default(24) })
        .prefault({}),
    })
    .prefault({}),
});
export type OrganizationSettings = z.infer<typeof organizationSettingsSchema>;
