import { Router } from 'express';
import { staticFiles } from '../../ui/index.ts';

/** Style sheets, scripts and the like: an exact list of files, so that no address reaches any other. */
export function serveStaticFiles(): Router {
  const router = Router();
  for (const { path, file, contentType } of staticFiles()) {
    router.get(path, (_req, res, next) => {
      // Browsers ask each time whether it changed (a 304 by its ETag): a new version shows at once.
      res.set({ 'Content-Type': contentType, 'Cache-Control': 'no-cache' });
      res.sendFile(file, { cacheControl: false, dotfiles: 'allow' }, (error) => (error ? next(error) : undefined));
    });
  }
  return router;
}
