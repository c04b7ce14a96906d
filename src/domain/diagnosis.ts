import { z } from 'zod';

/** What a test of the connection looks at, in this order. */
export const DIAGNOSIS_CHECKS = ['user', 'mailboxes', 'users', 'webhook', 'clock', 'budget'] as const;
export type DiagnosisCheck = (typeof DIAGNOSIS_CHECKS)[number];

export const diagnosisStepSchema = z.object({
  check: z.enum(DIAGNOSIS_CHECKS),
  /** `skipped`: it makes no sense yet, or what it needs failed before. */
  outcome: z.enum(['ok', 'warning', 'failed', 'skipped']),
  /** What was found, as a sentence. */
  result: z.string(),
  /** What to do about it; empty where nothing is to be done. */
  remedy: z.string(),
  /** Of the slowest call that the check made; null where it made none, or none was answered. */
  latencyMs: z.number().nullable(),
});
export type DiagnosisStep = z.infer<typeof diagnosisStepSchema>;

/** A test of the connection to Help Scout, as it crosses a workflow's JSON. */
export const diagnosisSchema = z.object({
  /** Who asked for it, by address. */
  by: z.string(),
  atMs: z.number(),
  steps: z.array(diagnosisStepSchema),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;

/** The worst of the steps; skipped ones do not count. */
export function diagnosisOutcome({ steps }: Pick<Diagnosis, 'steps'>): 'ok' | 'warning' | 'failed' {
  if (steps.some(({ outcome }) => outcome === 'failed')) return 'failed';
  return steps.some(({ outcome }) => outcome === 'warning') ? 'warning' : 'ok';
}
