/** Limits of a poll, constants of the protocol. */
export const MIN_OPTIONS = 2;
export const MAX_OPTIONS = 10;
export const MAX_OPTION_LENGTH = 100;
