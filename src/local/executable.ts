/** A program that can be started, where it came from (for people), and what its environment must hold. */
export interface Executable {
  command: string;
  origin: string;
  env?: Record<string, string>;
}

/** Nothing here can play a needed server; `message` says what to do about it. */
export class ServerNotFound extends Error {
  override readonly name = 'ServerNotFound';
}

/** Receives one line of progress for the person who waits. */
export type Say = (line: string) => void;

export type Environment = Record<string, string | undefined>;
