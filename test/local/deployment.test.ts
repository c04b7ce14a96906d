import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { searchAttributeNames } from '../../src/local/search-attributes.ts';

describe('the docker deployment', () => {
  it('registers exactly the search attributes that workflows set', async () => {
    const script = await readFile(new URL('../../deploy/temporal/namespace.sh', import.meta.url), 'utf8');
    const listed = /for name in ([\w ]+);/.exec(script)?.[1]?.split(' ') ?? [];
    assert.deepEqual([...listed].sort(), [...searchAttributeNames].sort());
  });
});
