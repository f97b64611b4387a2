// Who the page asks as. A token lives ten minutes; whoever leaves the page open longer is signed in anew.

/** How long before its end a token is taken for spent, in milliseconds. */
const MARGIN = 60_000;

/** Where a page that redeemed a link leaves the session; `as=link` asks with it. */
const LEFT = 'wederhoor-session';

const SIGN_IN = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) { session { accessToken expiresAt } userErrors { message } }
}`;

/** A session of the person whose key is `as`, such as `livp/admin`; nothing when nobody is asked for. */
export async function begin(as, people, password, ask) {
  if (as === '') {
    return undefined;
  }
  if (as === 'link') {
    return left();
  }
  const person = people.find(({ organisation, key }) => `${organisation}/${key}` === as);
  if (person === undefined) {
    throw new Error(`nobody in the demo is called ${as}`);
  }
  const input = { email: person.email, password, organisation: person.organisation };
  const signIn = async () => {
    const { data, errors } = await ask({ query: SIGN_IN, variables: { input } });
    const problem = errors?.[0] ?? data?.signIn?.userErrors[0];
    if (problem !== undefined) {
      throw new Error(problem.message);
    }
    return data.signIn.session;
  };
  return keep(await signIn(), signIn);
}

function left() {
  const session = JSON.parse(sessionStorage.getItem(LEFT) ?? 'null');
  if (session === null) {
    throw new Error('the link has to be opened first');
  }
  return keep(session, undefined);
}

function keep(first, signIn) {
  let session = first;
  const issued = new Set([first.accessToken]);
  return {
    token: () => session.accessToken,
    /** These headers; where they carry a token that was filled in and is nearly spent, a fresh one in its place. */
    async renewed(headers = {}) {
      const name = Object.keys(headers).find((name) => name.toLowerCase() === 'authorization');
      if (name === undefined || !issued.has(String(headers[name]).replace(/^bearer\s+/i, ''))) {
        return headers;
      }
      if (signIn !== undefined && Date.parse(session.expiresAt) - Date.now() < MARGIN) {
        session = await signIn();
        issued.add(session.accessToken);
      }
      return { ...headers, [name]: `Bearer ${session.accessToken}` };
    },
  };
}
