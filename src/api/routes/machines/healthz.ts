import { publicEndpoint } from '../../endpoint.ts';
import { checkParts } from '../../readers/health.ts';
import { json } from '../../reply.ts';

/** 200 when every part works, else 503; both list the parts. */
export const healthz = publicEndpoint({
  method: 'get',
  path: '/healthz',
  access: 'machine',
  handler: (deps) => async () => {
    const parts = await checkParts(deps);
    const healthy = Object.values(parts).every(({ state }) => state === 'ok');
    return json(healthy ? 200 : 503, { status: healthy ? 'ok' : 'down', parts });
  },
});
