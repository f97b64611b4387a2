// GraphiQL on the endpoint it was served by. On the page of the demo, and only there, it can ask as one of the demo's
// people, and has queries ready.
import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './page.css';
import './workers.js';
import { People } from './people.jsx';
import { begin } from './session.js';
import { passing } from './storage.js';

const { endpoint, demo } = document.documentElement.dataset;
const wanted = new URLSearchParams(location.search);

/** The request, without the name of an operation of the tab before: GraphiQL learns a tab's own a moment after showing it. */
function named({ operationName, ...rest }) {
  const names = [...rest.query.matchAll(/\b(?:query|mutation|subscription)\s+(\w+)/g)].map(([, name]) => name);
  return names.includes(operationName) ? { operationName, ...rest } : rest;
}

async function ask(parameters, headers) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(parameters),
  });
  return answer.json();
}

async function start() {
  if (demo === undefined) {
    return { props: {}, logo: 'wederhoor', session: undefined };
  }
  const { people, password } = await (await fetch(`${demo}/people.json`)).json();
  const as = wanted.get('as') ?? '';
  const session = await begin(as, people, password, ask);
  const query = new URLSearchParams({ as, open: wanted.get('open') ?? '', reference: wanted.get('reference') ?? '' });
  const { tabs } = await (await fetch(`${demo}/queries.json?${query}`)).json();
  const headers = session && JSON.stringify({ Authorization: `Bearer ${session.token()}` }, null, 2);
  const props = {
    defaultTabs: tabs.map(({ query, variables }) => ({ query, variables: variables ?? undefined, headers })),
    defaultHeaders: headers,
    initialVariables: tabs[0]?.variables ?? undefined,
    storage: passing(),
  };
  return { props, logo: <People people={people} as={as} />, session };
}

const place = document.getElementById('graphiql');
try {
  const { props, logo, session } = await start();
  const fetcher = async (parameters, { headers } = {}) =>
    ask(named(parameters), session ? await session.renewed(headers) : headers);
  createRoot(place).render(
    <GraphiQL fetcher={fetcher} defaultEditorToolsVisibility={Boolean(props.initialVariables)} {...props}>
      <GraphiQL.Logo>{logo}</GraphiQL.Logo>
    </GraphiQL>,
  );
} catch (error) {
  place.setAttribute('role', 'alert');
  place.textContent = `GraphiQL could not be opened: ${error.message}. `;
  if (demo !== undefined) {
    const back = Object.assign(document.createElement('a'), { href: '/', textContent: 'To the beginning of the demo' });
    place.append(back);
  }
}
