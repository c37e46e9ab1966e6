// One marked range, such as the text of the state that is selected in the diagram.

import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';

const setMark = StateEffect.define();
const decoration = Decoration.mark({ class: 'cm-aslMark' });

export const markField = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    const effect = transaction.effects.find((effect) => effect.is(setMark));
    if (effect === undefined) return marks.map(transaction.changes);
    const { from, to } = effect.value;
    return from < to ? Decoration.set(decoration.range(from, to)) : Decoration.none;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Marks a range and unmarks the one before; an empty range only unmarks. */
export function mark(view, from, to) {
  const { length } = view.state.doc;
  view.dispatch({ effects: setMark.of({ from: Math.min(from, length), to: Math.min(to, length) }) });
}
