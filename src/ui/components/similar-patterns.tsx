import { formatPercent } from '../format.ts';
import { patternHref } from '../links.ts';
import type { PatternLink, PatternPageProps, Shell, SuggestedPair } from '../props.ts';
import { PostButton } from './form.tsx';

type Props = Pick<PatternPageProps, 'shell' | 'pattern' | 'similar'> & { mayChange: boolean };

/** Patterns that may be the same as this one: merging is for people to decide. */
export function SimilarPatterns({ shell, pattern, similar, mayChange }: Props) {
  if (similar.length === 0) return null;
  return (
    <section class="card" aria-labelledby="similar-heading">
      <h2 id="similar-heading">May be the same</h2>
      <ul class="pattern-pairs">
        {similar.map(({ pattern: other, similarity }) => (
          <li key={other.patternId}>
            <span>
              <a href={patternHref(other.patternId)}>{other.title}</a>{' '}
              <span class="sub">{formatPercent(similarity)} alike</span>
            </span>
            {mayChange && <PairButtons shell={shell} from={other} into={pattern} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Pairs over all patterns, above their list. */
export function SuggestedPairs({
  shell,
  pairs,
  mayChange,
}: {
  shell: Shell;
  pairs: readonly SuggestedPair[];
  mayChange: boolean;
}) {
  if (pairs.length === 0) return null;
  return (
    <details class="card">
      <summary>May be the same ({pairs.length})</summary>
      <ul class="pattern-pairs">
        {pairs.map(({ a, b, similarity }) => (
          <li key={`${a.patternId} ${b.patternId}`}>
            <span>
              <a href={patternHref(a.patternId)}>{a.title}</a> and <a href={patternHref(b.patternId)}>{b.title}</a>{' '}
              <span class="sub">{formatPercent(similarity)} alike</span>
            </span>
            {mayChange && <PairButtons shell={shell} from={b} into={a} />}
          </li>
        ))}
      </ul>
    </details>
  );
}

function PairButtons({ shell, from, into }: { shell: Shell; from: PatternLink; into: PatternLink }) {
  const path = patternHref(from.patternId);
  return (
    <div class="button-row">
      <PostButton
        action={`${path}/merge`}
        csrfToken={shell.csrfToken}
        fields={{ into: into.patternId }}
        label={`Merge: ${from.title} into ${into.title}`}
      >
        Merge
      </PostButton>
      <PostButton
        action={`${path}/keep-apart`}
        csrfToken={shell.csrfToken}
        kind="quiet"
        fields={{ other: into.patternId }}
        label={`Not the same: ${from.title} and ${into.title}`}
      >
        Not the same
      </PostButton>
    </div>
  );
}
