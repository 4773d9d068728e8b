/** A mistake of whoever calls a script: said in one line, without a stack. */
export class UsageError extends Error {}
