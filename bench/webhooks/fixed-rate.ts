import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export interface Delivery {
  url: string;
  body: string;
  signature: string;
}

export interface RateResult {
  wantedPerSecond: number;
  perSecond: number;
  sent: number;
  /** Not answered 2xx, or not at all. */
  lost: number;
  p50Ms: number;
  p99Ms: number;
}

/** How long Help Scout waits for an answer. */
const PATIENCE_MS = 10_000;
const TICK_MS = 5;

/**
 * Sends at a fixed rate whether or not answers come, as Help Scout does: a receiver that falls behind cannot slow it
 * down. Latency counts from when a delivery was due, so time in a queue of ours counts too.
 */
export async function sendAtRate(
  perSecond: number,
  seconds: number,
  next: (number: number) => Delivery,
): Promise<RateResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const latencies: number[] = [];
  let lost = 0;
  const underWay: Promise<void>[] = [];
  const total = Math.round(perSecond * seconds);
  const startedMs = performance.now();
  const send = async (number: number) => {
    const dueMs = startedMs + (number * 1000) / perSecond;
    const status = await deliver(agent, next(number));
    if (status >= 200 && status < 300) latencies.push(performance.now() - dueMs);
    else lost += 1;
  };
  for (let number = 0; number < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - startedMs) * perSecond) / 1000) + 1);
    for (; number < due; number += 1) underWay.push(send(number));
    await wait(TICK_MS);
  }
  await Promise.all(underWay);
  const tookSeconds = (performance.now() - startedMs) / 1000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const quantile = (share: number) =>
    Math.round((latencies[Math.floor(latencies.length * share)] ?? Number.NaN) * 10) / 10;
  return {
    ...{ wantedPerSecond: perSecond, perSecond: Math.round(latencies.length / tookSeconds) },
    ...{ sent: total, lost, p50Ms: quantile(0.5), p99Ms: quantile(0.99) },
  };
}

function deliver(agent: Agent, { url, body, signature }: Delivery): Promise<number> {
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/json',
      'x-helpscout-event': 'convo.customer.reply.created',
      'x-helpscout-signature': signature,
    };
    const call = request(url, { agent, method: 'POST', headers, timeout: PATIENCE_MS }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    call.once('timeout', () => call.destroy());
    call.once('error', () => resolve(0));
    call.end(body);
  });
}
