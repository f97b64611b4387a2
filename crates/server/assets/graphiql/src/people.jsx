// The way back to the demo, and a choice of whom to ask as.

/** Everybody of the demo in a list that opens the page anew. */
export function People({ people, as }) {
  const organisations = [...new Set(people.map(({ organisation }) => organisation))];
  const go = (event) => {
    const query = event.target.value === '' ? '' : `?as=${event.target.value}`;
    location.assign(`${location.pathname}${query}`);
  };
  return (
    <span className="demo-people">
      <a href="/">wederhoor</a>
      <span aria-hidden="true">as</span>
      <select aria-label="Ask as" value={as} onChange={go}>
        <option value="">nobody (not signed in)</option>
        {as === 'link' && <option value="link">who the letter was for</option>}
        {organisations.map((organisation) => (
          <optgroup key={organisation} label={organisation}>
            {people
              .filter((person) => person.organisation === organisation)
              .map(({ key, name, does }) => (
                <option key={key} value={`${organisation}/${key}`}>
                  {`${name} (${does})`}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </span>
  );
}
