import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const PROJECT_DIR = fileURLToPath(new URL('../../', import.meta.url));

/** Programs installed for this repository alone; git ignores it, removing it only costs a new download. */
export const LOCAL_DIR = resolve(PROJECT_DIR, '.local');

/** What `npm start` keeps: databases, generated secrets, logs. Removing it starts over. */
export const DATA_DIR = resolve(PROJECT_DIR, '.data');
