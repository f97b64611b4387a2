import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, base, file, findings, looks, onPage, picture, reader, tabTo, tokenOf } from './support.mjs';

test('a letter opens in both forms, at full length, and neither runs a script', () =>
  onPage({ viewport: { width: 400, height: 800 } }, async (page) => {
    const reference = await file('Bram <b>Klager</b>');
    await page.goto(`/demo/letters?to=${encodeURIComponent(reader)}`);
    await page.locator('.letters a', { hasText: reference }).last().click();
    assert.match(await page.locator('h1').innerText(), new RegExp(reference));
    const text = await page.locator('pre.letter').innerText();
    const frame = page.frameLocator('iframe.letter');
    await frame.locator('body', { hasText: 'Met vriendelijke groet' }).waitFor();
    const title = await frame.locator('body').innerText();
    for (const words of [reference, 'Met vriendelijke groet']) {
      assert.ok(text.includes(words) && title.includes(words), `${words} is missing`);
    }
    const [long, wide] = await page.locator('iframe.letter').evaluate((frame) => {
      const { documentElement } = frame.contentDocument;
      const { scrollHeight, clientHeight, scrollWidth, clientWidth } = documentElement;
      return [scrollHeight - clientHeight, scrollWidth - clientWidth];
    });
    assert.ok(long <= 0 && wide <= 0, `the letter is ${long} px too long and ${wide} px too wide`);
    assert.doesNotMatch(await page.locator('iframe.letter').getAttribute('sandbox'), /allow-scripts/);
    const src = await page.locator('iframe.letter').getAttribute('src');
    const answer = await page.request.get(src);
    assert.match(answer.headers()['content-security-policy'], /default-src 'none'.*sandbox/);
  }));

test('the list is filtered by organisation and reader, and divided in pages', () =>
  onPage({}, async (page) => {
    for (let number = 0; number < 26; number += 1) {
      await file(`Klager ${number}`);
    }
    await page.goto('/demo/letters');
    await page.getByText('Page 1 of').waitFor();
    assert.equal(await page.locator('.letters tbody tr').count(), 25);
    await page.getByRole('link', { name: 'Older' }).click();
    await page.getByText('Page 2 of').waitFor();
    await page.getByLabel('To').selectOption({ label: 'Anton Administratie (admin@livp.example)' });
    await page.getByRole('button', { name: 'Show' }).click();
    const readers = await page.locator('.letters tbody tr td:last-child').allInnerTexts();
    assert.ok(readers.length > 0);
    assert.deepEqual([...new Set(readers)], ['Anton Administratie (admin@livp.example)']);
    await page.getByLabel('From').selectOption('blijf-groep');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('No letter is like that.').waitFor();
    await page.goto('/demo/letters?page=999&to=%3Cscript%3E&organisation=%00');
    await page.getByText('No letter is like that.').waitFor();
  }));

/** The way in that the confirmation of a complaint gives. */
async function linkOf(page, reference) {
  await page.goto(`/demo/letters?to=${encodeURIComponent(reader)}`);
  await page.locator('.letters a', { hasText: reference }).last().click();
  const text = await page.locator('pre.letter').innerText();
  return /\/access#\S+/.exec(text)[0];
}

test('a link in a letter does nothing until a person presses, and then lets in', () =>
  onPage({}, async (page) => {
    const reference = await file('Linde Klager');
    const link = await linkOf(page, reference);
    await page.goto(link);
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('button', { name: 'Let me in' }).click();
    await page.waitForURL('**/graphql?as=link');
    await page.getByRole('button', { name: /^Execute query/ }).waitFor();
    await page.goto(link);
    await page.getByRole('button', { name: 'Let me in' }).click();
    await page.getByRole('status').getByText('That did not work').waitFor();
  }));

test('who is written to about a complaint goes on as a member of that organisation', () =>
  onPage({}, async (page) => {
    const reference = await file('Mees Klager');
    await page.goto(`/complaints/${reference}`);
    await page.getByRole('link', { name: 'Anton Administratie' }).click();
    await page.getByRole('button', { name: 'Complaint', exact: true }).waitFor();
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.getByText('availableActions').nth(1).waitFor();
    const other = await page.request.get('/complaints/ELDERS-2026-0001');
    assert.equal(other.status(), 404);
  }));

test('the letters are filtered, and one is opened and left, by the keyboard alone', () =>
  onPage({}, async (page) => {
    const reference = await file('Toets Klager');
    await page.goto('/demo/letters');
    await tabTo(page, 'From');
    await page.keyboard.type('livp');
    await tabTo(page, 'To');
    await page.keyboard.type(reader);
    await tabTo(page, 'Show');
    await page.keyboard.press('Enter');
    await page.waitForURL(/organisation=livp&to=kim/);
    const readers = await page.locator('.letters tbody tr td:last-child').allInnerTexts();
    assert.deepEqual([...new Set(readers)], [reader]);
    await tabTo(page, new RegExp(reference));
    await page.keyboard.press('Enter');
    await page.locator('pre.letter').waitFor();
    await tabTo(page, 'All letters');
    // Past the letter as a mailbox shows it: the focus goes in, and comes out.
    await tabTo(page, /Met vriendelijke groet/);
    await page.locator('.back a').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/demo/letters');
  }));

test('who has a link, an invitation or a complaint to look into goes on by the keyboard alone', () =>
  onPage({}, async (page) => {
    const reference = await file('Tab Klager');
    await page.goto(await linkOf(page, reference));
    await tabTo(page, 'Let me in');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/graphql?as=link');
    await page.goto('/invitation#livp.none');
    await tabTo(page, /^Password/);
    await page.keyboard.type('vijftien letters en meer');
    await tabTo(page, 'Accept');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('That did not work').waitFor();
    await page.goto(`/complaints/${reference}`);
    await tabTo(page, 'Anton Administratie');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/graphql?as=livp/*&open=Complaint&reference=${reference}`);
  }));

/** Registers a letter of somebody without e-mail, and answers with what confirms it, as the list of what is to be printed has it. */
async function onPaper(name) {
  const token = await tokenOf('livp/admin');
  const { tabs } = await (await fetch(`${base}/demo/queries.json?as=livp/klager&open=FileComplaint`)).json();
  const { courseId, description } = JSON.parse(tabs[0].variables).input;
  const { now } = await (await fetch(`${base}/demo/clock`)).json();
  const input = {
    channel: 'POST',
    arrivedAt: now,
    courseId,
    description,
    complainant: { name, postalAddress: 'Dorpsstraat 1\n1234 AB Dorp' },
  };
  const document = `mutation($input: RegisterComplaintInput!) {
    registerComplaint(input: $input) { receipt { reference } userErrors { message } }
  }`;
  const { registerComplaint } = await ask(document, { input }, token);
  assert.deepEqual(registerComplaint.userErrors, []);
  const { lettersToPrint } = await ask('{ lettersToPrint { nodes { subject html } } }', {}, token);
  return lettersToPrint.nodes.find(({ subject }) => subject.includes(registerComplaint.receipt.reference));
}

/** The sheets of a PDF: width and height of each, in whole points. */
function sheets(pdf) {
  const text = pdf.toString('latin1');
  assert.ok(text.startsWith('%PDF-'), text.slice(0, 20));
  const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)];
  return boxes.map(([, width, height]) => [width, height].map((side) => Math.round(side)));
}

test('a letter on paper becomes a PDF of sheets of A4, however long it is', () =>
  onPage({}, async (page) => {
    const { html } = await onPaper('Petra Post');
    const A4 = [595, 842];
    for (const [times, most] of [[1, 2], [12, 30]]) {
      await page.setContent(html);
      await page.evaluate((times) => {
        const letter = document.querySelector('[role=article]');
        letter.innerHTML = letter.innerHTML.repeat(times);
      }, times);
      const found = sheets(await page.pdf({ preferCSSPageSize: true, format: 'A5' }));
      assert.ok(found.length >= Math.min(times, 2) && found.length <= most, `${found.length} sheets`);
      assert.deepEqual([...new Set(found.map(String))], [String(A4)]);
    }
  }));

// The program that shows a letter has its own landmarks around it.
const AROUND = ['landmark-one-main', 'region'];

/** An example of every letter in both languages. */
async function everyLetter() {
  const token = await tokenOf('livp/admin');
  const { letterWordings: all } = await ask('{ letterWordings { kind locale } }', {}, token);
  const letters = [];
  for (let done = 0; done < all.length; done += 12) {
    const some = all.slice(done, done + 12).map(
      ({ kind, locale }, number) =>
        `a${number}: previewLetter(input: { kind: ${kind}, locale: "${locale}" }) { subject html faults { code } }`,
    );
    const shown = await ask(`{ ${some.join(' ')} }`, {}, token);
    letters.push(...some.map((_, number) => ({ ...all[done + number], ...shown[`a${number}`] })));
  }
  return letters;
}

for (const [name, options] of Object.entries(looks)) {
  test(`every letter is read by everybody, in both languages, and loads nothing: ${name}`, () =>
    onPage(options, async (page) => {
      const letters = await everyLetter();
      assert.ok(letters.length > 60);
      for (const { kind, locale, subject, html } of letters) {
        const called = `letter-${kind}-${locale}-${name}`.toLowerCase();
        await page.setContent(html);
        await picture(page, called);
        assert.deepEqual(await findings(page, undefined, AROUND), [], called);
        const seen = await page.evaluate(() => ({
          languages: [...document.querySelectorAll('[lang]')].map((one) => one.lang),
          heading: document.querySelector('h1').textContent,
          beyond: document.documentElement.scrollWidth - innerWidth,
        }));
        assert.deepEqual(seen.languages, [locale, locale], called);
        assert.equal(seen.heading, subject, called);
        assert.ok(seen.beyond <= 0, `${called} is ${seen.beyond} px too wide`);
      }
    }));
}
