import assert from 'node:assert/strict';
import { SYNC_ERROR_TEXT } from '../../src/domain/sync-error-text.ts';
import type { SyncStatus } from '../../src/domain/sync-event.ts';
import { Cause } from '../../src/ui/components/log-cause.tsx';
import { renderPage } from '../../src/ui/index.ts';
import { DUPLICATES_PATH } from '../../src/ui/links.ts';

describe('what a row of the log says comes next', () => {
  const said = (status: SyncStatus, code: keyof typeof SYNC_ERROR_TEXT) =>
    renderPage(Cause({ status, error: { code, ...SYNC_ERROR_TEXT[code] } }));

  it('is a try by itself only while there is one', () => {
    for (const status of ['pending', 'retrying'] as const) {
      assert.match(said(status, 'helpScoutUnavailable'), /It is tried again by itself\./);
    }
    for (const status of ['failed', 'skipped', 'success'] as const) {
      const text = said(status, 'helpScoutUnavailable');
      assert.doesNotMatch(text, /by itself/);
      assert.match(text, /Retry when Help Scout works again/);
    }
  });

  it('is a person’s decision for a ticket that was held back', () => {
    const text = said('skipped', 'duplicateSubmission');
    assert.match(text, /waits for a person/);
    assert.ok(text.includes(`href="${DUPLICATES_PATH}"`));
  });
});
