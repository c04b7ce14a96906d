import assert from 'node:assert/strict';
import { findExcerpts } from '../../src/docs-search/excerpts.ts';
import { findArticles, MOST_CANDIDATES } from '../../src/docs-search/find-articles.ts';
import { createMemoryLibrary } from '../../src/docs-search/memory-library.ts';
import { passagesOf } from '../../src/docs-search/passages.ts';
import { searchTermsOf } from '../../src/docs-search/terms.ts';

const asked = (text: string, subject = '') => ({ subject, threads: [{ author: 'customer' as const, text }] });

const ARTICLES = [
  { articleId: 'refunds', title: 'Refunds', text: 'Open the order and press Refund. The money goes back to the card.' },
  { articleId: 'invites', title: 'Inviting colleagues', text: 'Press Invite on the team page. They get an e-mail.' },
  {
    articleId: 'printers',
    title: 'Label printers',
    text: 'Zebra printers need the driver. Calibrate the printer first.',
  },
];

describe('finding help articles', () => {
  it('finds the article by what it says, not only by its title', async () => {
    const library = await createMemoryLibrary(ARTICLES);
    const [first] = await findArticles(library, asked('Labels come out shifted, must I calibrate the Zebra?'));
    assert.equal(first?.article.articleId, 'printers');
  });

  it('finds an article by other forms of its words, and by words that mean the same', async () => {
    const library = await createMemoryLibrary(ARTICLES);
    const [first] = await findArticles(
      library,
      asked('How can I get reimbursed, was refunding possible by credit cards?'),
    );
    assert.equal(first?.article.articleId, 'refunds');
  });

  it('finds nothing for what no article is about, or for nothing', async () => {
    const library = await createMemoryLibrary(ARTICLES);
    assert.deepEqual(
      await findExcerpts(library, asked('Do you have an office in Lisbon with parking for lorries?')),
      [],
    );
    assert.deepEqual(await findExcerpts(library, asked('')), []);
    assert.deepEqual(await findExcerpts(library, { subject: '', threads: [] }), []);
    assert.deepEqual(await findExcerpts(await createMemoryLibrary([]), asked('Refund?')), []);
  });

  it('reads what customers wrote, not the answers', async () => {
    const library = await createMemoryLibrary(ARTICLES);
    const threads = [
      { author: 'customer' as const, text: 'May I invite two colleagues?' },
      { author: 'agent' as const, text: 'Yes. By the way, refund refund refund, order, money, card.' },
    ];
    const [first] = await findArticles(library, { subject: '', threads });
    assert.equal(first?.article.articleId, 'invites');
  });

  it('takes the article that somebody links to before any other', async () => {
    const url = 'https://help.acme.example/article/7-refunds';
    const library = await createMemoryLibrary(
      ARTICLES.map((article) => ({ ...article, url: article.articleId === 'refunds' ? url : '' })),
    );
    const threads = [
      { author: 'customer' as const, text: 'How do I invite a colleague and refund an order?' },
      { author: 'agent' as const, text: `Please see ${url}` },
    ];
    const [first] = await findArticles(library, { subject: 'Inviting', threads });
    assert.deepEqual([first?.article.articleId, first?.similarity], ['refunds', 1]);
  });

  it('asks for a bounded number of candidates, however many articles share the words', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => ({
      articleId: `a${index}`,
      title: `Order ${index % 7}`,
      text: `Orders and payments${index === 1234 ? ' with a giraffe' : ''}.`,
    }));
    const library = await createMemoryLibrary(many);
    const limits: [terms: readonly string[], limit: number][] = [];
    const source = {
      ...library,
      candidates: (terms: readonly string[], limit: number) => {
        limits.push([terms, limit]);
        return library.candidates(terms, limit);
      },
    };
    const [first] = await findArticles(source, asked('My orders and payments have a giraffe'));
    assert.equal(first?.article.articleId, 'a1234');
    const [[terms = [], limit] = []] = limits;
    assert.equal(limit, MOST_CANDIDATES);
    assert.deepEqual(terms, searchTermsOf('giraffe'));
  });

  it('quotes the passage that fits, within 1,500 characters, and five articles at most', async () => {
    const filler = Array.from(
      { length: 40 },
      (_, index) => `Paragraph ${index} tells about settings of calendars and time zones.`,
    );
    const text = [...filler.slice(0, 30), 'The giraffe button opens the archive.', ...filler.slice(30)].join('\n');
    const library = await createMemoryLibrary(
      Array.from({ length: 8 }, (_, index) => ({ articleId: `a${index}`, title: `Archive ${index}`, text })),
    );
    const excerpts = await findExcerpts(library, asked('What does the giraffe button of the archive do?'));
    assert.equal(excerpts.length, 5);
    for (const excerpt of excerpts) {
      assert.match(excerpt.text, /giraffe/);
      assert(excerpt.text.length <= 1_500);
      assert(excerpt.similarity > 0.3 && excerpt.similarity <= 1);
    }
  });

  it('cuts texts of any form into passages of bounded length, losing no word', () => {
    for (const text of [
      '',
      'one line',
      'word '.repeat(2_000),
      'x'.repeat(5_000),
      'a\n\n\nb',
      `${'y'.repeat(999)}\nz`,
    ]) {
      const passages = passagesOf(text);
      assert(passages.every((passage) => passage.length > 0 && passage.length <= 1_000));
      assert.equal(passages.join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
    }
  });
});
