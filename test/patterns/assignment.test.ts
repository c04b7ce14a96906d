import assert from 'node:assert/strict';
import { choosePattern, joinThreshold } from '../../src/patterns/choose-pattern.ts';
import { createMemoryInbox } from '../../src/patterns/evaluation/memory-inbox.ts';
import { majorityCategory } from '../../src/patterns/majority-category.ts';
import { describe as describeText } from '../../src/patterns/signature.ts';

const wrapped = (body: string, name: string) =>
  `Hi there,\n\nI hope you are well. ${body}\n\nThanks in advance for your help!\n\nKind regards,\n${name}\nOffice Manager, Acme Ltd\nSent from my iPhone`;

describe('assignment to a pattern', () => {
  it('joins two phrasings of the same issue, be it put as a bug or as a question', () => {
    const inbox = createMemoryInbox();
    const first = inbox.assign(
      wrapped(
        'Exporting invoices to PDF fails with an error since Monday. The PDF export never finishes.',
        'Dana Reed',
      ),
    );
    const second = inbox.assign('Hello, why do I get an error when I export my invoices as PDF?');
    assert.equal(second, first);
  });

  it('keeps different issues apart that share greeting, courtesies and signature', () => {
    const inbox = createMemoryInbox();
    const bodies = [
      'The calendar shows meetings one hour late after the clocks changed.',
      'Could you add a dark theme to the mobile application?',
      'My teammate never received the invitation to our workspace.',
      'Where do I find the webhook secret in the settings?',
    ];
    const patterns = bodies.map((body) => inbox.assign(wrapped(body, 'Dana Reed')));
    assert.equal(new Set(patterns).size, bodies.length);
  });

  it('learns the form that an inbox puts into every message', () => {
    const form = 'Reported through the contact widget of your workspace.';
    const earlier = [
      'Printing shipping labels cuts the barcode on narrow thermal paper rolls.',
      'Duplicate contacts appear after merging two companies with equal domains.',
      'Our billing address shows the previous street although accounting corrected it.',
      'Dashboard charts load slowly when filtering by quarter and salesperson.',
      'Webhook deliveries repeat endlessly despite our server answering immediately.',
      'Holiday calendar ignores regional bank holidays in Scotland and Bavaria.',
      'Password reset links expire before colleagues in Australia wake up.',
      'Spreadsheet import drops columns with umlauts or emoji in headers.',
    ];
    const [one, other] = [`Shortcuts conflict. ${form}`, `Avatars blurry. ${form}`];

    const fresh = createMemoryInbox();
    assert.equal(fresh.assign(one), fresh.assign(other), 'an inbox that knows nothing takes the form for the issue');

    const inbox = createMemoryInbox();
    const patterns = [...earlier.map((issue) => `${issue} ${form}`), one, other].map((text) => inbox.assign(text));
    assert.equal(new Set(patterns).size, patterns.length);
  });

  it('does not see greeting and sign-off below a subject either', () => {
    const plain = 'Calendar sync stopped\nEvents no longer reach my phone.';
    const polite =
      'Calendar sync stopped\nDear support team,\nEvents no longer reach my phone.\nBest regards,\nTheodora';
    assert.deepEqual(describeText(polite), describeText(plain));
  });

  it('starts a pattern for a message that says nothing', () => {
    const inbox = createMemoryInbox();
    assert.notEqual(inbox.assign('Thanks!'), inbox.assign('Thank you so much.'));
  });

  it('takes the most similar candidate, and the smaller id of equal ones', () => {
    const signature = { vector: [['refund', 1]] satisfies [string, number][], length: 25 };
    const centroid = { terms: [['refund', 1]] satisfies [string, number][], members: 1 };
    const choice = choosePattern(signature, [
      { patternId: 'b', centroid },
      { patternId: 'a', centroid },
    ]);
    assert.deepEqual(choice, { kind: 'join', patternId: 'a', similarity: 1 });
    assert.deepEqual(choosePattern(signature, []), { kind: 'new' });
  });

  it('asks for more similarity of very short and of long texts', () => {
    assert.ok(joinThreshold(3) > joinThreshold(25));
    assert.ok(joinThreshold(200) > joinThreshold(25));
  });
});

describe('category of a pattern', () => {
  it('is what most insights say, the earlier of the list on a tie', () => {
    assert.equal(majorityCategory({ question: 3, bug: 1 }), 'question');
    assert.equal(majorityCategory({ question: 2, feature: 2 }), 'feature');
    assert.equal(majorityCategory({}), null);
  });
});
