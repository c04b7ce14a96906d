import { readdir, readFile } from 'node:fs/promises';
import { waitUntil } from '../wait-until.ts';

export interface Leftover {
  pid: number;
  command: string;
}

/**
 * Processes that carry `marker` in their environment, other than this one: it is inherited, so it finds what tests
 * started and did not end. Browsers need a moment to go, hence `patienceMs`. Needs /proc; elsewhere none are found.
 */
export async function findLeftovers(marker: string, patienceMs: number): Promise<Leftover[]> {
  let left: Leftover[] = [];
  const allGone = async () => {
    left = await marked(marker);
    return left.length === 0;
  };
  await waitUntil(allGone, { what: 'test processes to end', timeoutMs: patienceMs }).catch(() => undefined);
  return left;
}

async function marked(marker: string): Promise<Leftover[]> {
  const entries = await readdir('/proc').catch((): string[] => []);
  const pids = entries.filter((entry) => /^\d+$/.test(entry)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid): Promise<Leftover[]> => {
      if (pid === process.pid) return [];
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      if (!environment.includes(marker)) return [];
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return [{ pid, command: command.replaceAll('\0', ' ').trim() }];
    }),
  );
  return found.flat();
}
