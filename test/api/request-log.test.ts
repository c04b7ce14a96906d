import assert from 'node:assert/strict';
import { loggablePath } from '../../src/api/middleware/request-log.ts';

describe('the path in the request log', () => {
  it('leaves out queries, secrets, and who a customer is', () => {
    const shown = {
      '/sign-in?next=%2Fcustomers%2Fada%40client.example': '/sign-in',
      '/webhooks/helpscout/s3cret': '/webhooks/helpscout/:webhookKey',
      '/temporal/codec/s3cret/decode': '/temporal/codec/:codecKey/decode',
      '/erasures/3q2-7w/progress': '/erasures/:erasureId/progress',
      '/customers/ada%40client.example/sync': '/customers/:customer/sync',
      '/api/v1/customers/ada-17': '/api/v1/customers/:customer',
      '/tools/integrations/helpscout-log/customer%3Ai1%3Aada-17%2F2/retry':
        '/tools/integrations/helpscout-log/:customerEvent/retry',
      '/somewhere/ada@client.example': '/somewhere/:address',
    };
    for (const [path, expected] of Object.entries(shown)) assert.equal(loggablePath(path), expected);
  });

  it('tells everything else as it is', () => {
    for (const path of [
      '/customers',
      '/customers/uploads/u1',
      '/api/v1/customers/bulk',
      '/api/v1/customer-uploads/u1/errors',
      '/forms/key/submissions/s1',
      '/api/v1/log/events/ticket%3Ao1%3As1',
    ]) {
      assert.equal(loggablePath(path), path);
    }
  });
});
