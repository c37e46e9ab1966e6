// Whole-text deeds: format, fold the states, list the states.

import { foldEffect } from '@codemirror/language';
import { showPlaces } from './places.js';
import { announce, say } from './say.js';

/** Returns the command that brings the text into its canonical form. */
export const format = (ask) => (view) => {
  ask(view, 'format').then((answer) => {
    if (answer === null) return;
    if (answer.error !== undefined) return say(view, answer.error);
    if (answer.edits.length === 0) return say(view, 'The text is formatted already.');
    view.dispatch({ changes: answer.edits, userEvent: 'input.format' });
    announce(view, 'Formatted.');
  });
  return true;
};

/** Returns the command that folds every state. */
export const foldStates = (ask) => (view) => {
  ask(view, 'folds').then((ranges) => {
    const effects = ranges?.map(([from, to]) => foldEffect.of({ from, to })) ?? [];
    view.dispatch({ effects });
  });
  return true;
};

/** Returns the command that lists the states. */
export const listStates = (ask) => (view) => {
  ask(view, 'outline').then((states) => {
    if (states === null || states.length === 0) return say(view, 'There is no state yet.');
    return showPlaces(view, 'States', states);
  });
  return true;
};
