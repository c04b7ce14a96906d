import assert from 'node:assert/strict';
import { preparedText } from '../../src/domain/record-message.ts';

describe('the greeting of a prepared reply', () => {
  const greeting = (customerName: string | null) =>
    preparedText('reply', { kind: 'bug', number: 1, title: 'Export fails', status: 'done' }, { customerName }).split(
      '\n',
    )[0];

  it('names people by their first name', () => {
    assert.equal(greeting('Ada Lovelace'), 'Hello Ada,');
    assert.equal(greeting(' Jean-Paul Sartre'), 'Hello Jean-Paul,');
    assert.equal(greeting('Bo'), 'Hello Bo,');
  });

  it('names nobody by an initial, or by nothing', () => {
    for (const name of ['A Lovelace', 'A. Lovelace', 'É.', 'J.P. Doe', 'J.-P. Doe', '', '  ', null]) {
      assert.equal(greeting(name), 'Hello,', String(name));
    }
  });
});
