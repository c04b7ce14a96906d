/** The part of a pino logger that the sandbox uses. Never given tokens or message text. */
export interface Logger {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const silentLogger: Logger = { warn: () => undefined, error: () => undefined };
