import { connectStorage } from '../../storage/storage.ts';
import { DATA_DIR } from '../paths.ts';
import { readRunFile } from '../run-file.ts';
import { grantRole } from './grant-role.ts';

/** `npm run member:role -- EMAIL ROLE`: on the local stack while it runs, or on the database that MONGODB_URI names. */
const [email, role] = process.argv.slice(2);
const mongodbUri = process.env.MONGODB_URI || (await readRunFile(DATA_DIR))?.mongodbUri;
if (!email || !role) {
  console.error('Say who, and what: npm run member:role -- EMAIL ROLE');
  process.exit(1);
}
if (!mongodbUri) {
  console.error('Start the local stack first (npm start), or name the database by MONGODB_URI.');
  process.exit(1);
}
const storage = await connectStorage(mongodbUri);
try {
  const { done, text } = await grantRole(storage, email, role);
  if (done) console.log(text);
  else console.error(text);
  process.exitCode = done ? 0 : 1;
} finally {
  await storage.close();
}
