/** Who asks: what stands in the headers of each of their requests. */
export type Caller = { headers: Record<string, string> };

/** What the API refused, with its code. */
export class Refused extends Error {
  override name = 'Refused';
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

interface Answer<D> {
  data?: D | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** How long each answer took to come, in milliseconds. */
export const waits: number[] = [];

export async function ask<D>({ headers }: Caller, query: string, variables: object = {}): Promise<D> {
  const begin = performance.now();
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    // As a manifest of trusted documents has it.
    body: JSON.stringify({ query: query.trim(), variables }),
  });
  const { data, errors }: Answer<D> = await answer.json();
  waits.push(performance.now() - begin);
  const [error] = errors ?? [];
  if (error) throw new Refused(error.message, error.extensions?.code ?? 'INTERNAL');
  if (!data) throw new Error(`POST /graphql answered ${answer.status}`);
  return data;
}

/** A file that only this caller may have: the key goes into the headers, and never into an address. */
export async function download({ headers }: Caller, path: string): Promise<void> {
  const answer = await fetch(path, { headers });
  if (!answer.ok) {
    const { errors }: Answer<never> = await answer.json();
    throw new Error(errors?.[0]?.message ?? `GET ${path} answered ${answer.status}`);
  }
  save(await answer.blob(), nameIn(path));
}

const nameIn = (path: string) => new URL(path, location.href).pathname.split('/').at(-1) ?? 'report';

function save(file: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken it up by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
