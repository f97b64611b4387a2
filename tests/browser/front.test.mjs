import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base, file, lookAt, looks, onPage, tabTo } from './support.mjs';

const now = async (page) => Date.parse(await page.locator('#now time').getAttribute('datetime'));

test('the first page says what this is, who is in it and what time it is', () =>
  onPage({}, async (page) => {
    const answer = await page.goto('/');
    const policy = answer.headers()['content-security-policy'];
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
    assert.match(await page.locator('h1').innerText(), /own regulation/);
    assert.equal(await page.locator('section.organisation').count(), 2);
    const { people } = await (await fetch(`${base}/demo/people.json`)).json();
    assert.equal(await page.locator('.person').count(), people.length);
    assert.equal(await page.getByRole('button', { name: /^Copy token of / }).count(), people.length);
    assert.ok(Number.isFinite(await now(page)));
    await page.locator('summary').first().click();
    assert.ok((await page.locator('details[open] li').count()) > 5);
  }));

test('each regulation is drawn, and the picture is no wider than the page', () =>
  onPage({ viewport: { width: 320, height: 700 } }, async (page) => {
    await page.goto('/');
    for (const summary of await page.locator('summary', { hasText: 'as a picture' }).all()) {
      await summary.click();
      const picture = summary.locator('xpath=..').locator('img');
      await picture.scrollIntoViewIfNeeded();
      await page.waitForFunction((image) => image.complete && image.naturalWidth > 0, await picture.elementHandle());
    }
    assert.equal(await page.locator('details[open] img').count(), 2);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  }));

test('a week passes at the press of a button, and what came of it is said', () =>
  onPage({}, async (page) => {
    await file('Week Klager');
    await page.goto('/');
    const before = await now(page);
    await page.getByRole('button', { name: 'A week' }).click();
    await page.getByRole('status').getByText(/It is now .* new letter/).waitFor();
    const days = ((await now(page)) - before) / 86_400_000;
    assert.ok(days >= 7 && days < 7.01, `${days} days`);
    assert.ok((await page.locator('#newest tbody tr').count()) > 0);
  }));

test('a token is copied, and lets in', () =>
  onPage({}, async (page) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Copy token of Anna Administratie' }).click();
    await page.getByRole('status').getByText('A token of Anna Administratie is copied').waitFor();
    const token = await page.evaluate(() => navigator.clipboard.readText());
    const answer = await fetch(`${base}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{"query": "{ viewer { name } }"}',
    });
    assert.equal((await answer.json()).data.viewer.name, 'Anna Administratie');
  }));

test('the page works by the keyboard alone', () =>
  onPage({}, async (page) => {
    await page.goto('/');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
    await tabTo(page, 'A day');
    const before = await now(page);
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText(/It is now/).waitFor();
    assert.ok((await now(page)) - before >= 86_400_000);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'A day', 'focus stays');
  }));

test('a token is copied by the keyboard alone', () =>
  onPage({}, async (page) => {
    await page.goto('/');
    await tabTo(page, 'Copy token of Anna Administratie');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('A token of Anna Administratie is copied').waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^[\w-]+\./);
    assert.match(await page.evaluate(() => document.activeElement.textContent), /^Copy token/, 'focus stays');
    await tabTo(page, 'GraphiQL as Anna Administratie');
  }));

test('another site cannot move the clock', async () => {
  const answer = await fetch(`${base}/demo/clock`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site' },
    body: '{"advanceDays": 1}',
  });
  assert.equal(answer.status, 403);
});

for (const [name, options] of Object.entries(looks)) {
  test(`axe finds nothing, and nothing sticks out: ${name}`, () =>
    onPage({ ...options, reducedMotion: 'reduce' }, async (page) => {
      const reference = await file('Axe Klager');
      await page.goto('/');
      await page.locator('#newest a').first().waitFor();
      const letter = await page.locator('#newest a').first().getAttribute('href');
      const places = { front: '/', letters: '/demo/letters', letter, access: '/access', invitation: '/invitation' };
      for (const [place, path] of Object.entries({ ...places, complaint: `/complaints/${reference}` })) {
        await lookAt(page, path, `${place}-${name}`);
      }
    }));
}
