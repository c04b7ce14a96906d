import assert from 'node:assert/strict';
import { FIRST_TAXONOMY, type TaxonomyDraft } from '../../src/domain/taxonomy.ts';
import { useStorage } from '../support/storage.ts';

const AT = new Date('2026-11-12T12:00:00Z');
const draft = (instructions: string): TaxonomyDraft => {
  const { definitions, severities } = FIRST_TAXONOMY;
  return { definitions, severities, productAreas: [], instructions };
};

describe('the taxonomy', function () {
  this.timeout(60_000);
  const storage = useStorage();

  async function mapCollection(organizationId: string) {
    const { integrationId } = await storage.integrations.create(organizationId);
    await storage.integrations.update(organizationId, integrationId, {
      state: 'live',
      docs: {
        connected: true,
        collections: [
          { collectionId: 'c1', name: 'Exports', articles: 3 },
          { collectionId: 'c2', name: 'Not mapped', articles: 3 },
        ],
        mappedCollectionIds: ['c1'],
      },
    });
    return integrationId;
  }

  it('is the first, with the mapped help collections as product areas, until somebody saves another', async () => {
    assert.deepEqual(await storage.taxonomies.current('fresh'), FIRST_TAXONOMY);
    await mapCollection('mapped');
    const { version, productAreas } = await storage.taxonomies.current('mapped');
    assert.equal(version, 1);
    assert.deepEqual(productAreas, [{ name: 'Exports', keywords: [], collectionId: 'c1' }]);
    assert.deepEqual(
      (await storage.taxonomies.list('mapped')).map((taxonomy) => taxonomy.version),
      [1],
    );
  });

  it('keeps every version as it was, the first too once there is a second', async () => {
    const integrationId = await mapCollection('kept');
    await storage.taxonomies.save('kept', draft('first own'), 'ada@acme.example', AT);
    await storage.integrations.update('kept', integrationId, { state: 'disconnected' });
    const saved = await storage.taxonomies.save('kept', draft('second own'), 'ada@acme.example', AT);
    assert.equal(saved.version, 3);
    assert.deepEqual(await storage.taxonomies.current('kept'), saved);
    assert.equal((await storage.taxonomies.get('kept', 2))?.instructions, 'first own');
    assert.deepEqual(
      (await storage.taxonomies.get('kept', 1))?.productAreas.map(({ name }) => name),
      ['Exports'],
    );
    assert.equal(await storage.taxonomies.get('kept', 4), null);
    assert.equal((await storage.taxonomies.get('other', 1))?.savedBy, null);
    assert.equal(await storage.taxonomies.get('other', 2), null);
  });

  it('gives everybody who saves at once a version of their own', async () => {
    const texts = ['a', 'b', 'c', 'd'];
    const saved = await Promise.all(texts.map((text) => storage.taxonomies.save('busy', draft(text), text, AT)));
    assert.deepEqual(saved.map(({ version }) => version).sort(), [2, 3, 4, 5]);
    for (const { version, savedBy } of saved) {
      assert.equal((await storage.taxonomies.get('busy', version))?.instructions, savedBy);
    }
    assert.equal((await storage.taxonomies.list('busy')).length, 5);
  });
});
