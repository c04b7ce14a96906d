import { Router } from 'express';
import type { Store } from '../store/store.ts';

/** Ends access tokens, or everything that was ever authorized. */
export function tokensRouter(store: Store): Router {
  const router = Router();
  router.post('/tokens/expire', (_request, response) => {
    store.commit({ kind: 'accessTokensExpired' });
    response.status(204).end();
  });
  router.post('/tokens/revoke', (_request, response) => {
    store.commit({ kind: 'tokensRevoked' });
    response.status(204).end();
  });
  return router;
}
