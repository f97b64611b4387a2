// What the tests share: one browser, a page that may load nothing from elsewhere, and axe.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';

/** Where a demo without complaints listens, such as `http://127.0.0.1:8080`. */
export const base = process.env.WEDERHOOR_TEST_DEMO_URL;

/** Where one listens that has its months of complaints, as a stranger first sees it. */
export const told = process.env.WEDERHOOR_TEST_TOLD_URL;

/** How a page is looked at. */
export const looks = {
  wide: { viewport: { width: 1280, height: 900 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 320, height: 700 } },
  'narrow-dark': { viewport: { width: 320, height: 700 }, colorScheme: 'dark' },
};

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
  const origin = options.baseURL ?? base;
  const context = await browser.newContext({ baseURL: origin, locale: 'en-GB', ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
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
    if (!address.startsWith(`${origin}/`) && !/^(data|blob|about):/.test(address)) {
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

/** What axe finds in these parts of the page, by its rules but these; what stands in frames is no page of ours. */
export async function findings(page, parts = { exclude: [] }, without = []) {
  const { violations } = await page.evaluate(
    async ([source, parts, without]) => {
      // A content security policy forbids the page scripts that are not files; the test's own are evaluated around it.
      (0, eval)(source);
      const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
      return globalThis.axe.run(parts, { iframes: false, rules });
    },
    [axe, parts, without],
  );
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Opens a page, keeps its picture, and fails when axe finds something in it or it is wider than the window. */
export async function lookAt(page, path, name) {
  await page.goto(path);
  await picture(page, name);
  assert.deepEqual(await findings(page), [], `${path}, ${name}`);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(beyond <= 0, `${path} is ${beyond} px too wide, ${name}`);
}

/** What has the focus, as it is called, and whether that is seen. A frame shows the focus within itself. */
async function focused(page) {
  return page.evaluate(() => {
    const { activeElement } = document;
    const label = activeElement.labels?.[0]?.querySelector('span');
    const called = activeElement.getAttribute('aria-label') ?? (label ?? activeElement).textContent;
    const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
    const isSeen = activeElement.matches('iframe, body') || (outlineStyle !== 'none' && outlineWidth !== '0px');
    return { called, isSeen };
  });
}

/** Presses Tab until what is called so has the focus, which is seen all the way. */
export async function tabTo(page, name, { isOurs = true } = {}) {
  const reached = [];
  while (reached.length < 200) {
    await page.keyboard.press('Tab');
    const { called, isSeen } = await focused(page);
    const isThere = name instanceof RegExp ? name.test(called) : called === name;
    assert.ok(isSeen || !(isOurs || isThere), `the focus is not seen on ${called}`);
    if (isThere) {
      return;
    }
    reached.push(called.slice(0, 40));
  }
  assert.fail(`${name} is not reached by Tab: ${reached.join(' | ')}`);
}

/** Keeps a picture of the page where `WEDERHOOR_TEST_PICTURES` says, if it does. */
export async function picture(page, name) {
  const folder = process.env.WEDERHOOR_TEST_PICTURES;
  if (folder) {
    await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  }
}

/** A token of somebody of the demo, such as `livp/admin`. */
export async function tokenOf(who) {
  const { people, password } = await (await fetch(`${base}/demo/people.json`)).json();
  const { email, organisation } = people.find((one) => `${one.organisation}/${one.key}` === who);
  const { signIn } = await ask(
    'mutation($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { message } } }',
    { input: { email, password, organisation } },
  );
  return signIn.session.accessToken;
}

/** Asks the endpoint, without the browser. */
export async function ask(query, variables, token) {
  const authorization = token && { authorization: `Bearer ${token}` };
  const answer = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
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
