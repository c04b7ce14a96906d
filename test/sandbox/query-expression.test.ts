import assert from 'node:assert/strict';
import { type Expression, parseQuery, QueryError } from '../../src/sandbox/http/query-expression.ts';
import { numberRangeOf, timeRangeOf, wordMatcher } from '../../src/sandbox/http/query-values.ts';

const NOW = Date.parse('2026-11-22T07:00:00Z');

/** An expression on one line: `(a and (b or not c))`. */
function written(expression: Expression): string {
  if (expression.kind === 'not') return `not ${written(expression.of)}`;
  if ('of' in expression) {
    return `(${expression.of.map(written).join(` ${expression.kind} `)})`;
  }
  const field = expression.field === null ? '' : `${expression.field}:`;
  if (expression.kind === 'term') return `${field}${expression.value}`;
  const { min, max } = expression;
  return `${field}${min.isIncluded ? '[' : '{'}${min.value} ${max.value}${max.isIncluded ? ']' : '}'}`;
}

function leafOf(text: string) {
  const expression = parseQuery(text);
  assert.ok(expression.kind === 'term' || expression.kind === 'range');
  return expression;
}

const timesOf = (text: string) => {
  const { min, max } = timeRangeOf(leafOf(text), NOW);
  return [min, max].map((ms) => (Number.isFinite(ms) ? new Date(ms).toISOString() : ms));
};

describe('sandbox: search expressions', () => {
  it('reads fields, phrases, groups and operators, AND before OR', () => {
    const cases = {
      'subject:"export fails"': 'subject:export fails',
      '(tag:a AND tag:b)': '(tag:a and tag:b)',
      'tag:a AND tag:b OR tag:c AND tag:d': '((tag:a and tag:b) or (tag:c and tag:d))',
      'tag:a OR tag:b AND NOT tag:c': '(tag:a or (tag:b and not tag:c))',
      'NOT tag:a AND tag:b': '(not tag:a and tag:b)',
      'tag:a OR NOT (tag:b OR tag:c)': '(tag:a or not (tag:b or tag:c))',
      'tag:a tag:b -tag:c': '(tag:a and tag:b and not tag:c)',
      'tag:(a OR b)': '(tag:a or tag:b)',
      'slow export': '(slow and export)',
      'id:[1 TO 5}': 'id:[1 5}',
      'modifiedAt:[NOW-1HOUR TO *]': 'modifiedAt:[NOW-1HOUR *]',
    };
    for (const [text, expected] of Object.entries(cases)) assert.equal(written(parseQuery(text)), expected, text);
  });

  it('refuses what is not an expression', () => {
    for (const text of ['(a OR', 'subject:', ')', '', 'a AND', '(a OR)', 'NOT', '"open']) {
      assert.throws(() => parseQuery(text), QueryError, text);
    }
  });

  it('takes a date, month or year for all of it, and counts from now', () => {
    assert.deepEqual(timesOf('at:2026-11'), ['2026-11-01T00:00:00.000Z', '2026-11-30T23:59:59.999Z']);
    assert.deepEqual(timesOf('at:2025'), ['2025-01-01T00:00:00.000Z', '2025-12-31T23:59:59.999Z']);
    assert.deepEqual(timesOf('at:[2026-01-01T00:00:00Z TO *]'), ['2026-01-01T00:00:00.000Z', Infinity]);
    assert.deepEqual(timesOf('at:{2026-01-01 TO 2026-02-01}'), [
      '2026-01-02T00:00:00.000Z',
      '2026-01-31T23:59:59.999Z',
    ]);
    assert.deepEqual(timesOf('at:[NOW-1HOUR TO NOW]'), ['2026-11-22T06:00:00.000Z', '2026-11-22T07:00:00.000Z']);
    assert.deepEqual(timesOf('at:[* TO NOW-2DAYS+1HOUR]'), [-Infinity, '2026-11-20T08:00:00.000Z']);
    for (const text of ['at:yesterday', 'at:[NOW-1FORTNIGHT TO *]', 'at:[2026-01 TO soon]']) {
      assert.throws(() => timeRangeOf(leafOf(text), NOW), QueryError, text);
    }
  });

  it('takes whole numbers and ranges of them', () => {
    assert.deepEqual(numberRangeOf(leafOf('id:7')), { min: 7, max: 7 });
    assert.deepEqual(numberRangeOf(leafOf('id:{7 TO 9}')), { min: 8, max: 8 });
    assert.throws(() => numberRangeOf(leafOf('id:seven')), QueryError);
  });

  it('finds whole words in any case, and phrases over line ends', () => {
    const has = (value: string, text: string, isPhrase = false) => wordMatcher({ value, isPhrase })(text);
    assert.equal(has('export', 'The EXPORT, again'), true);
    assert.equal(has('port', 'The export'), false);
    assert.equal(has('exp*', 'The export'), true);
    assert.equal(has('über', 'ÜBER alles'), true);
    assert.equal(has('no luck', 'had no\n luck today', true), true);
    assert.equal(has('a.b(c)', 'see a.b(c)!'), true);
    assert.equal(has('2026-11', 'in 2026-11 it broke'), true);
    assert.equal(has('*por*', 'The exports'), true);
    assert.equal(has('e*t fail*', 'The export\nfailed', true), true);
    assert.equal(has('e*t fail', 'The export failed', true), false);
  });

  it('is done soon with any expression, or refuses it', () => {
    const text = `${'a'.repeat(5000)} ${'aaaa '.repeat(2000)}b`;
    for (const value of ['*'.repeat(400), 'a*a*c', '*c', 'a* '.repeat(100), 'a*a* '.repeat(90)]) {
      assert.equal(wordMatcher({ value: `${value}x`, isPhrase: value.includes(' ') })(text), false);
    }
    for (const value of ['a*'.repeat(3), 'a'.repeat(501)]) {
      assert.throws(() => wordMatcher({ value, isPhrase: false }), QueryError);
    }
    assert.throws(() => parseQuery('a '.repeat(2001)), QueryError);
    for (const deep of [`${'('.repeat(1900)}a${')'.repeat(1900)}`, `${'NOT '.repeat(900)}a`]) parseQuery(deep);
  });
});
