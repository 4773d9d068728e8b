import type { PageSettings } from '../../src/platform/http/pages-settings.ts';
import { element } from '../element.ts';
import { loadSettings } from '../settings.ts';
import { copyOnClick, curlCommand } from './curl.ts';
import { shopSection } from './shop-section.ts';
import { showStatus } from './status.ts';

const byId = (id: string) => document.querySelector<HTMLElement>(`#${id}`) ?? document.body;

showStatus(byId('status'));
copyOnClick(byId('copy'), () => byId('curl').textContent ?? '');
loadSettings().then(show, (error: Error) =>
  byId('shops').append(element('p', { class: 'note' }, error.message)),
);

function show(settings: PageSettings) {
  byId('version').textContent = settings.version;
  byId('environment').textContent = settings.environment;
  byId('curl').textContent = curlCommand(location.origin, settings.defaultTenant ?? 'YOUR-SHOP');
  byId('shops').append(...settings.tenants.map((shop) => shopSection(shop, settings)));
  if (!settings.playground)
    for (const link of document.querySelectorAll('a[href="/playground"]')) link.remove();
}
