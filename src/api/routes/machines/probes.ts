import { readinessOf } from '../../../telemetry/readiness.ts';
import { publicEndpoint } from '../../endpoint.ts';
import { readiness } from '../../readers/readiness.ts';
import { json } from '../../reply.ts';

/** 200 as long as the process answers at all: whoever starts it again on anything else would not mend it. */
export const livez = publicEndpoint({
  method: 'get',
  path: '/livez',
  access: 'machine',
  handler: () => async () => json(200, { status: 'ok' }),
});

/** 200 when requests may be sent here; 503 while the database or Temporal are away, and once the process stops. */
export const readyz = publicEndpoint({
  method: 'get',
  path: '/readyz',
  access: 'machine',
  handler: (deps) => async () => {
    const { ready, ...body } = await readinessOf(readiness(deps));
    return json(ready ? 200 : 503, body);
  },
});
