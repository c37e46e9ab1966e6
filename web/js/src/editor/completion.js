// Completion asks the engine, which knows the definition; the editor only shows the answer.

import { autocompletion, insertCompletionText, pickedCompletion } from '@codemirror/autocomplete';

/** Icons that CodeMirror draws, by our kinds. */
const ICONS = {
  field: 'property',
  state: 'class',
  word: 'enum',
  error: 'constant',
  function: 'function',
  variable: 'variable',
};

/** Returns the extension; `complete` is the option of `createEditor`. */
export function completion(complete) {
  return autocompletion({ override: [source(complete)], icons: true });
}

const source = (complete) => async (context) => {
  const answer = await complete(context.pos, context.explicit);
  if (answer === null || answer === undefined || context.aborted) return null;
  const options = answer.items.map(option);
  return { from: answer.from, options, validFor: /^[\w."$-]*$/ };
};

const option = ({ label, insert, detail, kind }) => ({
  label,
  detail,
  type: ICONS[kind],
  apply: (view, completion, from, to) =>
    view.dispatch({
      ...insertCompletionText(view.state, insert, from, to),
      annotations: pickedCompletion.of(completion),
    }),
});
