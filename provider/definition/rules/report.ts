/** Takes a mistake, with its path. */
export type ReportProblem = (path: readonly PropertyKey[], message: string) => void;
