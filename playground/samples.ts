/** A query to start from, as the playground shows it and as the tests run it. */
export interface Sample {
  /** The file's name without its folder and ending. */
  id: string;
  name: string;
  about: string;
  query: string;
  variables: string;
  /** Needs a staff key. */
  staff: boolean;
}

/**
 * Reads a sample from `samples/…/1-its-name.graphql`: the first line of its comment is the name, the paragraph
 * below it says what it shows. Samples for staff lie in `samples/staff`.
 */
export function readSample(path: string, query: string, variables = '{}', today = new Date()): Sample {
  const [name = '', about = ''] = paragraphs(query);
  return {
    id: path.replace(/^.*\/|\.graphql$/g, '').replace(/^\d+-/, ''),
    name,
    about,
    query: query.trim(),
    variables: withDates(variables.trim(), today),
    staff: path.includes('/staff/'),
  };
}

/** Of the comment that a document begins with. */
function paragraphs(document: string) {
  const comment = /^(?:#.*\n)+/.exec(document)?.[0] ?? '';
  const text = comment.replace(/^# ?/gm, '');
  return text.split('\n\n').map((paragraph) => paragraph.trim().replaceAll('\n', ' '));
}

const DAY_MS = 24 * 3600 * 1000;

/** `{today-30}` becomes the day 30 days ago: a sample with fixed days would show nothing a year from now. */
function withDates(variables: string, today: Date) {
  const day = (later: number) => new Date(today.getTime() + later * DAY_MS).toISOString().slice(0, 10);
  return variables.replace(/\{today([+-]\d+)?\}/g, (_, days = '0') => day(Number(days)));
}

/** The headers of a sample's tab, as text to edit. */
export function sampleHeaders(sample: Sample, tenant: string | null, apiKey: string | null) {
  const headers = {
    ...(tenant && { 'x-tenant': tenant }),
    ...(sample.staff && { 'x-api-key': apiKey ?? 'a staff key: npm run api-key -- create --help' }),
  };
  return JSON.stringify(headers, null, 2);
}
