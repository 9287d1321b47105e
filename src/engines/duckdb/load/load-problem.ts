/** Something of the log folder that could not be read: shown to a person, never a reason to stop. */
export interface LoadProblem {
  /** Path inside the log folder, with `/`. */
  file: string;
  /** From 1, where one line is at fault. */
  line?: number;
  message: string;
}

/** How many lines of one file are named; the rest is counted. */
export const namedLines = 20;
