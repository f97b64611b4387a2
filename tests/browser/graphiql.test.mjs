import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file, findings, looks, onPage, picture, tabTo } from './support.mjs';

const execute = (page) => page.getByRole('button', { name: /^Execute query/ });
/** What the answer's editor shows; it writes blanks that do not break. */
const answer = async (page) => (await page.locator('.graphiql-response').innerText()).replaceAll('\u00a0', ' ');

test('GraphiQL opens as somebody, with tabs and a token, and answers', () =>
  onPage({ viewport: { width: 1280, height: 800 } }, async (page) => {
    const reference = await file('Graph Klager');
    await page.goto('/graphql?as=livp/admin');
    await execute(page).waitFor();
    const tabs = await page.getByRole('tab').allInnerTexts();
    for (const name of ['WorkQueue', 'Deadlines', 'Actions', 'PreviewPolicy', 'FileComplaint']) {
      assert.ok(tabs.includes(name), `${name} is not among ${tabs}`);
    }
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.getByText(/Bearer\s[\w-]+\./).first().waitFor();
    await execute(page).click();
    // The editor writes only the lines that are in sight: the first ones, however much there is to do.
    await page.locator('.graphiql-response').getByText('"workQueue"').waitFor();
    await picture(page, 'graphiql-light');
    await page.getByRole('button', { name: 'Complaints', exact: true }).click();
    await page.locator('.graphiql-query-editor').getByText('Every complaint that you may see').waitFor();
    await execute(page).click();
    await page.locator('.graphiql-response').getByText(reference).waitFor();
    assert.doesNotMatch(await answer(page), /errors/);
  }));

test('a tab that was only just opened answers with its own query', () =>
  onPage({}, async (page) => {
    await page.goto('/graphql?as=livp/admin');
    await execute(page).waitFor();
    for (const name of ['Complaints', 'WorkQueue']) {
      // In one breath: faster than a person, and than GraphiQL takes to learn the tab's operation.
      const asked = page.waitForResponse((response) => response.request().postData()?.includes(`query ${name}`) ?? false);
      await page.evaluate((tab) => {
        document.querySelector(`[role=tab] [title="${tab}"]`).click();
        document.querySelector('.graphiql-execute-button').click();
      }, name);
      const answer = await (await asked).json();
      assert.equal(answer.errors, undefined);
    }
  }));

test('a query that is asked for stands first, with its variables', () =>
  onPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }, async (page) => {
    await page.goto('/graphql?as=livp/klager&open=FileComplaint');
    await execute(page).waitFor();
    assert.equal((await page.getByRole('tab').allInnerTexts())[0], 'FileComplaint');
    await execute(page).click();
    await page.locator('.graphiql-response').getByText('"receipt"').waitFor();
    await picture(page, 'graphiql-dark');
    assert.match(await answer(page), /LIVP-\d{4}-\d{4}/);
  }));

test('whom to ask as can be chosen in GraphiQL itself', () =>
  onPage({}, async (page) => {
    await page.goto('/graphql');
    await page.getByLabel('Ask as').selectOption('blijf-groep/advies1');
    await page.getByRole('button', { name: 'Go', exact: true }).click();
    await page.waitForURL('**/graphql?as=blijf-groep/advies1');
    await execute(page).waitFor();
    assert.equal((await page.getByRole('tab').allInnerTexts())[0], 'WorkQueue');
  }));

test('a token that is nearly spent is renewed without a word', () =>
  onPage({}, async (page) => {
    await page.clock.install();
    await page.goto('/graphql?as=livp/admin');
    await execute(page).waitFor();
    await page.clock.fastForward('00:09:30');
    const signIn = page.waitForRequest((request) => request.postData()?.includes('signIn') ?? false);
    await execute(page).click();
    await signIn;
    await page.locator('.graphiql-response').getByText('"workQueue"').waitFor();
  }));

test('nobody of that name is said, and nothing is asked', () =>
  onPage({}, async (page) => {
    await page.goto('/graphql?as=livp/niemand');
    await page.getByRole('alert').getByText('nobody in the demo is called livp/niemand').waitFor();
  }));

test('whom to ask as is chosen by the keyboard alone, and nothing happens before Go', () =>
  onPage({}, async (page) => {
    await page.goto('/graphql?as=livp/admin');
    await execute(page).waitFor();
    await tabTo(page, 'Ask as', { isOurs: false });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.type('Ada Adv');
    assert.match(page.url(), /as=livp\/admin$/);
    await tabTo(page, 'Go', { isOurs: false });
    await page.keyboard.press('Enter');
    await page.waitForURL('**/graphql?as=blijf-groep/advies1');
    await execute(page).waitFor();
  }));

for (const [name, options] of Object.entries(looks)) {
  test(`axe finds nothing around GraphiQL, in its strip and in its alert: ${name}`, () =>
    onPage({ ...options, reducedMotion: 'reduce' }, async (page) => {
      await page.goto('/graphql?as=livp/admin');
      await execute(page).waitFor();
      await picture(page, `graphiql-${name}`);
      assert.deepEqual(await findings(page, { exclude: ['.graphiql-container'] }), [], 'around it');
      assert.deepEqual(await findings(page, { include: ['.demo-people'] }), [], 'the strip');
      const { x, width } = await page.locator('.demo-people').boundingBox();
      assert.ok(x >= 0 && x + width <= options.viewport.width, `the strip is from ${x} px, ${width} px wide`);
      await page.goto('/graphql?as=livp/niemand');
      await page.getByRole('alert').waitFor();
      await picture(page, `graphiql-alert-${name}`);
      assert.deepEqual(await findings(page), [], 'the alert');
      await tabTo(page, 'To the beginning of the demo');
    }));
}
