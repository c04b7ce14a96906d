import { formatCount, plural } from '../format.ts';
import { LOG_PATH, logHref } from '../links.ts';
import type { LogFilter } from '../log-filter.ts';
import type { Shell } from '../props.ts';
import { Field, PostButton, PostForm } from './form.tsx';

/** A filter with a name, as a link. */
export interface LogTool {
  text: string;
  filter: Partial<LogFilter>;
  count: number;
}

export interface SavedView {
  viewId: string;
  name: string;
  /** Query string of the log, without `?`. */
  query: string;
}

export interface LogToolsProps {
  shell: Shell;
  filter: LogFilter;
  quick: readonly LogTool[];
  savedViews: readonly SavedView[];
}

/** Filters that are there already: asked every morning, or saved under a name. */
export function LogTools({ shell, filter, quick, savedViews }: LogToolsProps) {
  const here = logHref({ ...filter, before: null });
  return (
    <div id="log-tools" class="log-tools">
      <nav class="quick-filters" aria-label="Quick filters">
        {quick.map((tool) => {
          const href = logHref(tool.filter);
          return (
            <a key={tool.text} class="chip" href={href} aria-current={href === here ? 'page' : undefined}>
              {tool.text}
              <span class="chip-count">
                {formatCount(tool.count)}
                <span class="visually-hidden"> {tool.count === 1 ? 'event' : 'events'}</span>
              </span>
            </a>
          );
        })}
      </nav>
      <div class="log-side">
        <details class="popover" name="log-popover">
          <summary class="button secondary">
            Saved views{savedViews.length > 0 && ` (${formatCount(savedViews.length)})`}
          </summary>
          <div class="popover-panel">
            {savedViews.length === 0 ? (
              <p class="sub">Save the filters you come back to; only you see them.</p>
            ) : (
              <ul class="view-list" aria-label={plural(savedViews.length, 'saved view')}>
                {savedViews.map((view) => (
                  <li key={view.viewId}>
                    <a href={`${LOG_PATH}?${view.query}`}>{view.name}</a>
                    <PostButton
                      action={`${LOG_PATH}/views/${encodeURIComponent(view.viewId)}/remove`}
                      csrfToken={shell.csrfToken}
                      kind="quiet"
                      label={`Remove ${view.name}`}
                    >
                      Remove
                    </PostButton>
                  </li>
                ))}
              </ul>
            )}
            <PostForm action={`${LOG_PATH}/views`} csrfToken={shell.csrfToken} class="view-form">
              <input type="hidden" name="query" value={here.split('?')[1] ?? ''} />
              <Field
                id="view-name"
                name="name"
                label="Save these filters as"
                required
                maxLength={60}
                autocomplete="off"
              />
              <button type="submit" class="button secondary">
                Save view
              </button>
            </PostForm>
          </div>
        </details>
        <details class="popover" name="log-popover">
          <summary class="button secondary">Export</summary>
          <div class="popover-panel">
            <p class="sub">All rows of these filters, newest first, of any number.</p>
            <p class="button-row">
              <a
                class="button secondary"
                href={logHref({ ...filter, before: null }, `${LOG_PATH}/export.csv`)}
                download
              >
                CSV
              </a>
              <a
                class="button secondary"
                href={logHref({ ...filter, before: null }, `${LOG_PATH}/export.ndjson`)}
                download
              >
                NDJSON
              </a>
            </p>
            <p class="sub">CSV opens in Excel; texts that look like formulas are marked with an apostrophe.</p>
          </div>
        </details>
      </div>
    </div>
  );
}
