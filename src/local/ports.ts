import { randomInt } from 'node:crypto';
import getPort, { portNumbers } from 'get-port';

/** How many ports after the wanted one are tried before any free one is taken. */
const NEIGHBOURS = 50;
/**
 * Where "any" port is looked for: below those that operating systems give to outgoing connections (Linux from 32,768 on, see
 * ip_local_port_range), one of which could take the port before its server does.
 */
const ANY = { from: 16_000, to: 32_000 };

/**
 * The wanted port when it is free, else the next free one after it; 0 asks for any free port.
 * The port is not held: somebody else may take it before its server does.
 */
export async function choosePort(wanted: number): Promise<number> {
  if (wanted === 0) return choosePort(randomInt(ANY.from, ANY.to));
  return getPort({ host: '127.0.0.1', port: portNumbers(wanted, Math.min(wanted + NEIGHBOURS, 65_535)) });
}
