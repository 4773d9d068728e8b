/** A command to paste, for the server that this page came from. */
export function curlCommand(origin: string, tenant: string) {
  const query = '{ products(first: 3) { nodes { name priceRange { min { formatted } } } } }';
  return [
    `curl ${origin}/graphql`,
    "-H 'content-type: application/json'",
    `-H 'x-tenant: ${tenant}'`,
    `-d '${JSON.stringify({ query })}'`,
  ].join(' \\\n  ');
}

export function copyOnClick(button: HTMLElement, text: () => string) {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text());
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
}
