import { plainEmail } from '../domain/email.ts';
import { hashPassword } from '../security/passwords.ts';
import { readablePassword } from '../security/tokens.ts';
import { LOCAL_EMAIL } from './account.ts';
import { withStorage } from './installation.ts';

/** `npm run password:reset [-- EMAIL]`: a new password for a member of the local stack, which has to be running. */
const email = process.argv[2] ?? LOCAL_EMAIL;

await withStorage(async (storage) => {
  const password = readablePassword();
  const members = storage.connection.model('Member');
  const { matchedCount } = await members.updateOne(
    { email: plainEmail(email) },
    { $set: { passwordHash: await hashPassword(password) } },
  );
  if (matchedCount === 0) {
    console.error(`Nobody signs in as ${email}.`);
    process.exitCode = 1;
  } else {
    console.log(`The new password of ${email} is ${password}`);
  }
});
