import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';

/** The least that a receiver has to do, as a process of its own: read the body, check the signature, answer. */
const secret = process.env.WEBHOOK_SECRET ?? '';
const app = express();
app.post('/webhooks/helpscout/:key', express.raw({ type: () => true, limit: '1mb' }), (req, res) => {
  const expected = Buffer.from(createHmac('sha1', secret).update(req.body).digest('base64'));
  const given = Buffer.from(req.get('x-helpscout-signature') ?? '');
  res.status(given.length === expected.length && timingSafeEqual(given, expected) ? 204 : 401).end();
});
const server = createServer(app).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
console.log(`listening on http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
