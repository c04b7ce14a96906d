import assert from 'node:assert/strict';
import { weighWithDocs } from '../../src/docs-search/docs-prior.ts';
import { documentationNeed } from '../../src/docs-search/documentation-need.ts';

const ARTICLE = { articleId: 'a1', title: 'Exporting', url: 'https://help.acme.example/article/1-exporting' };
const near = [{ ...ARTICLE, text: 'Open Reports.', similarity: 0.4 }];
const far = [{ ...ARTICLE, text: 'Open Reports.', similarity: 0.13 }];
const asked = (text: string) => ({ subject: 'Export', threads: [{ author: 'customer' as const, text }] });
const need = (text: string, excerpts = near) => documentationNeed(excerpts, asked(text), 'documentation');

describe('what is wrong with the help', () => {
  it('is nothing for any other category', () => {
    for (const category of ['bug', 'feature', 'question', null] as const) {
      assert.equal(documentationNeed(near, asked('The article is wrong.'), category), null);
    }
  });

  it('is not said where no articles are known', () => {
    assert.equal(documentationNeed(null, asked('The article is wrong.'), 'documentation'), null);
  });

  it('is a missing article when none is about the matter', () => {
    assert.deepEqual(need('Where is the export described?', []), { problem: 'missing', article: null });
    assert.deepEqual(need('Where is the export described?', far), { problem: 'missing', article: null });
  });

  it('names the article that customers call wrong, outdated, or cite against what they see', () => {
    for (const text of [
      'Your article on exporting is outdated.',
      'The help page contradicts itself.',
      'Please correct the guide, the button has another name.',
      'There is a dead link in the article.',
      'The manual says Reports, I have only Analysis.',
    ]) {
      assert.deepEqual(need(text), { problem: 'wrong', article: ARTICLE }, text);
    }
  });

  it('names the article that leaves the answer out', () => {
    for (const text of [
      'The article does not mention which format I get.',
      'It is not documented how large a file may be.',
      'Could you extend the page by an example?',
    ]) {
      assert.deepEqual(need(text), { problem: 'missing', article: ARTICLE }, text);
    }
  });

  it('names the article that was not found, or not looked for', () => {
    for (const text of [
      'I could not find anything about exporting in your help.',
      'I searched the documentation for "download" without success.',
      'Is there a manual for exporting?',
    ]) {
      assert.deepEqual(need(text), { problem: 'hardToFind', article: ARTICLE }, text);
    }
  });

  it('takes no longer for a text that is made to be slow', () => {
    const startedMs = performance.now();
    need('the page says but not the page says '.repeat(20_000));
    need(`page ${'a'.repeat(200_000)}`);
    assert(performance.now() - startedMs < 500);
  });
});

describe('weighing categories with the articles', () => {
  const even = { bug: 0.25, feature: 0.25, documentation: 0.25, question: 0.25 };

  it('changes nothing where no article is near', () => {
    for (const excerpts of [[], far]) {
      assert.deepEqual(weighWithDocs(even, excerpts, asked('The article is wrong.')), even);
    }
  });

  it('leans to documentation for talk about help texts, else to a question, and adds up to 1', () => {
    const talk = weighWithDocs(even, near, asked('The article is wrong.'));
    const question = weighWithDocs(even, near, asked('How do I export?'));
    assert(talk.documentation > 0.6);
    assert(question.question > 0.3 && question.question > question.documentation);
    for (const { bug, feature, documentation, question: asks } of [talk, question]) {
      assert(Math.abs(bug + feature + documentation + asks - 1) < 1e-9);
    }
  });
});
