// What the demo's pages cannot do without a script: tokens, the clock, links from letters, and a letter at full length.

const notice = document.querySelector('.notice');

/** Says something to everybody: it is seen, and read aloud. */
function say(text) {
  notice.textContent = text;
}

async function ask(query, input) {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { accept: 'application/graphql-response+json', 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = await answer.json();
  const [payload] = Object.values(data ?? {});
  const problem = errors?.[0] ?? payload?.userErrors[0];
  if (problem !== undefined) {
    throw new Error(problem.message);
  }
  return payload;
}

/** One run at a time for a button, and a word when it fails. */
function onPress(button, act) {
  button.addEventListener('click', async (event) => {
    event.preventDefault();
    if (button.getAttribute('aria-disabled') === 'true' || button.form?.reportValidity() === false) {
      return;
    }
    button.setAttribute('aria-disabled', 'true');
    try {
      await act();
    } catch (error) {
      say(`That did not work: ${error.message}`);
    } finally {
      button.removeAttribute('aria-disabled');
    }
  });
}

async function tokenOf(who) {
  const { people, password } = await (await fetch('/demo/people.json')).json();
  const { email, organisation } = people.find((one) => `${one.organisation}/${one.key}` === who);
  const { session } = await ask(
    `mutation SignIn($input: SignInInput!) {
      signIn(input: $input) { session { accessToken } userErrors { message } }
    }`,
    { email, password, organisation },
  );
  return session.accessToken;
}

for (const button of document.querySelectorAll('[data-token]')) {
  onPress(button, async () => {
    const token = await tokenOf(button.dataset.token);
    try {
      await navigator.clipboard.writeText(token);
      say(`A token of ${button.dataset.name} is copied. It works for ten minutes.`);
    } catch {
      say(`The browser does not let the page copy. The token of ${button.dataset.name}, for ten minutes:`);
      const field = document.createElement('textarea');
      field.readOnly = true;
      field.value = token;
      field.setAttribute('aria-label', `Token of ${button.dataset.name}`);
      notice.append(field);
      field.select();
    }
  });
}

/** Reads the page again, and shows where the clock stands and the newest letters; how many of these are new. */
async function refresh() {
  const text = await (await fetch(location.pathname)).text();
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  const known = new Set([...document.querySelectorAll('#newest tr[id]')].map(({ id }) => id));
  const rows = [...fresh.querySelectorAll('#newest tr[id]')].filter(({ id }) => !known.has(id));
  rows.forEach((row) => row.classList.add('new'));
  for (const id of ['now', 'newest']) {
    document.getElementById(id).replaceWith(fresh.getElementById(id));
  }
  return rows.length;
}

function letters(count) {
  return ['No new letter', 'One new letter'][count] ?? `${count === 8 ? 'At least 8' : count} new letters`;
}

for (const button of document.querySelectorAll('[data-days]')) {
  onPress(button, async () => {
    say('The clock moves, and whatever falls due on the way happens …');
    const answer = await fetch('/demo/clock', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceDays: Number(button.dataset.days) }),
    });
    if (!answer.ok) {
      throw new Error((await answer.json()).error);
    }
    const count = await refresh();
    say(`It is now ${document.querySelector('#now time').textContent}. ${letters(count)}.`);
  });
}

// The token stands behind the # of a link, where no server sees it.
const ways = {
  access: () =>
    ask(
      `mutation Redeem($input: RedeemAccessLinkInput!) {
        redeemAccessLink(input: $input) { session { accessToken expiresAt } userErrors { message } }
      }`,
      { token: location.hash.slice(1) },
    ),
  invitation(form) {
    const [organisation, token] = location.hash.slice(1).split('.');
    return ask(
      `mutation Accept($input: AcceptInvitationInput!) {
        acceptInvitation(input: $input) { session { accessToken expiresAt } userErrors { message } }
      }`,
      { organisation, token, password: form.elements.password.value },
    );
  },
  password(form) {
    return ask(
      `mutation Reset($input: ResetPasswordInput!) {
        resetPassword(input: $input) { isReset userErrors { message } }
      }`,
      { token: location.hash.slice(1), password: form.elements.password.value },
    );
  },
};

for (const form of document.querySelectorAll('[data-link]')) {
  onPress(form.querySelector('button'), async () => {
    const { session } = await ways[form.dataset.link](form);
    if (session === undefined) {
      form.reset();
      say('The password is changed. Sign in with it.');
      return;
    }
    sessionStorage.setItem('wederhoor-session', JSON.stringify(session));
    location.assign('/graphql?as=link');
  });
}

for (const frame of document.querySelectorAll('iframe.letter')) {
  const fit = () => {
    const letter = frame.contentDocument?.documentElement;
    if (letter) {
      frame.style.height = 'auto';
      frame.style.height = `${letter.scrollHeight + 4}px`;
    }
  };
  frame.addEventListener('load', fit);
  window.addEventListener('resize', fit);
  fit();
}
