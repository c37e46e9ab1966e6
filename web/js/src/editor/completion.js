// Proposals come from the engine, sorted and fitting; the editor only shows them and writes the one that is taken.

import { autocompletion, insertCompletionText, pickedCompletion, snippet } from '@codemirror/autocomplete';
import { documentation, element } from './dom.js';

/** Icons that CodeMirror draws, by our kinds. */
const ICONS = {
  field: 'property',
  parameter: 'property',
  state: 'class',
  word: 'enum',
  error: 'constant',
  resource: 'namespace',
  operator: 'keyword',
  function: 'function',
  variable: 'variable',
  path: 'variable',
  snippet: 'text',
};

/** Returns the extension; `ask` is what `asker` returns. */
export const completion = (ask) => autocompletion({ override: [source(ask)], icons: true, maxRenderedOptions: 200 });

const source = (ask) => async (context) => {
  const answer = await ask(context.view, 'complete', context.pos);
  if (answer === null || context.aborted || answer.items.length === 0) return null;
  const options = answer.items.map(option(answer, context.pos));
  return { from: answer.from, options, filter: false };
};

const option = ({ from: start, replace }, caret) => (item) => ({
  label: item.label,
  detail: item.detail,
  type: ICONS[item.kind],
  info: item.text === '' ? undefined : () => element('div', { class: 'cm-aslHelp' }, ...documentation(item)),
  // What is replaced may reach further than the word that was typed.
  apply: (view, taken, from, to) => write(view, taken, item, from - (start - replace[0]), to + (replace[1] - caret)),
});

function write(view, taken, { insert, fields }, from, to) {
  if (fields.length > 0) return snippet(template(view.state, insert, fields, from))(view, taken, from, to);
  view.dispatch({ ...insertCompletionText(view.state, insert, from, to), annotations: pickedCompletion.of(taken) });
}

/** Returns CodeMirror's notation of a text with fields. It indents lines as the first one is, so that goes. */
function template({ doc }, insert, fields, from) {
  const escape = (text) => text.replace(/[{}]/g, '\\$&');
  let written = '';
  let end = 0;
  for (const [start, stop] of fields) {
    written += `${escape(insert.slice(end, start))}\${${escape(insert.slice(start, stop))}}`;
    end = stop;
  }
  const [indent] = /^\s*/.exec(doc.lineAt(from).text);
  return (written + escape(insert.slice(end))).replaceAll(`\n${indent}`, '\n');
}
