import { spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createKeyRing } from '../src/security/key-ring.ts';
import { INTEGRATION_WORKFLOW, integrationWorkflowId, TASK_QUEUE } from '../src/workflows/contract.ts';
import { type RunningStack, startRunningStack } from '../test/e2e/running-stack.ts';
import { type Delivery, type RateResult, sendAtRate } from './webhooks/fixed-rate.ts';

/**
 * The receiver of webhooks against the least that a receiver can be (Express, a raw body, an HMAC), in one run on one
 * machine: at 100 a second, and at the highest rate that is held, which means that all are answered 2xx, 99 of 100
 * within five seconds, and the rate is kept. Ours answers once Temporal holds the event; the bare one holds nothing.
 * The worker is stopped meanwhile, so that the receiver is measured and not what comes after; Temporal and MongoDB run
 * on the same cores. `npm run bench -- webhooks [seconds for each rate]`; the last line is JSON.
 */
const SECONDS = Number(process.argv[2] ?? 8);
/** Deliveries go to several connections in turn, as they would in an installation. */
const CONNECTIONS = 4;
const FIRST_RATE = 100;
const HIGHEST_RATE = 6_400;
/** Of another step of the search: the held rate is known to an eighth. */
const REFINEMENTS = 3;

const body = (number: number) => JSON.stringify({ id: 7001 + (number % 500), subject: 'Export', status: 'active' });
const sign = (text: string, secret: string) => createHmac('sha1', secret).update(text).digest('base64');
const isHeld = ({ wantedPerSecond, perSecond, lost, p99Ms }: RateResult) =>
  lost === 0 && p99Ms < 5_000 && perSecond >= wantedPerSecond * 0.95;

type Target = () => Promise<(number: number) => Delivery>;

async function measure(name: string, target: Target) {
  const at = async (rate: number) => {
    const result = await sendAtRate(rate, SECONDS, await target());
    console.log(`${name}: ${JSON.stringify(result)}`);
    return result;
  };
  const first = await at(FIRST_RATE);
  let [held, failed] = [isHeld(first) ? first : null, isHeld(first) ? HIGHEST_RATE * 2 : FIRST_RATE];
  for (let rate = FIRST_RATE * 2; held && rate <= HIGHEST_RATE && failed > rate; rate *= 2) {
    const result = await at(rate);
    if (isHeld(result)) held = result;
    else failed = rate;
  }
  for (let step = 0; held && failed <= HIGHEST_RATE && step < REFINEMENTS; step += 1) {
    const result = await at(Math.round((held.wantedPerSecond + failed) / 2));
    if (isHeld(result)) held = result;
    else failed = result.wantedPerSecond;
  }
  return { at100: first, highestHeld: held };
}

/** New connections for every rate: Temporal takes ten thousand signals for one run, and no worker makes new ones here. */
function ourTarget({ stack, storage, temporal, organizationId }: RunningStack): Target {
  const keyRing = createKeyRing(stack.environment.ENCRYPTION_KEYS ?? '');
  const connection = async () => {
    const { integrationId } = await storage.integrations.create(organizationId);
    const secret = randomBytes(20).toString('hex');
    const ciphertext = keyRing.encrypt(secret, { organizationId, integrationId, purpose: 'webhookSecret' });
    await storage.integrations.saveWebhook(organizationId, integrationId, { secret: ciphertext, previousSecret: null });
    await storage.integrations.update(organizationId, integrationId, { state: 'live' });
    await temporal.workflow.start(INTEGRATION_WORKFLOW, {
      workflowId: integrationWorkflowId(integrationId),
      taskQueue: TASK_QUEUE,
      args: [{}],
    });
    const key = await storage.integrations.webhookKey(organizationId, integrationId);
    return { secret, url: `${stack.urls.api}/webhooks/helpscout/${key}` };
  };
  return async () => {
    const connections = await Promise.all(Array.from({ length: CONNECTIONS }, connection));
    return (number) => {
      const { url, secret } = connections[number % CONNECTIONS] ?? { url: '', secret: '' };
      return { url, body: body(number), signature: sign(body(number), secret) };
    };
  };
}

async function startBare(secret: string) {
  const file = fileURLToPath(new URL('webhooks/bare-receiver.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, WEBHOOK_SECRET: secret },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /listening on (http:\S+)/.exec(line)?.[1];
    if (url) return { child, url: `${url}/webhooks/helpscout/key` };
  }
  throw new Error('The bare receiver did not start.');
}

const running = await startRunningStack({
  corpus: [{ id: 'c-1', text: 'The export fails.' }],
  env: { LOG_LEVEL: 'warn' },
});
const secret = randomBytes(20).toString('hex');
const bare = await startBare(secret);
try {
  await running.stack.kill('worker', 'SIGTERM');
  const delivery = (number: number) => ({ url: bare.url, body: body(number), signature: sign(body(number), secret) });
  const ofBare = await measure('bare', async () => delivery);
  const ofOurs = await measure('ours', ourTarget(running));
  console.log(JSON.stringify({ secondsEach: SECONDS, bare: ofBare, ours: ofOurs }));
} finally {
  const ended = once(bare.child, 'exit');
  bare.child.kill('SIGTERM');
  await ended;
  await running.stop();
}
