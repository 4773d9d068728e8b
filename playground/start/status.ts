const EVERY_MS = 10_000;

/** Keeps the badge true: what /readyz says now, and again as long as the page is looked at. */
export function showStatus(badge: HTMLElement) {
  const look = async () => {
    if (document.hidden) return;
    const [state, text] = await askReadiness();
    badge.dataset.state = state;
    if (badge.textContent !== text) badge.textContent = text;
  };
  look();
  setInterval(look, EVERY_MS);
  document.addEventListener('visibilitychange', look);
}

async function askReadiness(): Promise<[state: string, text: string]> {
  try {
    const answer = await fetch('/readyz', { cache: 'no-store' });
    return answer.ok ? ['ready', 'Ready'] : ['waiting', `Not ready (${answer.status})`];
  } catch {
    return ['gone', 'No answer'];
  }
}
