import type { Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../workflows/contract.ts';
import type { Say } from './executable.ts';

/** Temporal's number for the type Keyword, which all of ours have. */
const KEYWORD = 2;

/** Names of the search attributes that our workflows set. */
export const searchAttributeNames = Object.values(SEARCH_ATTRIBUTES).map((key) => key.name);

/** Search attributes are missing on a server that does not let us add them; `message` holds the command that does. */
export class SearchAttributesMissing extends Error {
  override readonly name = 'SearchAttributesMissing';
}

/**
 * Adds the search attributes that a namespace does not have yet, and says so.
 * @throws SearchAttributesMissing when the server refuses.
 */
export async function ensureSearchAttributes(connection: Connection, namespace: string, say: Say): Promise<void> {
  const existing = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = searchAttributeNames.filter((name) => !(name in (existing.customAttributes ?? {})));
  if (missing.length === 0) return;
  const list = missing.join(', ');
  try {
    const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
    say(`Added the search attributes ${list} to Temporal's namespace ${namespace}.`);
  } catch (error) {
    const flags = missing.map((name) => `--name ${name} --type Keyword`).join(' ');
    throw new SearchAttributesMissing(
      `Temporal's namespace ${namespace} lacks the search attributes ${list}, and adding them was refused. ` +
        `Let an administrator run:\n  temporal operator search-attribute create --namespace ${namespace} ${flags}`,
      { cause: error },
    );
  }
}
