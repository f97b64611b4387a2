// The way back to the demo, and a choice of whom to ask as.

/** Everybody of the demo in a list; whoever is chosen in it is asked as when the button is pressed, on the page anew. A
 *  list that acted by itself could not be walked through by the keyboard. */
export function People({ people, as }) {
  const organisations = [...new Set(people.map(({ organisation }) => organisation))];
  const go = (event) => {
    event.preventDefault();
    const who = event.target.elements.as.value;
    location.assign(who === '' ? location.pathname : `${location.pathname}?as=${who}`);
  };
  return (
    <form className="demo-people" onSubmit={go}>
      <a href="/">wederhoor</a>
      <span aria-hidden="true">as</span>
      <select name="as" aria-label="Ask as" defaultValue={as}>
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
      <button type="submit">Go</button>
    </form>
  );
}
