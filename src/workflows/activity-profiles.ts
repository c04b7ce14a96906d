import type { RetryPolicy } from '@temporalio/common';
import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { HELPSCOUT_TASK_QUEUE, PRIORITY, type Scope, TASK_QUEUE } from './contract.ts';

/**
 * A page of 25 conversations with a thread list each takes 10 minutes at worst. Both kinds of long activities report
 * every few seconds (guard-activities.ts), so a killed worker is noticed, and its work taken up, within 20.
 */
const LONG = { startToCloseTimeout: '10 minutes', heartbeatTimeout: '20 seconds' } as const;

/**
 * Six tries over about a minute bridge a hiccup; what lasts longer is the workflow's to show and to wait for.
 * A wait that Help Scout asks for (429) takes the place of the interval: failures.ts.
 */
const HELPSCOUT_RETRY = { initialInterval: '2 seconds', maximumInterval: '30 seconds', maximumAttempts: 6 } as const;

/** A person watches: three tries within seconds, then say what is wrong. */
const PERSON_RETRY = { initialInterval: '1 second', maximumInterval: '5 seconds', maximumAttempts: 3 } as const;

const helpScoutFor = (priorityKey: number, retry: RetryPolicy) => (scope: Scope) =>
  proxyActivities<Activities>({
    taskQueue: HELPSCOUT_TASK_QUEUE,
    ...LONG,
    retry,
    priority: { priorityKey, fairnessKey: scope.integrationId },
  });

/** Calls to Help Scout that a person waits for. */
export const helpScoutForPeople = helpScoutFor(PRIORITY.person, PERSON_RETRY);
/** Calls to Help Scout after a webhook. */
export const helpScoutForWebhooks = helpScoutFor(PRIORITY.webhook, HELPSCOUT_RETRY);
/** Calls to Help Scout by a scan. */
export const helpScoutForScans = helpScoutFor(PRIORITY.scan, HELPSCOUT_RETRY);
/** Looking things up for an organization's retry run, whose rows may be of several connections. */
export const helpScoutForRetryRuns = (organizationId: string) =>
  helpScoutForPeople({ organizationId, integrationId: organizationId });

/** Our own database and Temporal: they come back, and until then there is nothing better to do than to try again. */
export const house = proxyActivities<Activities>({
  taskQueue: TASK_QUEUE,
  startToCloseTimeout: '1 minute',
  // As above: what a killed worker had in hand is taken up without waiting for the whole minute.
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/**
 * A batch of 25 with Claude takes a minute or two. Overload and rate limits pass: each wait that the API asks for is
 * honoured, so the number of tries is large; what is classified before a failure is not classified again.
 */
export const classifier = proxyActivities<Activities>({
  taskQueue: TASK_QUEUE,
  ...LONG,
  retry: { initialInterval: '2 seconds', maximumInterval: '2 minutes', maximumAttempts: 20 },
});

/** Training on hundreds of texts takes a minute in which nothing else is reported; what fails three times fails always. */
export const trainer = proxyActivities<Activities>({
  taskQueue: TASK_QUEUE,
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '5 minutes',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute', maximumAttempts: 3 },
});

/** Removing what is no longer kept: what fails several times is left for the next day. */
export const sweeper = proxyActivities<Activities>({
  taskQueue: TASK_QUEUE,
  ...LONG,
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute', maximumAttempts: 5 },
});

/** Erasing: what was begun is finished, however long something else is down. Looking through everything takes its time. */
export const eraser = proxyActivities<Activities>({
  taskQueue: TASK_QUEUE,
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/** Asking other workflows to try again, and waiting for what comes of it; what stays broken is a result of that row. */
export const retrier = proxyActivities<Activities>({
  taskQueue: TASK_QUEUE,
  ...LONG,
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 10 },
});

/** Mail servers and chats: what is not taken is tried again by the next run, so here is no waiting. */
export const messenger = proxyActivities<Activities>({
  taskQueue: TASK_QUEUE,
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { maximumAttempts: 1 },
});
