import { createRecord } from './create-record.ts';
import { labelEndpoints } from './label.ts';
import { mergeEndpoints } from './merge.ts';
import { showPattern } from './pattern.ts';
import { showPatterns } from './patterns.ts';
import { splitEndpoints } from './split.ts';
import { undo } from './undo.ts';

/** Patterns, and what people decide about them. */
export const patternEndpoints = [
  showPatterns,
  showPattern,
  ...mergeEndpoints,
  ...splitEndpoints,
  ...labelEndpoints,
  undo,
  createRecord,
];
