/** Receives one line of progress, or of why a step did not work. */
export type Report = (line: string) => void;

/** One place a server's binary may come from. `find` throws the reason when it does not come from there. */
export interface Step {
  name: string;
  find: () => Promise<string>;
}

/** No step gave a working binary. The message lists each step with its reason, and what can be done. */
export class ServerNotFound extends Error {
  readonly server: string;

  constructor(server: string, failures: string[], remedies: string[]) {
    const numbered = remedies.map((remedy, index) => `  ${index + 1}. ${remedy}`);
    super(
      [
        `No working ${server} was found. Tried, in this order:`,
        ...failures.map((failure) => `  - ${failure}`),
        'Any one of these helps:',
        ...numbered,
      ].join('\n'),
    );
    this.name = 'ServerNotFound';
    this.server = server;
  }
}

export async function firstThatWorks(server: string, steps: Step[], remedies: string[], report: Report) {
  const failures: string[] = [];
  for (const step of steps) {
    try {
      return await step.find();
    } catch (error) {
      const failure = `${step.name}: ${reasonOf(error)}`;
      failures.push(failure);
      report(`${server}: ${failure}`);
    }
  }
  throw new ServerNotFound(server, failures, remedies);
}

/** An error's message in one line. */
export function reasonOf(error: unknown) {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().replace(/\s*\n\s*/g, ' ');
}
