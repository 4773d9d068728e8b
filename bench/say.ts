/** Results belong to stdout; what is under way is told on stderr. */
export const say = (line: string) => console.error(line);
