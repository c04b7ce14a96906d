import assert from 'node:assert/strict';
import fc from 'fast-check';
import { customerBody, customerOperations, touchedFields } from '../../src/helpscout/resources/customer-changes.ts';
import { fitted } from '../../src/helpscout/resources/customer-limits.ts';
import type { KnownCustomer } from '../../src/helpscout/resources/customer-shape.ts';

const KNOWN: KnownCustomer = {
  customerId: 88001,
  firstName: 'Lin',
  lastName: null,
  jobTitle: 'Analyst',
  background: null,
  location: 'Accra',
  organization: null,
  photoUrl: null,
  entries: {
    emails: [{ id: 1001, value: 'lin@client.example', type: 'work' }],
    phones: [{ id: 2002, value: '+44 (0)20 555', type: 'work' }],
    chats: [],
    'social-profiles': [],
    websites: [{ id: 5005, value: 'https://client.example' }],
  },
};

describe('customer changes', () => {
  it('cuts texts to what Help Scout takes, never through a character', () => {
    const long = 'x'.repeat(300);
    const { firstName, jobTitle, background, photoUrl } = fitted({
      firstName: long,
      jobTitle: long,
      background: `${'x'.repeat(199)}😀`,
      photoUrl: `https://x.example/${long}`,
    });
    assert.deepEqual([firstName?.length, jobTitle?.length, background], [40, 60, 'x'.repeat(199)]);
    assert.equal(photoUrl, undefined, 'a shortened address would lead elsewhere');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const { lastName } = fitted({ lastName: text });
        assert((lastName ?? '').length <= 40);
        assert.doesNotThrow(() => encodeURIComponent(lastName ?? ''), 'half a character has no UTF-8');
      }),
    );
  });

  it('asks for nothing when everything is there, written otherwise', () => {
    const wanted = {
      firstName: ' Lin ',
      lastName: '',
      entries: {
        emails: [{ value: ' LIN@Client.Example' }],
        phones: [{ value: '+44 020-555' }],
        websites: [{ value: 'https://client.example', type: 'work' }],
      },
    };
    assert.deepEqual(customerOperations(KNOWN, wanted), []);
    assert.deepEqual(customerOperations(KNOWN, {}), []);
  });

  it('does not cut what is there in full, longer than it would send it', () => {
    const background = 'x'.repeat(300);
    assert.deepEqual(customerOperations({ ...KNOWN, background }, { background: ` ${background}` }), []);
  });

  it('sets, clears, adds and changes types, and removes nothing that others added', () => {
    const operations = customerOperations(KNOWN, {
      lastName: 'Osei',
      jobTitle: null,
      entries: {
        emails: [{ value: 'new@client.example' }, { value: 'NEW@client.example' }],
        phones: [{ value: '+44020555', type: 'mobile' }],
        chats: [{ value: 'lin' }, { value: ' ' }],
        websites: [{ value: 'https://other.example' }],
      },
    });
    assert.deepEqual(operations, [
      { op: 'replace', path: '/lastName', value: 'Osei' },
      { op: 'remove', path: '/jobTitle' },
      { op: 'add', path: '/emails', value: { type: 'work', value: 'new@client.example' } },
      { op: 'replace', path: '/phones/2002/type', value: 'mobile' },
      { op: 'add', path: '/chats', value: { type: 'other', value: 'lin' } },
      { op: 'add', path: '/websites', value: { value: 'https://other.example' } },
    ]);
    assert.deepEqual(touchedFields(operations), ['lastName', 'jobTitle', 'emails', 'phones', 'chats', 'websites']);
  });

  it('leaves what is empty, or said twice, out of a create', () => {
    const phones = [{ value: '' }, { value: '555 0100' }, { value: '555-0100' }];
    const wanted = { firstName: 'Lin', lastName: ' ', jobTitle: null, entries: { emails: [], phones } };
    assert.deepEqual(customerBody(wanted), { firstName: 'Lin', phones: [{ type: 'work', value: '555 0100' }] });
  });
});
