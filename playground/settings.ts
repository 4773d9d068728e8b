import type { PageSettings } from '../src/platform/http/pages-settings.ts';

/** What this server says of itself. */
export async function loadSettings(): Promise<PageSettings> {
  const answer = await fetch('/playground/config.json');
  if (!answer.ok) throw new Error(`GET /playground/config.json answered ${answer.status}`);
  return answer.json();
}
