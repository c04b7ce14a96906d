import getPort, { portNumbers } from 'get-port';

/** How many ports after the wanted one are tried before any free one is taken. */
const NEIGHBOURS = 50;

/**
 * The wanted port when it is free, else the next free one after it; 0 asks for any free port.
 * The port is not held: somebody else may take it before its server does.
 */
export async function choosePort(wanted: number): Promise<number> {
  if (wanted === 0) return getPort({ host: '127.0.0.1' });
  return getPort({ host: '127.0.0.1', port: portNumbers(wanted, Math.min(wanted + NEIGHBOURS, 65_535)) });
}
