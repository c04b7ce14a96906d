import type { Client } from '@temporalio/client';

/** Histories that are fetched at once. */
const AT_ONCE = 8;

/** Runs of workflows whose stored histories need a key, by the key's id: those that run, and those that have ended. */
export interface KeyUse {
  open: number;
  closed: number;
}

/** Which keys the histories of a namespace were encrypted with. Nothing is decrypted for this. */
export async function keysInHistories(client: Client): Promise<Record<string, KeyUse>> {
  const use: Record<string, KeyUse> = {};
  const look = async ({ workflowId, runId, isOpen }: { workflowId: string; runId: string; isOpen: boolean }) => {
    const history = await client.workflow
      .getHandle(workflowId, runId)
      .fetchHistory()
      .catch(() => null); // deleted meanwhile, with its retention
    for (const keyId of new Set(keyIdsIn(history))) {
      const known = use[keyId] ?? { open: 0, closed: 0 };
      use[keyId] = isOpen ? { ...known, open: known.open + 1 } : { ...known, closed: known.closed + 1 };
    }
  };
  let some: Promise<void>[] = [];
  for await (const { workflowId, runId, status } of client.workflow.list()) {
    some.push(look({ workflowId, runId, isOpen: status.name === 'RUNNING' }));
    if (some.length < AT_ONCE) continue;
    await Promise.all(some);
    some = [];
  }
  await Promise.all(some);
  return use;
}

function keyIdsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  const metadata = 'metadata' in value ? value.metadata : null;
  const keyId =
    typeof metadata === 'object' && metadata !== null && 'encryption-key-id' in metadata
      ? metadata['encryption-key-id']
      : null;
  const own = keyId instanceof Uint8Array ? [Buffer.from(keyId).toString('utf8')] : [];
  return [...own, ...Object.values(value).flatMap(keyIdsIn)];
}
