import type { PageSettings } from '../../src/platform/http/pages-settings.ts';
import { element } from '../element.ts';
import type { Caller } from './api.ts';
import { callerByKey, callerByPassword } from './session.ts';

/** Two ways in: an API key, or an account of the staff. `enter` throws what is wrong with a caller. */
export function signInForms(
  { defaultTenant }: PageSettings,
  why: string,
  enter: (caller: Caller) => Promise<void>,
): HTMLElement {
  const fault = element('p', { class: 'fault', role: 'alert' }, why);
  const key = field('API key', { name: 'key', type: 'password', autocomplete: 'off', required: '' });
  const shop = field('Shop', { name: 'shop', autocomplete: 'organization', value: defaultTenant ?? '' });
  const email = field('E-mail', { name: 'email', type: 'email', autocomplete: 'username', required: '' });
  const password = field('Password', {
    ...{ name: 'password', type: 'password', autocomplete: 'current-password', required: '' },
  });
  const withKey = form('With an API key', [key], async () => callerByKey(textIn(key)));
  const withPassword = form('With an account', [shop, email, password], () =>
    callerByPassword(textIn(shop), textIn(email), textIn(password)),
  );

  function form(title: string, fields: HTMLElement[], callerOf: () => Promise<Caller>) {
    const button = element('button', { class: 'button' }, 'Show the figures');
    const made = element('form', { class: 'card' }, element('h2', {}, title), ...fields, button);
    made.addEventListener('submit', (event) => {
      event.preventDefault();
      button.disabled = true;
      fault.textContent = '';
      callerOf()
        .then(enter)
        .catch((error: Error) => {
          fault.textContent = error.message;
          button.disabled = false;
        });
    });
    return made;
  }

  const what = element(
    'p',
    { class: 'lead' },
    'For the shop’s staff. What you enter stays in this tab, and goes to this server alone.',
  );
  return element(
    'div',
    { class: 'sign-in' },
    ...[element('h1', {}, 'Insights'), what, fault],
    element('div', { class: 'ways' }, withKey, withPassword),
  );
}

const field = (label: string, attributes: Record<string, string>) =>
  element('label', {}, label, element('input', attributes));

const textIn = (label: HTMLElement): string => label.querySelector('input')?.value ?? '';
