/** Answers calls that arrive as JSON lines, so that a client keeps a process and its globals to itself. */

const { createInterface } = require('node:readline');

/** Walks each call's path from the client to a method, calls it and writes what it returned or threw. */
async function serve(client, toJson = (value) => value) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { path, args } = JSON.parse(line);
    console.log(JSON.stringify(await answer(client, path, args, toJson)));
  }
}

async function answer(client, path, args, toJson) {
  try {
    const owner = path.slice(0, -1).reduce((target, step) => target[step], client);
    return { value: toJson(await owner[path.at(-1)](...args)) ?? null };
  } catch (error) {
    return { error: { type: error.name, message: error.message } };
  }
}

module.exports = { serve };
