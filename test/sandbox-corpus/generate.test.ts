import assert from 'node:assert/strict';
import { CATEGORIES } from '../../src/domain/category.ts';
import { corpusLineSchema } from '../../src/sandbox/corpus/corpus-line.ts';
import { generateCorpus, generateLabelledCorpus } from '../../src/sandbox/corpus/generate.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const now = new Date('2026-03-18T15:30:00.000Z');
const { corpus, labels } = generateLabelledCorpus({ seed: 1, now });
const { conversations, articles } = corpus;

/** Ages in days, youngest first, of the conversations about `issue`. */
function agesOf(issue: string): number[] {
  return conversations
    .filter(({ id }) => labels.get(id)?.issue === issue)
    .map(({ createdAt = '' }) => (now.getTime() - Date.parse(createdAt)) / DAY_MS)
    .sort((one, other) => one - other);
}

function countBy(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

describe('generateCorpus', () => {
  it('gives the same corpus for the same seed and moment, byte for byte', () => {
    assert.equal(JSON.stringify(generateCorpus({ seed: 1, now })), JSON.stringify(corpus));
  });

  it('gives other words for another seed', () => {
    const texts = new Set(conversations.map(({ text }) => text));
    const others = generateCorpus({ seed: 2, now }).conversations.filter(({ text }) => !texts.has(text));
    assert.ok(others.length > conversations.length / 2, `${others.length} texts differ`);
  });

  it('can be made with many seeds and moments', () => {
    for (let seed = 3; seed < 23; seed++) {
      const made = generateCorpus({ seed, now: new Date(now.getTime() + seed * 0.37 * DAY_MS) }).conversations;
      assert.equal(new Set(made.map(({ text }) => text)).size, made.length, `seed ${seed}`);
    }
  });

  it('holds at least 400 conversations, each a valid corpus line with an id of its own', () => {
    assert.ok(conversations.length >= 400, `${conversations.length} conversations`);
    for (const line of conversations) assert.deepEqual(corpusLineSchema.parse(line), line);
    assert.equal(new Set(conversations.map(({ id }) => id)).size, conversations.length);
  });

  it('repeats no text and leaves no slot unfilled', () => {
    assert.equal(new Set(conversations.map(({ text }) => text)).size, conversations.length);
    for (const { subject = '', text, threads = [] } of conversations) {
      const written = [subject, text, ...threads.map((thread) => thread.text)].join('\n');
      assert.doesNotMatch(written, /[{}]|undefined|\bthe the\b/);
    }
  });

  it('labels every conversation, with more than 40 issues of all four categories', () => {
    assert.deepEqual(
      [...labels.keys()],
      conversations.map(({ id }) => id),
    );
    const shared = [...countBy([...labels.values()].map(({ issue }) => issue))].filter(([, count]) => count > 1);
    assert.ok(shared.length >= 44, `${shared.length} issues with several conversations`);
    const categories = countBy([...labels.values()].map(({ category }) => category));
    for (const category of CATEGORIES) assert.ok((categories.get(category) ?? 0) >= 40, category);
  });

  it('has threads in order of time, the first of them the text, all within the 60 days before now', () => {
    for (const { id, text, createdAt, threads = [] } of conversations) {
      const times = threads.map((thread) => thread.createdAt ?? '');
      assert.deepEqual(times, [...times].sort(), id);
      assert.equal(times[0], createdAt);
      assert.deepEqual([threads[0]?.type, threads[0]?.text], ['customer', text]);
      for (const time of times) {
        const ageMs = now.getTime() - Date.parse(time);
        assert.ok(ageMs >= 0 && ageMs <= 60 * DAY_MS, `${id}: ${time}`);
      }
    }
  });

  it('lists conversations in order of time', () => {
    const times = conversations.map(({ createdAt = '' }) => createdAt);
    assert.deepEqual(times, [...times].sort());
  });

  it('shows agents at work: many replies, some answers to them, some notes', () => {
    const count = (wanted: (types: string[]) => boolean) =>
      conversations.filter(({ threads = [] }) => wanted(threads.map(({ type }) => type))).length;
    assert.ok(count((types) => types.includes('message')) > conversations.length / 2);
    assert.ok(count((types) => types.lastIndexOf('customer') > types.indexOf('message')) > conversations.length / 6);
    assert.ok(count((types) => types.includes('note')) >= 10);
  });

  it('has a bug that began five days ago and rises', () => {
    const ages = agesOf('bug-offline-hours-lost');
    assert.ok(ages.length >= 25);
    assert.ok((ages.at(-1) ?? 0) <= 5.01);
    assert.ok(ages.filter((age) => age < 2.5).length > ages.length * 0.7, 'most of it in the second half');
  });

  it('has a bug that ended three weeks ago and a wish that never stops', () => {
    assert.ok((agesOf('bug-login-loop')[0] ?? 0) >= 21);
    const steady = agesOf('feature-repeat-patterns');
    for (const from of [0, 20, 40]) {
      const inThird = steady.filter((age) => age >= from && age < from + 20).length;
      assert.ok(inThird >= 4, `${inThird} from day ${from}`);
    }
  });

  it('is written by about 230 people of about 60 companies to three mailboxes', () => {
    const byCustomer = countBy(conversations.map(({ customerEmail = '' }) => customerEmail));
    assert.ok(byCustomer.size >= 200, `${byCustomer.size} people`);
    assert.ok([...byCustomer.values()].filter((count) => count >= 3).length >= 20, 'some write often');
    const domains = new Set([...byCustomer.keys()].map((email) => email.split('@')[1] ?? ''));
    assert.ok(domains.size >= 55, `${domains.size} companies`);
    for (const email of byCustomer.keys()) assert.match(email, /^[a-z.-]+@[a-z-]+\.example$/);
    assert.deepEqual([...new Set(conversations.map(({ mailbox }) => mailbox))].sort(), [
      'Billing',
      'Mobile',
      'Support',
    ]);
  });

  it('comes with at least 20 articles of 120 to 250 words in three collections', () => {
    assert.ok(articles.length >= 20);
    assert.equal(new Set(articles.map(({ name }) => name)).size, articles.length);
    assert.equal(new Set(articles.map(({ collection }) => collection)).size, 3);
    for (const { name, html } of articles) {
      const words = html
        .replace(/<[^>]+>/g, ' ')
        .split(/\s+/)
        .filter(Boolean).length;
      assert.ok(words >= 120 && words <= 250, `${name}: ${words} words`);
      assert.match(html, /<h2>/);
      assert.match(html, /<(ul|ol|table)>/);
    }
  });
});
