import assert from 'node:assert/strict';
import { choosePattern } from '../../src/patterns/choose-pattern.ts';
import { createMemoryInbox } from '../../src/patterns/evaluation/memory-inbox.ts';
import { addToLevel, inboxThreshold, NEW_INBOX } from '../../src/patterns/inbox-level.ts';
import { majorityCategory } from '../../src/patterns/majority-category.ts';
import { describe as describeText } from '../../src/patterns/signature.ts';

const wrapped = (body: string, name: string) =>
  `Hi there,\n\nI hope you are well. ${body}\n\nThanks in advance for your help!\n\nKind regards,\n${name}\nOffice Manager, Acme Ltd\nSent from my iPhone`;

/** Assigns texts one by one, repairs, and names the pattern of each by then. */
async function grouped(texts: readonly string[]): Promise<string[]> {
  const inbox = createMemoryInbox();
  const first: string[] = [];
  for (const text of texts) first.push((await inbox.assign(text)).patternId);
  await inbox.repair();
  return first.map((patternId) => inbox.rootOf(patternId));
}

describe('assignment to a pattern', () => {
  it('joins two phrasings of the same issue, be it put as a bug or as a question', async () => {
    const [first, second] = await grouped([
      wrapped(
        'Exporting invoices to PDF fails with an error since Monday. The PDF export never finishes.',
        'Dana Reed',
      ),
      'Hello, why do I get an error when I export my invoices as PDF?',
    ]);
    assert.equal(second, first);
  });

  it('keeps different issues apart that share greeting, courtesies and signature', async () => {
    const bodies = [
      'The calendar shows meetings one hour late after the clocks changed.',
      'Could you add a dark theme to the mobile application?',
      'My teammate never received the invitation to our workspace.',
      'Where do I find the webhook secret in the settings?',
    ];
    const patterns = await grouped(bodies.map((body) => wrapped(body, 'Dana Reed')));
    assert.equal(new Set(patterns).size, bodies.length);
  });

  it('groups alike in whatever order the texts come', async () => {
    const texts = [
      'Exporting invoices to PDF fails with an error.',
      'PDF export of invoices fails: error.',
      'The calendar shows meetings one hour late.',
      'Meetings are one hour late in the calendar view.',
      'Please add a dark theme to the application.',
    ];
    const parts = async (order: number[]) => {
      const patterns = await grouped(order.map((at) => texts[at] ?? ''));
      const sets = new Map<string, number[]>();
      order.forEach((at, nth) => {
        const pattern = patterns[nth] ?? '';
        sets.set(pattern, [...(sets.get(pattern) ?? []), at].sort());
      });
      return [...sets.values()].map((set) => set.join()).sort();
    };
    const expected = await parts([0, 1, 2, 3, 4]);
    for (const order of [
      [4, 3, 2, 1, 0],
      [2, 0, 4, 1, 3],
      [1, 3, 0, 4, 2],
    ]) {
      assert.deepEqual(await parts(order), expected);
    }
  });

  it('does not see greeting and sign-off below a subject either', () => {
    const plain = 'Calendar sync stopped\nEvents no longer reach my phone.';
    const polite =
      'Calendar sync stopped\nDear support team,\nEvents no longer reach my phone.\nBest regards,\nTheodora';
    assert.deepEqual(describeText(polite), describeText(plain));
  });

  it('starts a pattern for a message that says nothing', async () => {
    const [one, other] = await grouped(['Thanks!', 'Thank you so much.']);
    assert.notEqual(one, other);
  });

  it('takes the most similar candidate, and the smaller id of equal ones', () => {
    const text = { terms: [['refund', 1]] satisfies [string, number][], members: 1 };
    const choice = choosePattern(
      text,
      [
        { patternId: 'b', centroid: text },
        { patternId: 'a', centroid: text },
      ],
      0.3,
    );
    assert.deepEqual(choice, { kind: 'join', patternId: 'a', similarity: 1 });
    assert.deepEqual(choosePattern(text, [], 0.3), { kind: 'new' });
  });
});

describe("an inbox's threshold", () => {
  const levelOf = (texts: readonly string[]) =>
    texts.reduce((level, text) => addToLevel(level, describeText(text)), NEW_INBOX);
  const words = (nth: number, count: number) =>
    Array.from({ length: count }, (_, at) => `word${String.fromCharCode(97 + (at % 26))}x${nth}y${at}`).join(' ');

  it('is higher where people write at length', () => {
    const short = levelOf(Array.from({ length: 50 }, (_, nth) => words(nth, 10)));
    const long = levelOf(Array.from({ length: 50 }, (_, nth) => words(nth, 90)));
    assert.ok(inboxThreshold(long) > 1.5 * inboxThreshold(short));
  });

  it('is higher where any two texts are alike', () => {
    const different = levelOf(Array.from({ length: 50 }, (_, nth) => words(nth, 12)));
    const alike = levelOf(Array.from({ length: 50 }, (_, nth) => `invoice printer refund webhook ${words(nth, 8)}`));
    assert.ok(inboxThreshold(alike) > 1.5 * inboxThreshold(different));
  });
});

describe('category of a pattern', () => {
  it('is what most insights say, the earlier of the list on a tie', () => {
    assert.equal(majorityCategory({ question: 3, bug: 1 }), 'question');
    assert.equal(majorityCategory({ question: 2, feature: 2 }), 'feature');
    assert.equal(majorityCategory({}), null);
  });
});
