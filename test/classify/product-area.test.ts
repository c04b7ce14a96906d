import assert from 'node:assert/strict';
import { productAreaOf } from '../../src/classify/product-area.ts';

const area = (name: string, ...keywords: string[]) => ({ name, keywords });

describe('the product area', () => {
  it('is found by keywords and phrases that customers use for it', () => {
    const areas = [area('Billing', 'credit card', 'charged'), area('Mobile app', 'iPhone')];
    assert.equal(productAreaOf('My credit cards are not accepted.', areas), 'Billing');
    assert.equal(productAreaOf('It closes on my iphone.', areas), 'Mobile app');
    assert.equal(productAreaOf('The card of my contact shows no credit.', areas), null);
  });

  it('is the first of the list when two are spoken of alike', () => {
    assert.equal(productAreaOf('Reports and imports', [area('Imports'), area('Reports')]), 'Imports');
  });
});
