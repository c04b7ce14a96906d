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
      /** Far fewer conversations in an hour than in the same hour of the weeks before (quiet-hour.ts). */
      quietHour: z.object({ on: z.boolean().default(true) }).prefault({}),
    })
    .prefault({}),
  insights: z
    .object({
      /** `auto`: Claude where the installation has a key for it. */
      classifier: z.enum(['auto', 'offline']).default('auto'),
      /** Null: the installation's. */
      model: z.string().trim().min(1).max(100).nullable().default(null),
      effort: z.enum(['low', 'medium', 'high']).nullable().default(null),
      temperature: z.number().min(0).max(1).nullable().default(null),
      /** Whether private notes are read too. They are never quoted. */
      includeNotes: z.boolean().default(false),
      /** Whether Claude is asked about patterns that may be the same; else people are. */
      confirmPatterns: z.boolean().default(true),
      /** Scans by Message Batches: half the price, minutes to hours later. */
      batches: z.boolean().default(false),
      /** Below this confidence a person decides. */
      reviewBelow: z.number().min(0).max(0.95).default(0.4),
      /** US dollars a day (UTC); null: no limit. */
      dailyCapUsd: z.number().min(0).max(100_000).nullable().default(null),
      /** At the cap: wait for the next day, or go on with the offline model. */
      atCap: z.enum(['wait', 'offline']).default('wait'),
      /** Bug reports and feature requests made by themselves, or put to a person first. */
      records: z.enum(['automatic', 'approval']).default('automatic'),
      /** Days after "done" until it is looked at whether reports stopped. */
      outcomeCheckDays: z.number().int().min(1).max(90).default(14),
    })
    .prefault({}),
});
export type OrganizationSettings = z.infer<typeof organizationSettingsSchema>;
