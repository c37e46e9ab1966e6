// A sentence for the reader: on top of the text until the next deed, and to screen readers.

import { StateEffect, StateField } from '@codemirror/state';
import { EditorView, showTooltip } from '@codemirror/view';
import { element } from './dom.js';

const setSentence = StateEffect.define();

export const sentenceField = StateField.define({
  create: () => null,
  update(tooltip, { effects, docChanged, selection }) {
    const effect = effects.find((effect) => effect.is(setSentence));
    if (effect !== undefined) return effect.value;
    return docChanged || selection !== undefined ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

/** Says a sentence to screen readers alone. */
export const announce = (view, sentence) => view.dispatch({ effects: EditorView.announce.of(sentence) });

/** Says a sentence at the caret. */
export function say(view, sentence) {
  const create = () => ({ dom: element('div', { class: 'cm-aslHelp' }, element('p', {}, sentence)) });
  const tooltip = { pos: view.state.selection.main.head, above: true, create };
  view.dispatch({ effects: [setSentence.of(tooltip), EditorView.announce.of(sentence)] });
  return true;
}
