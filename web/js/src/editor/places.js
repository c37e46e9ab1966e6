// A list of places in the text, at the foot of the editor: uses of a name, the states.

import { EditorView, getDialog, showDialog } from '@codemirror/view';
import { element } from './dom.js';

const CLASS = 'cm-aslPlaces';

/** Selects a place and scrolls it to the middle. */
export function goTo(view, [from, to]) {
  view.dispatch({
    selection: { anchor: from, head: to },
    effects: EditorView.scrollIntoView(from, { y: 'center' }),
    userEvent: 'select.place',
  });
  view.focus();
  return true;
}

/** Shows places; `places` have the shape of `place` in `host.d.ts`. Taking one closes the list. */
export function showPlaces(view, title, places) {
  closePlaces(view);
  const { doc } = view.state;
  const content = (_, close) => {
    const take = (at) => {
      close();
      // Places are those of the text they were asked for.
      if (view.state.doc === doc) goTo(view, at);
    };
    return list(title, places.map(({ at, line, text }) => item(`${line}`, text, () => take(at))), close);
  };
  showDialog(view, { content, class: CLASS, focus: 'li button' });
  return true;
}

function closePlaces(view) {
  const open = getDialog(view, CLASS);
  open?.dom.querySelector('.cm-dialog-close').click();
}

function list(title, items, close) {
  const onkeydown = (event) => {
    if (event.key === 'Escape') close();
    else if (!moveFocus(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return element(
    'div',
    { role: 'group', 'aria-label': title, onkeydown },
    element('p', { class: 'cm-aslTitle' }, title),
    element('ul', {}, ...items),
  );
}

const item = (line, text, onclick) =>
  element('li', {}, element('button', { type: 'button', onclick }, element('span', {}, line), ' ', text));

/** Lets arrows walk through the list; returns false for other keys. */
function moveFocus({ key, currentTarget }) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step === undefined) return false;
  const buttons = [...currentTarget.querySelectorAll('li button')];
  const at = buttons.indexOf(document.activeElement) + step;
  buttons[Math.max(0, Math.min(at, buttons.length - 1))]?.focus();
  return true;
}
