import { plural } from '../format.ts';
import { TAXONOMY_PATH } from '../links.ts';
import type { Shell } from '../props.ts';
import { Time } from './content.tsx';
import { PostButton } from './form.tsx';

export interface VersionRow {
  version: number;
  savedAt: Date;
  /** Null for the first, which nobody wrote. */
  savedBy: string | null;
  /** What is different from the version before, as words; empty for the first. */
  changes: readonly string[];
}

/** The versions of a taxonomy; every insight names the one it was made by. */
export function TaxonomyVersions({ shell, versions }: { shell: Shell; versions: readonly VersionRow[] }) {
  return (
    <section class="card aside" aria-labelledby="versions-heading">
      <h2 id="versions-heading">{plural(versions.length, 'version')}</h2>
      <p class="sub">A version holds for what is read from then on. Every insight names the one it was made by.</p>
      <ol class="version-list" reversed>
        {versions.map(({ version, savedAt, savedBy, changes }, index) => (
          <li key={version}>
            <strong>Version {version}</strong>
            {index === 0 && <span class="sub"> in force</span>}
            <span class="sub block">
              {savedBy ? (
                <>
                  <Time at={savedAt} clock={shell} /> by {savedBy}
                </>
              ) : (
                'What holds until somebody changes it'
              )}
            </span>
            {changes.length > 0 && <span class="block">{changes.join(', ')}</span>}
            {index > 0 && (
              <PostButton
                action={`${TAXONOMY_PATH}/restore`}
                csrfToken={shell.csrfToken}
                kind="quiet"
                fields={{ version: String(version) }}
                label={`Restore version ${version}`}
                confirm={`Make version ${version} the one in force? It is added as a new version.`}
              >
                Restore
              </PostButton>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
