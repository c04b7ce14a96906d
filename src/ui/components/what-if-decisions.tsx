import { plural } from '../format.ts';
import { whatIfHref } from '../links.ts';
import type { WhatIfPageProps } from '../views/insights/what-if.tsx';
import { PostButton } from './form.tsx';

/** How it stands, in one line. */
export function whatIfSentence({
  whatIf: { state, decidedBy },
  summary: { differing },
  isStale,
  mayUndo,
}: WhatIfPageProps): string {
  const by = decidedBy ? ` by ${decidedBy}` : '';
  switch (state) {
    case 'running':
      return 'Reads the conversations another way. Nobody sees anything of it.';
    case 'waiting':
      return 'Waits: the day’s cost limit is reached. It goes on by itself.';
    case 'ready':
      if (isStale) return 'Something else was published since. Run it again to publish it.';
      return differing === 0
        ? 'Nothing would be seen otherwise.'
        : `${plural(differing, 'conversation')} would be seen otherwise. Nothing is changed before you publish it.`;
    case 'stopped':
      return `Stopped${by}. Nothing was changed.`;
    case 'failed':
      return 'It did not get to the end. Nothing was changed.';
    case 'publishing':
      return 'Is made ready aside. Everybody sees it at once, in a moment.';
    case 'published':
      return `Published${by}. ${mayUndo ? 'It can be taken back until something else is published.' : 'Something else is in force now.'}`;
    case 'undoing':
      return 'What was before comes back in a moment, with what has arrived since.';
    case 'undone':
      return `Taken back${by}. Insights, patterns, taxonomy and settings are as before.`;
    case 'discarded':
      return `Discarded${by}. Everything is as it was.`;
  }
}

/** What can be done about it now. */
export function WhatIfDecisions({ shell: { csrfToken }, whatIf, mayUndo, isStale, summary }: WhatIfPageProps) {
  const here = whatIfHref(whatIf.whatIfId);
  const { state, changes } = whatIf;
  const isRunning = state === 'running' || state === 'waiting';
  const mayPublish =
    state === 'ready' && !isStale && (summary.asked > 0 || summary.differing > 0 || changes.length > 0);
  return (
    <div class="button-row decision">
      {mayPublish && (
        <PostButton
          action={`${here}/publish`}
          csrfToken={csrfToken}
          kind="primary"
          confirm="Publish this? Insights, patterns, taxonomy and settings change for everybody at once. You can undo it."
        >
          Publish
        </PostButton>
      )}
      {mayUndo && (
        <PostButton
          action={`${here}/undo`}
          csrfToken={csrfToken}
          confirm="Take this back? What was before is shown again, with what has arrived since."
        >
          Undo publishing
        </PostButton>
      )}
      {isRunning && (
        <PostButton action={`${here}/stop`} csrfToken={csrfToken}>
          Stop
        </PostButton>
      )}
      {(state === 'ready' || state === 'stopped' || state === 'failed' || state === 'undone') && (
        <PostButton action={`${here}/discard`} csrfToken={csrfToken} kind="danger">
          Discard
        </PostButton>
      )}
    </div>
  );
}
