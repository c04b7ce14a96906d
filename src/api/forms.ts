import { z } from 'zod';
import { PASSWORD_LENGTH } from '../security/passwords.ts';

export const nameField = (what: string) =>
  z.string(`Enter ${what}.`).trim().min(1, `Enter ${what}.`).max(120, 'Use at most 120 characters.');

export const emailField = z
  .string('Enter an e-mail address.')
  .trim()
  .max(254, 'Use at most 254 characters.')
  .pipe(z.email('Enter an e-mail address, such as ada@example.com.'));

/** A password that is chosen now; signing in takes any. */
export const newPasswordField = z
  .string('Choose a password.')
  .min(PASSWORD_LENGTH.min, `Use at least ${PASSWORD_LENGTH.min} characters.`)
  .max(PASSWORD_LENGTH.max, `Use at most ${PASSWORD_LENGTH.max} characters.`);
