/** What was typed into a box one below the other: without spaces around, each once. */
export const typedLines = (value: string, separator: RegExp) => [
  ...new Set(
    value
      .split(separator)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

export const readTags = (value: string) => typedLines(value, /[,\n]/);
export const TAGS_MISFIT = 'Use at most 20 tags of at most 60 characters.';
export const tagsFit = (tags: readonly string[]) => tags.length <= 20 && tags.every((tag) => tag.length <= 60);
