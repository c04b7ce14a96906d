import { patternChangeHref, patternHref } from '../links.ts';
import type { PatternHistoryRow, Shell } from '../props.ts';
import { Time } from './content.tsx';
import { PostButton } from './form.tsx';

interface PatternHistoryProps {
  shell: Shell;
  rows: readonly PatternHistoryRow[];
  /** Whether the person may take decisions back. */
  mayUndo: boolean;
}

/** What was decided about a pattern, by whom and why; each decision that holds can be taken back. */
export function PatternHistory({ shell, rows, mayUndo }: PatternHistoryProps) {
  return (
    <section class="card" id="history" aria-labelledby="history-heading">
      <h2 id="history-heading">History</h2>
      {rows.length === 0 ? (
        <p class="sub">Nobody has changed this pattern. Its conversations were put together by what they say.</p>
      ) : (
        <ol class="pattern-history">
          {rows.map((row) => (
            <li key={row.changeId}>
              <div>
                <p class={row.undone ? 'undone' : undefined}>
                  {row.text}
                  {row.other && (
                    <>
                      {' '}
                      <a href={patternHref(row.other.patternId)}>{row.other.title}</a>
                    </>
                  )}
                </p>
                <p class="sub">
                  {row.by ?? 'Automatic'}, <Time at={row.at} clock={shell} />
                  {row.reason && `: ${row.reason}`}
                </p>
                {row.undone && (
                  <p class="sub">
                    Taken back by {row.undone.by}, <Time at={row.undone.at} clock={shell} />
                  </p>
                )}
              </div>
              {mayUndo && !row.undone && <UndoButton shell={shell} row={row} />}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** Takes a decision back. */
export function UndoButton({ shell, row }: { shell: Shell; row: PatternHistoryRow }) {
  return (
    <PostButton
      action={`${patternChangeHref(row.changeId)}/undo`}
      csrfToken={shell.csrfToken}
      label={`Undo: ${row.text}${row.other ? ` ${row.other.title}` : ''}`}
    >
      Undo
    </PostButton>
  );
}
