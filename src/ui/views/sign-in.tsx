import { OwnEmail } from '../components/account-fields.tsx';
import { Field, FormError, PostForm } from '../components/form.tsx';
import { PublicPage } from '../components/layout.tsx';
import type { SignInPageProps } from '../props.ts';

export function SignInPage({ shell, values, errors, returnTo }: SignInPageProps) {
  return (
    <PublicPage shell={shell} title="Sign in">
      <h1>Sign in</h1>
      <p class="lead">See what your customers report, ask for and stumble over.</p>
      <FormError errors={errors} />
      <PostForm action="/sign-in" csrfToken={shell.csrfToken} class="form">
        {returnTo && <input type="hidden" name="returnTo" value={returnTo} />}
        <OwnEmail value={values.email} errors={errors} />
        <Field
          id="password"
          name="password"
          label="Password"
          type="password"
          autocomplete="current-password"
          required
          errors={errors}
        />
        <button type="submit" class="button primary wide">
          Sign in
        </button>
      </PostForm>
      <p class="sub">Forgot your password? An administrator of your organization can add you again with a new one.</p>
    </PublicPage>
  );
}
