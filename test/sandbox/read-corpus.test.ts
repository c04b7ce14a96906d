import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CorpusFileError, readCorpusFile } from '../../src/sandbox/read-corpus.ts';

describe('sandbox: corpus file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function file(content: string): string {
    const path = join(folder, 'corpus.jsonl');
    writeFileSync(path, content);
    return path;
  }

  it('takes a byte order mark, Windows line ends, empty lines, number ids and unknown fields', async () => {
    const lines = await readCorpusFile(
      file('\ufeff{"id": 1, "text": "one", "group": "g"}\r\n\r\n{"id": "b", "text": "two"}\r\n'),
    );
    assert.deepEqual(lines, [
      { id: '1', text: 'one' },
      { id: 'b', text: 'two' },
    ]);
  });

  it('names file, line and reason of a bad line, without its text', async () => {
    const cases: [string, RegExp][] = [
      ['{"id": 1, "text": "a"}\n{"id": 2, "txt": "secret words"}', /corpus\.jsonl:2: text: /],
      ['{"id": 1, "text": secret words', /corpus\.jsonl:1: is not JSON/],
      ['{"id": 1, "text": "a"}\n\n{"id": "1", "text": "secret words"}', /corpus\.jsonl:3: .* line 1$/],
      ['{"id": 1, "text": "a", "threads": []}', /corpus\.jsonl:1: threads: /],
      ['"secret words"', /corpus\.jsonl:1: /],
    ];
    for (const [content, message] of cases) {
      await assert.rejects(readCorpusFile(file(content)), (error) => {
        assert.ok(error instanceof CorpusFileError);
        assert.match(error.message, message);
        assert.equal(error.message.includes('secret words'), false);
        return true;
      });
    }
    await assert.rejects(readCorpusFile(join(folder, 'none.jsonl')), /none\.jsonl: cannot be read \(ENOENT\)/);
  });
});
