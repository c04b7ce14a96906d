import { withStorage } from '../installation.ts';
import { grantRole } from './grant-role.ts';

/** `npm run member:role -- EMAIL ROLE`: on the local stack while it runs, or on the database that MONGODB_URI names. */
const [email, role] = process.argv.slice(2);
if (!email || !role) {
  console.error('Say who, and what: npm run member:role -- EMAIL ROLE');
  process.exit(1);
}
await withStorage(async (storage) => {
  const { done, text } = await grantRole(storage, email, role);
  if (done) console.log(text);
  else console.error(text);
  process.exitCode = done ? 0 : 1;
});
