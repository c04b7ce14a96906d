import assert from 'node:assert/strict';
import { BLOCKS, extractFeatures } from '../../src/classify/features.ts';
import { speechActsOf } from '../../src/classify/speech-acts.ts';

describe('the features of a text', () => {
  it('are the same whatever the case, the digits, the addresses of pages and the kind of apostrophe', () => {
    assert.deepEqual(
      extractFeatures('It DOESN’T load https://one.example/a in version 12'),
      extractFeatures("it doesn't load https://two.example/bcd in version 3"),
    );
  });

  it('have phrases that do not depend on what a product calls its things', () => {
    const { phrases } = extractFeatures('Please add a way to export the ledger of depots');
    assert.deepEqual(phrases, extractFeatures('please add a way to export the roster of nurses').phrases);
    assert.notDeepEqual(phrases, extractFeatures('why is there no way to export the roster of nurses').phrases);
  });

  it('tell the beginning of a text from what comes later', () => {
    const long = 'we have been customers for many years and use it in all of our shops every single day. ';
    const [first, last] = [extractFeatures(`how do i pay? ${long}`), extractFeatures(`${long} how do i pay?`)];
    assert.notDeepEqual(first.opening, last.opening);
    assert.deepEqual(extractFeatures(`${long}${long}`).opening, extractFeatures(long).opening);
  });

  it('share no id between blocks', () => {
    const features = extractFeatures('It crashes and fails. Please fix the docs! How do I export?');
    const ids = BLOCKS.flatMap((block) => [...features[block].keys()]);
    assert.equal(new Set(ids).size, ids.length);
  });
});

describe('speech acts', () => {
  it('are found through groups of words, and by where they stand', () => {
    const found = speechActsOf(
      'add an option to hide tasks\nthere are too many lines. it would be great if i could choose',
    );
    for (const act of ['starts:add', 'opening:ability', 'says:wouldBe', 'ending:wouldBe', 'says:lacks'])
      assert.ok(found.includes(act), act);
    assert.ok(!found.includes('opening:wouldBe'));
  });

  it('count what is said again and again', () => {
    const found = speechActsOf('it crashes, then it hangs, then it fails, and then it freezes');
    for (const act of ['says:fails', 'repeats:fails', 'insists:fails']) assert.ok(found.includes(act), act);
  });
});
