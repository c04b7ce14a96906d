import { z } from 'zod';
import { SERVICE_INDICATORS, type ServiceStatus, type STATUS_PROBLEMS } from '../domain/service-status.ts';
import { readBody } from './read-body.ts';
import { parseJson } from './request.ts';

const TIMEOUT_MS = 5_000;
/** Ten times what a status page with a bad day has. */
const MAX_BYTES = 1024 * 1024;
/** A page that lists more has better places to be read at. */
const MOST_SHOWN = 20;
const OPERATIONAL = 'operational';

const text = (most: number) => z.string().transform((value) => value.trim().slice(0, most));
const date = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value))
  .nullable()
  .catch(null);

/** The summary of a page made with Atlassian Statuspage; all else that it has is left out. */
const summarySchema = z.object({
  status: z.object({ indicator: z.enum(SERVICE_INDICATORS).catch('unknown'), description: text(200) }),
  components: z.array(z.object({ name: text(100), status: text(40), group: z.boolean().nullish() })).default([]),
  incidents: z
    .array(
      z.object({ name: text(200), status: text(40), impact: text(40).catch(''), started_at: date, created_at: date }),
    )
    .default([]),
});

/** What became of a look at the page. */
export type StatusAnswer = { status: ServiceStatus } | { problem: (typeof STATUS_PROBLEMS)[number] };

/**
 * Reads Help Scout's own status page. Every failure is an answer, for the page that shows it: nothing depends on it.
 * Redirects are not followed: what is asked is the host that was configured, and no other.
 */
export async function readStatusPage(
  url: string,
  { timeoutMs = TIMEOUT_MS, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<StatusAnswer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      redirect: 'manual',
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return { problem: 'refused' };
    }
    const summary = summarySchema.safeParse(parseJson(await readBody(response, MAX_BYTES)));
    return summary.success ? { status: toStatus(summary.data) } : { problem: 'unreadable' };
  } catch {
    return { problem: 'unreachable' };
  }
}

function toStatus({ status, components, incidents }: z.output<typeof summarySchema>): ServiceStatus {
  return {
    ...status,
    incidents: incidents.slice(0, MOST_SHOWN).map((incident) => ({
      name: incident.name,
      state: incident.status,
      impact: incident.impact,
      startedAt: incident.started_at ?? incident.created_at,
    })),
    components: components
      .filter((component) => component.status !== OPERATIONAL && !component.group)
      .slice(0, MOST_SHOWN)
      .map((component) => ({ name: component.name, state: component.status })),
  };
}
