import { expect, it } from 'vitest';
import { sendJson } from '../../../src/platform/http/server.ts';
import { startServer } from './test-server.ts';

it('routes all below a path to one handler, counted as one, and nothing else', async () => {
  const counted: string[] = [];
  const { url } = await startServer({
    routes: { '/files/*': async (req, res) => sendJson(res, 200, { path: req.url }) },
    onAnswer: (route) => counted.push(route),
  });
  const answers = [];
  for (const path of ['/files/a/b?c=1', '/filesystem/a', '/other', '/constructor/a'])
    answers.push(await fetch(url + path));
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 404, 404]);
  expect(await answers[0]?.json()).toEqual({ path: '/files/a/b?c=1' });
  expect(counted).toEqual(['/files/*', 'page', 'page', 'page']);
});
