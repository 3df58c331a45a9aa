/** Takes a mistake, with its path. */
export type Report = (path: readonly PropertyKey[], message: string) => void;
