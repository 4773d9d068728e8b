export type Mark = '✔' | '!' | '✖';

/** One line of what the doctor sees, and what helps where something is not as it should be. */
export type Finding = { check: string; mark: Mark; says: string; remedy?: string };

export const well = (check: string, says: string): Finding => ({ check, mark: '✔', says });

export const warned = (check: string, says: string, remedy: string): Finding => ({
  ...{ check, mark: '!', says },
  remedy,
});

export const wrong = (check: string, says: string, remedy: string): Finding => ({
  ...{ check, mark: '✖', says },
  remedy,
});

/** What a look-up that fails says; no stack. */
export async function orWrong(check: string, look: () => Promise<Finding>, remedy: string): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    return wrong(
      check,
      error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error),
      remedy,
    );
  }
}

export const lineOf = ({ check, mark, says, remedy }: Finding): string =>
  `${mark} ${check}: ${says}${remedy ? `\n    ${remedy}` : ''}`;
