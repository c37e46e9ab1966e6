// Elements out of plain text. Nothing that a definition holds is ever read as HTML.

/** Returns an element; `children` are elements and texts, empty ones are left out. */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== ''));
  return made;
}

/** Returns what the help says: a text and where to read on. */
export const documentation = ({ text, source }) => [
  text === '' ? null : element('p', {}, text),
  source === '' ? null : element('p', { class: 'cm-aslSource' }, source),
];
