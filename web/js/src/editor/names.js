// States and variables: where they are defined and used, and renaming them everywhere.

import { invertedEffects } from '@codemirror/commands';
import { StateEffect } from '@codemirror/state';
import { EditorView, showDialog } from '@codemirror/view';
import { element } from './dom.js';
import { goTo, showPlaces } from './places.js';
import { announce, say } from './say.js';

const NOTHING = 'There is no state or variable here.';

const caret = (view) => view.state.selection.main.head;

/** Returns the command that goes to the definition of the name at an offset, or of the one at the caret. */
export const goToDefinition = (ask) => (view, offset = caret(view)) => {
  ask(view, 'symbol', offset).then((symbol) => {
    if (symbol === null) return say(view, NOTHING);
    const { definitions, references, title, at } = symbol;
    if (definitions.length === 0) return say(view, `Nothing defines the ${title}.`);
    const isHere = definitions.some((place) => place.at[0] === at[0]);
    if (isHere && references.length > 0) return showUses(view, symbol);
    return definitions.length === 1 ? goTo(view, definitions[0].at) : showPlaces(view, `Definitions of the ${title}`, definitions);
  });
  return true;
};

/** Returns the command that lists where the name at the caret is used. */
export const listUses = (ask) => (view) => {
  ask(view, 'symbol', caret(view)).then((symbol) => (symbol === null ? say(view, NOTHING) : showUses(view, symbol)));
  return true;
};

function showUses(view, { title, definitions, references }) {
  const places = [...definitions, ...references].sort((a, b) => a.at[0] - b.at[0]);
  const count = references.length === 1 ? '1 use' : `${references.length} uses`;
  return showPlaces(view, `${count} of the ${title}`, places);
}

/** Ctrl+click, or Cmd+click, goes to a definition. */
export const definitionOnClick = (ask) =>
  EditorView.domEventHandlers({
    mousedown(event, view) {
      if (event.button !== 0 || !(event.ctrlKey || event.metaKey)) return false;
      const offset = view.posAtCoords(event);
      if (offset === null) return false;
      event.preventDefault();
      return goToDefinition(ask)(view, offset);
    },
  });

/** Returns the command that asks for another name of what is named at the caret, and writes it everywhere. */
export const rename = (ask) => (view) => {
  const offset = caret(view);
  ask(view, 'symbol', offset).then((symbol) => (symbol === null ? say(view, NOTHING) : askForName(view, ask, offset, symbol)));
  return true;
};

/** A state has another name: `{ from, to }`. */
const stateRenamed = StateEffect.define();

/** Returns the extension that tells of states that were renamed, also by undoing and redoing that. */
export const renamedStates = (onRename) => [
  invertedEffects.of(({ effects }) => renamesIn(effects).map(({ from, to }) => stateRenamed.of({ from: to, to: from }))),
  EditorView.updateListener.of(({ transactions }) => {
    const renames = transactions.flatMap(({ effects }) => renamesIn(effects));
    for (const { from, to } of renames) onRename(from, to);
  }),
];

const renamesIn = (effects) => effects.filter((effect) => effect.is(stateRenamed)).map(({ value }) => value);

function askForName(view, ask, offset, { kind, title, name }) {
  const problem = element('p', { role: 'alert', class: 'cm-aslProblem' });
  const input = element('input', { class: 'cm-textfield', value: name, 'aria-label': `New name of the ${title}` });
  const submit = async (event) => {
    event.preventDefault();
    const answer = await ask(view, 'rename', offset, input.value);
    problem.textContent = answer?.error ?? '';
    if (answer?.error !== undefined) return input.focus();
    close();
    const effects = kind === 'state' ? stateRenamed.of({ from: name, to: input.value }) : [];
    if (answer !== null) apply(view, answer.edits, effects);
  };
  let close;
  const content = (_, done) => {
    close = done;
    // No form element: its Enter would close the dialog before the engine has agreed.
    const onkeydown = (event) => {
      if (event.key === 'Enter') submit(event);
      if (event.key === 'Escape') done();
      event.stopPropagation();
    };
    return element(
      'div',
      { role: 'group', 'aria-label': 'Rename' },
      element('label', { onkeydown }, `Rename the ${title} to `, input),
      element('button', { type: 'button', class: 'cm-button', onclick: submit }, 'Rename'),
      problem,
    );
  };
  showDialog(view, { content, class: 'cm-aslRename', focus: 'input' });
}

function apply(view, edits, effects) {
  view.dispatch({ changes: edits, effects, userEvent: 'input.rename' });
  view.focus();
  announce(view, edits.length === 1 ? 'Renamed in 1 place.' : `Renamed in ${edits.length} places.`);
}
