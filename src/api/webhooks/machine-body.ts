import express, { type RequestHandler } from 'express';

/** Help Scout sends a delivery at once, and gives up on us after about as long. */
const WITHIN_MS = 10_000;

const TOO_SLOW = {
  code: 'tooSlow',
  message: 'The body did not arrive in time.',
  remedy: 'Send the request again, all of it at once.',
};

/**
 * Reads the body of a machine's request as the bytes that were sent. One that dribbles in is answered 408 after ten
 * seconds, and its connection closed. Compressed ones are refused (415): nobody signs those, and nothing small becomes
 * large here.
 */
export function machineBody({ limit }: { limit: string }): RequestHandler {
  const raw = express.raw({ type: () => true, limit, inflate: false });
  return (req, res, next) => {
    const timer = setTimeout(() => {
      res.once('finish', () => req.destroy());
      res.set('Connection', 'close').status(408).json({ error: TOO_SLOW });
    }, WITHIN_MS);
    raw(req, res, (error?: unknown) => {
      clearTimeout(timer);
      if (!res.headersSent) next(error);
    });
  };
}
