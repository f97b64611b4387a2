// What the tests share: one browser, a page that may load nothing from elsewhere, and axe.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';

/** Where the demo listens, such as `http://127.0.0.1:8080`. */
export const base = process.env.WEDERHOOR_TEST_DEMO_URL;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser;

before(async () => {
  // The tests open nothing but the demo, and some machines that run them do not allow the sandbox.
  browser = await chromium.launch({
    executablePath: process.env.WEDERHOOR_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
});

after(() => browser?.close());

/** Runs `act` on a new page; fails when the page asked another host for anything, or a script of it failed. */
export async function onPage(options, act) {
  const context = await browser.newContext({ baseURL: base, locale: 'en-GB', ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: base });
  const strange = [];
  const listen = (page) => {
    page.on('pageerror', (error) => strange.push(`fails: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') {
        strange.push(`says: ${message.text()}`);
      }
    });
  };
  context.on('page', listen);
  context.on('request', (request) => {
    const address = request.url();
    if (!address.startsWith(`${base}/`) && !/^(data|blob|about):/.test(address)) {
      strange.push(`asks for ${address}`);
    }
  });
  try {
    await act(await context.newPage());
    assert.deepEqual(strange, []);
  } finally {
    await context.close();
  }
}

/** What axe finds in the page; what stands in frames is no page of ours. */
export async function findings(page) {
  const { violations } = await page.evaluate(async (source) => {
    // A content security policy forbids the page scripts that are not files; the test's own are evaluated around it.
    (0, eval)(source);
    return globalThis.axe.run(document, { iframes: false });
  }, axe);
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Keeps a picture of the page where `WEDERHOOR_TEST_PICTURES` says, if it does. */
export async function picture(page, name) {
  const folder = process.env.WEDERHOOR_TEST_PICTURES;
  if (folder) {
    await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  }
}

/** Asks the endpoint, without the browser. */
export async function ask(query, variables) {
  const answer = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await answer.json()).data;
}

/** Where those who complain in the tests are written to; they have no account. */
export const reader = 'kim@wonen.example';

/** Files a complaint by the form, and answers with its reference once its confirmation is written. */
export async function file(name) {
  const { tabs } = await (await fetch(`${base}/demo/queries.json?as=livp/klager&open=FileComplaint`)).json();
  const variables = JSON.parse(tabs[0].variables);
  Object.assign(variables.input.complainant, { name, email: reader });
  const { fileComplaint } = await ask(tabs[0].query, variables);
  assert.deepEqual(fileComplaint.userErrors, []);
  await fetch(`${base}/demo/clock`, { method: 'POST', body: '{"advanceDays": 0}' });
  return fileComplaint.receipt.reference;
}
