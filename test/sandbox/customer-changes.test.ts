import assert from 'node:assert/strict';
import { control, corpusOf, inboxClient, start, stopAll } from './support.ts';

const LIN = 88_001;
const PATH = `/v2/customers/${LIN}`;
const PEOPLE = corpusOf(2, [
  { id: 1, text: 'a', customerEmail: 'lin.osei@client.example' },
  { id: 2, text: 'b', customerEmail: 'kim@other.example' },
]);

type Client = Awaited<ReturnType<typeof inboxClient>>;

async function patch(client: Client, ...operations: object[]): Promise<void> {
  const answer = await client.call('PATCH', PATH, operations);
  assert.equal(answer.status, 204, await answer.clone().text());
  assert.equal(await answer.text(), '');
}

/** What a refused PATCH names, after which the customer is as before. */
async function refusal(client: Client, ...operations: object[]): Promise<string[]> {
  const before = await client.get(PATH);
  const answer = await client.call('PATCH', PATH, operations);
  assert.equal(answer.status, 400);
  assert.deepEqual(await client.get(PATH), before);
  return (await answer.json())._embedded.errors.map(({ path }: { path: string }) => path);
}

describe('sandbox: changes of customers', () => {
  afterEach(stopAll);

  it('replaces, adds and removes the plain fields', async () => {
    const client = await inboxClient(await start({ corpus: PEOPLE }));
    const values = {
      firstName: 'Linda',
      lastName: 'Osei-Moss',
      age: '41',
      background: 'Uses the EU region',
      gender: 'female',
      jobTitle: 'Head of data',
      location: 'Accra',
      organization: 'Client Ltd',
      photoType: 'default',
      photoUrl: 'https://cdn.example/lin.png',
    };
    const entries = Object.entries(values);
    await patch(client, ...entries.map(([name, value]) => ({ op: 'replace', path: `/${name}`, value })));
    const changed = await client.get(PATH);
    assert.deepEqual(
      entries.map(([name]) => [name, changed[name]]),
      entries,
    );
    await patch(client, { op: 'remove', path: '/jobTitle' }, { op: 'add', path: '/location', value: 'Tema' });
    const again = await client.get(PATH);
    assert.deepEqual([again.jobTitle, again.location], ['', 'Tema']);
  });

  it('adds entries to a collection, and changes and removes them by their ids', async () => {
    const client = await inboxClient(await start({ corpus: PEOPLE }));
    await patch(
      client,
      { op: 'add', path: '/emails', value: { type: 'other', value: 'lin@home.example' } },
      { op: 'add', path: '/phones', value: { type: 'work', value: '555-0100' } },
      { op: 'add', path: '/chats', value: { type: 'aim', value: 'lin' } },
      { op: 'add', path: '/social-profiles', value: { type: 'twitter', value: '@lin' } },
      { op: 'add', path: '/websites', value: { value: 'https://lin.example' } },
    );
    const { emails, phones, chats, social_profiles: profiles, websites } = (await client.get(PATH))._embedded;
    assert.deepEqual(
      emails.map(({ value }: { value: string }) => value),
      ['lin.osei@client.example', 'lin@home.example'],
    );
    await patch(
      client,
      { op: 'remove', path: `/emails/${emails[0].id}` },
      { op: 'replace', path: `/phones/${phones[0].id}`, value: { type: 'mobile', value: '555-0199' } },
      { op: 'replace', path: `/chats/${chats[0].id}/type`, value: 'xmpp' },
      { op: 'replace', path: `/social-profiles/${profiles[0].id}/value`, value: '@linda' },
      { op: 'replace', path: `/websites/${websites[0].id}/value`, value: 'https://linda.example' },
    );
    const after = (await client.get(PATH))._embedded;
    assert.deepEqual(after.emails, [{ ...emails[1] }]);
    assert.deepEqual(after.phones, [{ id: phones[0].id, type: 'mobile', value: '555-0199' }]);
    assert.deepEqual(after.chats, [{ id: chats[0].id, type: 'xmpp', value: 'lin' }]);
    assert.deepEqual(after.social_profiles, [{ id: profiles[0].id, type: 'twitter', value: '@linda' }]);
    assert.deepEqual(after.websites, [{ id: websites[0].id, value: 'https://linda.example' }]);
    const { primaryCustomer } = await client.get('/v2/conversations/7001');
    assert.equal(primaryCustomer.email, 'lin@home.example', 'the first address that is left');
  });

  it('changes the parts of the postal address', async () => {
    const client = await inboxClient(await start({ corpus: PEOPLE }));
    await patch(
      client,
      { op: 'replace', path: '/address/city', value: 'Accra' },
      { op: 'add', path: '/address/lines', value: ['1 Ring Road'] },
      { op: 'add', path: '/address/country', value: 'GH' },
      { op: 'add', path: '/address/state', value: 'GA' },
      { op: 'add', path: '/address/postalCode', value: 'GA-1' },
      { op: 'remove', path: '/address/state' },
    );
    assert.deepEqual((await client.get(PATH))._embedded.address, {
      city: 'Accra',
      state: '',
      postalCode: 'GA-1',
      country: 'GH',
      lines: ['1 Ring Road'],
    });
  });

  it('refuses one object in place of the list', async () => {
    const client = await inboxClient(await start({ corpus: PEOPLE }));
    const answer = await client.call('PATCH', PATH, { op: 'replace', path: '/jobTitle', value: 'x' });
    assert.equal(answer.status, 400);
    assert.equal((await client.get(PATH)).jobTitle, '');
    assert.equal((await client.call('PATCH', '/v2/customers/9', [])).status, 404);
  });

  it('refuses to remove or replace a whole collection', async () => {
    const client = await inboxClient(await start({ corpus: PEOPLE }));
    for (const path of ['/emails', '/phones', '/chats', '/social-profiles', '/websites']) {
      assert.deepEqual(await refusal(client, { op: 'remove', path }), ['[0].op'], path);
      assert.deepEqual(await refusal(client, { op: 'replace', path, value: [] }), ['[0].op'], path);
    }
  });

  it('does all operations or none, and names the bad one', async () => {
    const client = await inboxClient(await start({ corpus: PEOPLE }));
    const good = { op: 'replace', path: '/jobTitle', value: 'Boss' };
    const [{ id }] = (await client.get(PATH))._embedded.emails;
    const bad: [object, string][] = [
      [{ op: 'copy', path: '/jobTitle', value: 'x' }, '[1].op'],
      [{ op: 'replace', path: '/shoeSize', value: 'x' }, '[1].path'],
      [{ op: 'replace', path: 'jobTitle', value: 'x' }, '[1].path'],
      [{ op: 'replace', path: '/jobTitle/x', value: 'x' }, '[1].path'],
      [{ op: 'replace', path: '/jobTitle', value: 'x'.repeat(61) }, '[1].value'],
      [{ op: 'replace', path: '/gender', value: 'x' }, '[1].value'],
      [{ op: 'replace', path: '/firstName' }, '[1].value'],
      [{ op: 'replace', path: '/address', value: {} }, '[1].path'],
      [{ op: 'replace', path: '/address/planet', value: 'x' }, '[1].path'],
      [{ op: 'add', path: '/address/lines', value: 'x' }, '[1].value'],
      [{ op: 'add', path: '/emails', value: { type: 'work', email: 'a@b.example' } }, '[1].value.value'],
      [{ op: 'add', path: '/emails', value: { type: 'fax', value: 'a@b.example' } }, '[1].value.type'],
      [{ op: 'remove', path: '/emails/0' }, '[1].path'],
      [{ op: 'add', path: `/emails/${id}`, value: {} }, '[1].op'],
      [{ op: 'remove', path: `/emails/${id}/type` }, '[1].op'],
      [{ op: 'replace', path: `/emails/${id}/id`, value: '1' }, '[1].path'],
      [{ op: 'replace', path: `/emails/${id}/value`, value: 'nobody' }, '[1].value.value'],
      [{ op: 'remove', path: `/emails/${id}/type/x` }, '[1].path'],
    ];
    for (const [operation, path] of bad) {
      assert.deepEqual(await refusal(client, good, operation), [path], JSON.stringify(operation));
    }
  });

  it('refuses to add an address that another customer has', async () => {
    const sandbox = await start({ corpus: PEOPLE });
    const client = await inboxClient(sandbox);
    const value = { type: 'work', value: 'KIM@other.example' };
    const [{ id }] = (await client.get(PATH))._embedded.emails;
    const attempts = () => [
      client.call('PATCH', PATH, [{ op: 'add', path: '/emails', value }]),
      client.call('PATCH', PATH, [{ op: 'replace', path: `/emails/${id}/value`, value: value.value }]),
      client.call('POST', `${PATH}/emails`, value),
      client.call('PUT', `${PATH}/emails/${id}`, value),
    ];
    for (const answer of await Promise.all(attempts())) assert.equal(answer.status, 409);
    const own = { type: 'home', value: 'LIN.osei@client.example' };
    assert.equal((await client.call('POST', `${PATH}/emails`, own)).status, 409, 'nor may one be there twice');
    await control(sandbox, 'PATCH', '/switches', { customers: { duplicateEmail: '400' } });
    for (const answer of await Promise.all(attempts())) {
      assert.equal(answer.status, 400);
      assert.equal((await answer.json())._embedded.errors[0].path, 'emails');
    }
    assert.equal((await client.call('PUT', `${PATH}/emails/${id}`, own)).status, 204, 'its own address is no conflict');
  });

  for (const [path, name, types] of [
    ['emails', 'emails', ['work', 'home', 'other']],
    ['phones', 'phones', ['work', 'home', 'mobile', 'fax', 'pager', 'other']],
    ['chats', 'chats', ['aim', 'gtalk', 'icq', 'msn', 'qq', 'skype', 'xmpp', 'yahoo', 'other']],
    [
      'social-profiles',
      'social_profiles',
      'twitter facebook linkedin aboutme google googleplus flickr quora youtube other'.split(' '),
    ],
  ] as const) {
    it(`lists, adds, replaces and deletes ${path} by their own addresses`, async () => {
      const sandbox = await start({ corpus: corpusOf(1) });
      const client = await inboxClient(sandbox);
      const list = `${PATH}/${path}`;
      const [known] = (await client.get(PATH))._embedded[name];
      if (known) assert.equal((await client.call('DELETE', `${list}/${known.id}`)).status, 204);
      const empty = await client.get(`${list}/`);
      assert.deepEqual(Object.keys(empty), ['_links'], 'a link ends with a slash');
      const entryIds: number[] = [];
      for (const [index, type] of types.entries()) {
        const added = await client.call('POST', list, { type, value: `v${index}@v.example` });
        assert.equal(added.status, 201);
        assert.equal(await added.text(), '');
        entryIds.push(Number(added.headers.get('resource-id')));
        assert.equal(added.headers.get('location'), `${sandbox.url}${list}/${entryIds.at(-1)}`);
      }
      const all = await client.get(list);
      assert.deepEqual(Object.keys(all), ['_embedded', '_links'], 'without a page');
      assert.deepEqual(
        all._embedded[name],
        types.map((type, index) => ({ id: entryIds[index], type, value: `v${index}@v.example` })),
      );
      const [first, second] = entryIds;
      const replaced = await client.call('PUT', `${list}/${first}`, { type: 'other', value: 'new@v.example' });
      assert.equal(replaced.status, 204);
      assert.equal((await client.call('DELETE', `${list}/${second}`)).status, 204);
      const entries = (await client.get(list))._embedded[name];
      assert.deepEqual(entries[0], { id: first, type: 'other', value: 'new@v.example' });
      assert.equal(entries.length, types.length - 1);
      assert.deepEqual((await client.get(PATH))._embedded[name], entries);
      for (const [method, target, body, status] of [
        ['POST', list, { type: 'nothing', value: 'x@v.example' }, 400],
        ['POST', list, { type: 'other' }, 400],
        ['PUT', `${list}/${first}`, { type: 'other', value: '' }, 400],
        ['PUT', `${list}/${second}`, { type: 'other', value: 'x@v.example' }, 404],
        ['DELETE', `${list}/${second}`, undefined, 404],
        ['GET', `/v2/customers/9/${path}`, undefined, 404],
      ] as const) {
        assert.equal((await client.call(method, target, body)).status, status, `${method} ${target}`);
      }
    });
  }

  it('lists, adds, replaces and deletes websites, which have no type', async () => {
    const client = await inboxClient(await start({ corpus: corpusOf(1) }));
    const added = await client.call('POST', `${PATH}/websites`, { value: 'https://a.example' });
    const id = Number(added.headers.get('resource-id'));
    assert.equal((await client.call('PUT', `${PATH}/websites/${id}`, { value: 'https://b.example' })).status, 204);
    const { _embedded } = await client.get(`${PATH}/websites`);
    assert.deepEqual(_embedded.websites, [{ id, value: 'https://b.example' }]);
    const typed = await client.call('PATCH', PATH, [{ op: 'replace', path: `/websites/${id}/type`, value: 'work' }]);
    assert.equal(typed.status, 400);
    assert.equal((await client.call('DELETE', `${PATH}/websites/${id}`)).status, 204);
    assert.equal('_embedded' in (await client.get(`${PATH}/websites`)), false);
  });

  it('makes, shows, replaces and deletes the one postal address', async () => {
    const sandbox = await start({ corpus: corpusOf(1) });
    const client = await inboxClient(sandbox);
    const path = `${PATH}/address`;
    const address = { city: 'Accra', state: 'GA', postalCode: 'GA-1', country: 'GH', lines: ['1 Ring Road'] };
    for (const method of ['GET', 'DELETE']) assert.equal((await client.call(method, path)).status, 404);
    assert.equal((await client.call('PUT', path, address)).status, 404);
    const made = await client.call('POST', path, address);
    assert.equal(made.status, 201);
    assert.equal(made.headers.get('location'), `${sandbox.url}${path}`);
    assert.equal((await client.call('POST', path, address)).status, 409);
    const { _links, ...shown } = await client.get(path);
    assert.deepEqual(shown, address);
    assert.equal(_links.self.href, `${sandbox.url}${path}`);
    assert.equal((await client.call('PUT', path, { city: 'Tema', lines: [] })).status, 204);
    assert.deepEqual((await client.get(PATH))._embedded.address, {
      city: 'Tema',
      state: '',
      postalCode: '',
      country: '',
      lines: [],
    });
    assert.equal((await client.call('PUT', path, { lines: 'x' })).status, 400);
    assert.equal((await client.call('DELETE', path)).status, 204);
    assert.equal('address' in (await client.get(PATH))._embedded, false);
  });

  it('refuses every change of a locked customer with 423, while reads go on', async () => {
    const sandbox = await start({ corpus: PEOPLE });
    const client = await inboxClient(sandbox);
    const before = await client.get(PATH);
    const [{ id }] = before._embedded.emails;
    await control(sandbox, 'PATCH', '/switches', { customers: { locked: [LIN] } });
    for (const [method, path, body] of [
      ['PUT', '', { firstName: 'x' }],
      ['PATCH', '', [{ op: 'replace', path: '/firstName', value: 'x' }]],
      ['DELETE', '', undefined],
      ['POST', '/phones', { type: 'work', value: '1' }],
      ['PUT', `/emails/${id}`, { type: 'home', value: 'x@y.example' }],
      ['DELETE', `/emails/${id}`, undefined],
      ['POST', '/address', { city: 'Accra' }],
      ['PUT', '/address', { city: 'Accra' }],
      ['DELETE', '/address', undefined],
      ['PATCH', '/properties', [{ op: 'replace', path: '/plan', value: 'Pro' }]],
    ] as const) {
      assert.equal((await client.call(method, `${PATH}${path}`, body)).status, 423, `${method} ${path}`);
    }
    assert.deepEqual(await client.get(PATH), before);
  });
});
