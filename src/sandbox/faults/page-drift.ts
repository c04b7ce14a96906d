import type { RequestHandler } from 'express';
import { createRandom } from '../corpus/prng.ts';
import { createDice } from '../dice.ts';
import { FIRST_CONVERSATION_ID } from '../store/corpus-conversations.ts';
import type { Conversation } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import type { Switches } from '../switches.ts';
import type { DRIFT_KINDS } from '../switches-schema.ts';
import type { Writes } from '../writes.ts';

/** In an account where nearly everything was deleted, looking for the rest must end. */
const TRIES = 50;

export interface DriftDeps {
  store: Store;
  writes: Writes;
  switches: Switches;
}

/**
 * Lets the list of conversations change under whoever reads it: once a page was sent, and before another can be asked for,
 * something is written as people write it, with all that follows.
 */
export function pageDrift({ store, writes, switches }: DriftDeps): RequestHandler {
  const dice = createDice(() => switches.values.pageDrift);
  let random = createRandom(1);
  let turn = 0;
  let seeded: object | null = null;

  function anyConversation(): Conversation | undefined {
    const last = store.conversations.nextConversationId() - 1;
    for (let attempt = 0; attempt < TRIES && last >= FIRST_CONVERSATION_ID; attempt += 1) {
      const found = store.conversations.get(random.between(FIRST_CONVERSATION_ID, last));
      if (found) return found;
    }
    return undefined;
  }

  function write(kind: (typeof DRIFT_KINDS)[number]): void {
    turn += 1;
    if (kind === 'new') {
      const { id: mailboxId } = random.pick(store.directory.mailboxes.all());
      const customerEmail = `drift-${turn}@client.example`;
      writes.createConversation({ mailboxId, subject: `Arrived meanwhile ${turn}`, text: 'New.', customerEmail });
      return;
    }
    const conversation = anyConversation();
    if (conversation === undefined) return;
    if (kind === 'changed') writes.addThread(conversation, { type: 'customer', text: `Changed meanwhile ${turn}` });
    else writes.deleteConversation(conversation);
  }

  return (_request, response, next) => {
    response.once('finish', () => {
      if (response.statusCode !== 200) return;
      const drift = dice();
      if (drift === null) return;
      // A switch that is set anew drifts the same way again.
      if (seeded !== drift) random = createRandom(drift.seed);
      seeded = drift;
      write(random.pick(drift.kinds));
    });
    next();
  };
}
