import type { PageSettings } from '../../src/platform/http/pages-settings.ts';
import { element } from '../element.ts';
import { loadSettings } from '../settings.ts';
import { ask, type Caller, Refused } from './api.ts';
import { board } from './board.ts';
import { note } from './card.ts';
import CALLER from './queries/caller.graphql?raw';
import type { Shop } from './sales.ts';
import { keep, knownCaller, signOut } from './session.ts';
import { signInForms } from './sign-in.ts';

const byId = (id: string) => document.querySelector<HTMLElement>(`#${id}`) ?? document.body;
const show = (...shown: Node[]) => byId('page').replaceChildren(...shown);

loadSettings()
  .then(open)
  .catch((error: Error) => show(note(error.message)));

async function open(settings: PageSettings) {
  const caller = knownCaller(settings);
  if (!caller) return showSignIn(settings, '');
  await enter(settings, caller).catch((error: Error) => {
    // A key that was taken back, or a session that has ended.
    if (!(error instanceof Refused)) throw error;
    showSignIn(settings, error.message);
  });
}

type Known = { shop: Shop; me: { email: string; name: string | null } | null };

async function enter(settings: PageSettings, caller: Caller) {
  const { shop, me } = await ask<Known>(caller, CALLER);
  const leave = element('button', { type: 'button', class: 'leave' }, 'Sign out');
  leave.addEventListener('click', async () => {
    await signOut(caller);
    showSignIn(settings, '');
  });
  byId('who').replaceChildren(element('span', {}, me ? (me.name ?? me.email) : 'API key'), leave);
  document.title = `${shop.name} · Insights`;
  show(element('h1', {}, shop.name), board(caller, shop, settings));
}

function showSignIn(settings: PageSettings, why: string) {
  byId('who').replaceChildren();
  document.title = 'Insights · Souk';
  const forms = signInForms(settings, why, async (caller) => {
    await enter(settings, caller);
    keep(caller);
  });
  show(forms);
}
