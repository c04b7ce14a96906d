import { API_USAGE_PATH, integrationHref } from '../links.ts';
import type { IntegrationPageProps } from '../props.ts';
import { PostForm, Select } from './form.tsx';

const CHOICES = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90];

/** How much of the account's calls is left for other apps. */
export function OtherAppsCard({ shell, integration, errors }: IntegrationPageProps) {
  const { integrationId, otherAppsPercent } = integration;
  const choices = [...new Set([...CHOICES, otherAppsPercent])].sort((a, b) => a - b);
  return (
    <section class="card" aria-labelledby="other-apps-heading">
      <h2 id="other-apps-heading">Calls to Help Scout</h2>
      <p class="sub">
        Help Scout limits the calls a minute of your whole account, all its apps together. We see what the others use
        and make way; leave them a fixed share if they need room at once.
      </p>
      <PostForm action={`${integrationHref(integrationId)}/other-apps`} csrfToken={shell.csrfToken} class="form">
        <Select
          id="other-apps"
          name="otherAppsPercent"
          label="Leave for other apps"
          value={String(otherAppsPercent)}
          options={choices.map((percent) => ({
            value: String(percent),
            text: percent === 0 ? 'Nothing fixed' : `${percent} %`,
          }))}
          errors={errors}
        />
        <button type="submit" class="button secondary">
          Save
        </button>
      </PostForm>
      <p>
        <a href={API_USAGE_PATH}>What we call at Help Scout</a>
      </p>
    </section>
  );
}
