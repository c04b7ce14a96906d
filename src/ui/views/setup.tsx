import { NewPassword, OwnEmail } from '../components/account-fields.tsx';
import { Field, FormError, PostForm } from '../components/form.tsx';
import { PublicPage } from '../components/layout.tsx';
import type { SetupPageProps } from '../props.ts';

export function SetupPage({ shell, values, errors }: SetupPageProps) {
  return (
    <PublicPage shell={shell} title="Set up">
      <h1>Set up your organization</h1>
      <p class="lead">
        One minute: name your organization and make the first administrator. You connect Help Scout right after.
      </p>
      <FormError errors={errors} />
      <PostForm action="/setup" csrfToken={shell.csrfToken} class="form">
        <Field
          id="organization-name"
          name="organizationName"
          label="Organization"
          value={values.organizationName}
          placeholder="Acme Inc."
          autocomplete="organization"
          required
          errors={errors}
        />
        <Field
          id="name"
          name="name"
          label="Your name"
          value={values.name}
          autocomplete="name"
          required
          errors={errors}
        />
        <OwnEmail value={values.email} errors={errors} />
        <NewPassword id="password" label="Password" help="At least 12 characters." errors={errors} />
        <button type="submit" class="button primary wide">
          Create organization
        </button>
      </PostForm>
    </PublicPage>
  );
}
