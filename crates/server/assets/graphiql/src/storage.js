// What GraphiQL keeps between visits. Its tabs are not kept in the demo: another visit may be as somebody else, and
// begins with the queries that are ready for them.

const PASSING = /^graphiql:(tabState|query|variables|headers|operationName)$/;

/** The browser's storage, but for the tabs, which are forgotten with the page. */
export function passing() {
  const forgotten = new Map();
  return {
    getItem: (key) => (PASSING.test(key) ? (forgotten.get(key) ?? null) : localStorage.getItem(key)),
    setItem: (key, value) =>
      PASSING.test(key) ? forgotten.set(key, value) : localStorage.setItem(key, value),
    removeItem: (key) => (PASSING.test(key) ? forgotten.delete(key) : localStorage.removeItem(key)),
    clear() {
      forgotten.clear();
      localStorage.clear();
    },
    get length() {
      return localStorage.length;
    },
  };
}
