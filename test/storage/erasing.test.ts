import assert from 'node:assert/strict';
import type { Erasure } from '../../src/domain/erasure.ts';
import { createNeedles } from '../../src/domain/needles.ts';
import { phrasesOf, sharesPhrase } from '../../src/security/phrases.ts';
import { organizationParts } from '../../src/storage/erasing/organization-data.ts';
import { replacementsIn } from '../../src/storage/erasing/scrub.ts';
import { fillOrganization } from '../support/filled-organization.ts';
import { useStorage } from '../support/storage.ts';
import { addOrganization } from '../support/web-app.ts';

describe('erasing documents', function () {
  this.timeout(60_000);
  const storage = useStorage();

  const erasure = (organizationId: string): Erasure => ({
    ...{ erasureId: `erasure of ${organizationId}`, organizationId, kind: 'organization', state: 'running' },
    ...{ subjectHash: null, refusesLater: false, by: 'member', requestedAt: new Date(), finishedAt: null },
    ...{ removed: {}, changed: {}, workflows: { ended: 0, deleted: 0 }, waitsFor: 0 },
  });
  const native = (name: string) => storage.connection.getClient().db(storage.connection.name).collection(name);

  it('knows every collection there is, so that a new one cannot be forgotten', () => {
    // Throws for a model that neither names its organization nor is listed with the way it is erased.
    const names = organizationParts(storage.connection, 'org').map(({ collection }) => collection);
    const withOrganization = Object.values(storage.connection.models)
      .filter(({ schema }) => schema.path('organizationId'))
      .map(({ collection }) => collection.name);
    assert.deepEqual(
      withOrganization.filter((name) => !names.includes(name)),
      ['erasures'],
      'the receipts alone stay',
    );
    assert.ok(names.length > 50);
  });

  it('removes everything of one organization, and nothing of another; a batch that was interrupted is counted once', async () => {
    const acme = await addOrganization(storage, 'Acme', 'administrator');
    const globex = await addOrganization(storage, 'Globex', 'administrator');
    await fillOrganization(storage, acme, { conversationId: 7001 });
    await fillOrganization(storage, globex, { conversationId: 8001 });
    await native('sessions').insertMany([acme, globex].map(({ organizationId }) => ({ session: { organizationId } })));
    await native('insights').insertOne({ organizationId: `${acme.organizationId}~edition`, conversationId: 1 });
    const count = async (organizationId: string) => {
      const counts: Record<string, number> = {};
      for (const { collection, filter } of organizationParts(storage.connection, organizationId)) {
        const documents = await native(collection).countDocuments(filter);
        if (documents > 0) counts[collection] = documents;
      }
      return counts;
    };
    const [before, others] = [await count(acme.organizationId), await count(globex.organizationId)];
    assert.ok(Object.keys(before).length > 20, Object.keys(before).join());
    const { erasureId } = erasure(acme.organizationId);
    await storage.erasures.begin(erasure(acme.organizationId), null);
    // As if it had been killed after removing a batch and before counting it.
    const ids = (await native('conversations').find({ organizationId: acme.organizationId }).toArray()).map(
      ({ _id }) => _id,
    );
    await storage.erasures.noteBatch(erasureId, { collection: 'conversations', ids });
    await native('conversations').deleteMany({ organizationId: acme.organizationId });
    for (const part of organizationParts(storage.connection, acme.organizationId)) {
      await storage.erase.remove(erasureId, part);
      await storage.erase.remove(erasureId, part);
    }
    assert.deepEqual(await count(acme.organizationId), {});
    assert.deepEqual(await count(globex.organizationId), others);
    assert.deepEqual((await storage.erasures.get(erasureId))?.removed, before);
  });

  it('takes an address out of texts wherever it is, and no longer one that it is a part of', () => {
    const { without } = createNeedles({ address: 'ada@client.example', names: ['Ada  Lovelace'] });
    const document = {
      _id: 'ada@client.example',
      list: [{ text: 'From Ada@Client.Example, or ada%40client.example' }],
      at: new Date(),
      other: 'lada@client.example, ada@client.example.org, Ada Lovelaces, ada lovelace.',
    };
    assert.deepEqual(
      replacementsIn(document, without).map(({ path, after }) => [path, after]),
      [
        ['list.0.text', 'From [erased], or [erased]'],
        ['other', 'lada@client.example, ada@client.example.org, Ada Lovelaces, [erased].'],
      ],
    );
  });

  it('recognizes words that somebody wrote, without keeping them', () => {
    const phrases = new Set(phrasesOf('Hello, the zebra invoices come out upside down since May.'));
    assert.ok(sharesPhrase('ZEBRA invoices come out upside', phrases));
    assert.ok(!sharesPhrase('The invoices come out of the printer', phrases));
    assert.ok(sharesPhrase('Purple button', new Set(phrasesOf('purple button!'))));
    assert.ok([...phrases].every((phrase) => !phrase.includes('zebra')));
  });
});
