import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookAt, looks, onPage, told } from './support.mjs';

const list = `query($after: String) {
  complaints(first: 20, after: $after) { nodes { reference state outcome } pageInfo { hasNextPage endCursor } }
}`;

async function json(path, body, headers) {
  const method = body === undefined ? 'GET' : 'POST';
  const answer = await fetch(`${told}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });
  return answer.json();
}

/** One complaint of every state and outcome that there is at an organisation, by the words for them. */
async function ofEach(organisation) {
  const { people, password } = await json('/demo/people.json');
  const { email } = people.find((one) => one.organisation === organisation && one.key === 'admin');
  const signIn = 'mutation($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }';
  const { data } = await json('/graphql', { query: signIn, variables: { input: { organisation, email, password } } });
  const headers = { authorization: `Bearer ${data.signIn.session.accessToken}` };
  const found = {};
  for (let after = null, more = true; more; ) {
    const { data } = await json('/graphql', { query: list, variables: { after } }, headers);
    for (const { reference, state, outcome } of data.complaints.nodes) {
      found[`${organisation}-${outcome ?? state}`.toLowerCase()] ??= `/complaints/${reference}`;
    }
    after = data.complaints.pageInfo.endCursor;
    more = data.complaints.pageInfo.hasNextPage;
  }
  return found;
}

/** A letter that was sent, one that did not arrive and one on paper, of each organisation. */
async function lettersOfEach() {
  const { letters } = await json('/demo/mail.json');
  const found = {};
  for (const { id, organisation, status, channel } of letters) {
    found[`letter-${organisation}-${status}-${channel}`] = `/demo/letters/${id}`;
  }
  return found;
}

test('the first sight is of months of letters, and of complaints in every state and outcome', async () => {
  const complaints = { ...(await ofEach('blijf-groep')), ...(await ofEach('livp')) };
  for (const words of ['received', 'in_treatment', 'appeal_open', 'on_appeal', 'decided', 'withdrawn', 'inadmissible']) {
    for (const organisation of ['blijf-groep', 'livp']) {
      assert.ok(`${organisation}-${words}` in complaints, `${words} is missing at ${organisation}`);
    }
  }
  const kinds = Object.keys(await lettersOfEach()).join(' ');
  assert.match(kinds, /-sent-/);
  assert.match(kinds, /-posted-/);
  assert.match(kinds, /-failed-/);
});

test('what became of a letter is said, in the list and on its page', () =>
  onPage({ baseURL: told }, async (page) => {
    const { letters } = await json('/demo/mail.json');
    const failed = letters.find(({ status }) => status === 'failed');
    await page.goto(`/demo/letters?to=${encodeURIComponent(failed.to)}`);
    await page.locator(`#letter-${failed.id}`).getByText('did not arrive').waitFor();
    await page.goto(`/demo/letters/${failed.id}`);
    await page.locator('.facts').getByText('did not arrive').waitFor();
    await page.goto(`/demo/letters/${letters.find(({ status }) => status === 'posted').id}`);
    await page.locator('.facts').getByText('posted').waitFor();
    await page.getByRole('heading', { name: 'As it is printed' }).waitFor();
  }));

for (const [name, options] of Object.entries(looks)) {
  test(`axe finds nothing in months of complaints, and nothing sticks out: ${name}`, () =>
    onPage({ baseURL: told, ...options, reducedMotion: 'reduce' }, async (page) => {
      await page.goto('/demo/letters');
      const last = Number(/Page 1 of (\d+)/.exec(await page.locator('.pages').innerText())[1]);
      assert.ok(last > 3, `${last} pages`);
      const places = {
        front: '/',
        figures: '/demo/figures',
        letters: '/demo/letters',
        'letters-2': '/demo/letters?page=2',
        'letters-last': `/demo/letters?page=${last}`,
        'letters-paper': '/demo/letters?to=paper',
        ...(await lettersOfEach()),
        ...(await ofEach('blijf-groep')),
        ...(await ofEach('livp')),
      };
      for (const [place, path] of Object.entries(places)) {
        await lookAt(page, path, `told-${place}-${name}`);
      }
    }));
}

// The last of this file: it moves the clock away from the first sight.
test('four weeks of months of complaints pass in a bearable time, and the page says that they do', () =>
  onPage({ baseURL: told }, async (page) => {
    await page.goto('/');
    const button = page.getByRole('button', { name: 'Four weeks' });
    const before = Date.parse(await page.locator('#now time').getAttribute('datetime'));
    const pressed = performance.now();
    await button.click();
    await page.getByRole('status').getByText('The clock moves').waitFor();
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    await page.getByRole('status').getByText(/It is now .* new letter/).waitFor({ timeout: 60_000 });
    const seconds = (performance.now() - pressed) / 1000;
    // Far more than it takes, and no more than anybody waits for four weeks.
    assert.ok(seconds < 20, `${seconds} s`);
    const days = (Date.parse(await page.locator('#now time').getAttribute('datetime')) - before) / 86_400_000;
    assert.ok(days >= 28 && days < 28.01, `${days} days`);
    assert.equal(await page.locator('#newest tr.new').count(), 8);
    assert.equal(await button.getAttribute('aria-disabled'), null);
  }));
