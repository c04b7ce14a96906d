import { MongoBinary } from 'mongodb-memory-server-core';

/**
 * Run as a process of its own, so that a download that hangs can be ended: downloads MongoDB's own server into the
 * folder named by the first argument, unless it is there, and prints the path of `mongod`.
 */
const downloadDir = process.argv[2];
if (!downloadDir) throw new Error('Usage: download-mongod DIRECTORY');
process.stdout.write(await MongoBinary.getPath({ downloadDir }));
