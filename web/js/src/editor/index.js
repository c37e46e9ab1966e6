// The editor behind a narrow face: `createEditor` and the handle it returns, as `host.d.ts` describes them. The page knows
// nothing of CodeMirror.

import { closeBrackets } from '@codemirror/autocomplete';
import { history } from '@codemirror/commands';
import { bracketMatching, codeFolding, foldGutter, indentOnInput } from '@codemirror/language';
import { highlightSelectionMatches, search } from '@codemirror/search';
import { Annotation, Compartment, EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { assist, formatText } from './assist.js';
import { diagnosticMarks, goToDiagnostic, showDiagnostics } from './diagnostics.js';
import { keys } from './keys.js';
import { languageSupport } from './language.js';
import { mark, markField } from './mark.js';
import { theme } from './theme.js';

/** Marks what the page wrote, which it need not be told of. */
const byThePage = Annotation.define();

export function createEditor(parent, options) {
  const readOnly = new Compartment();
  const makeState = (text) => EditorState.create({ doc: text, extensions: extensions(options, readOnly, () => view) });
  const view = new EditorView({ parent, state: makeState(options.text) });
  return handle(view, readOnly, makeState, options);
}

function extensions(options, readOnly, view) {
  const { extension: keyBindings, noticeEdit } = keys();
  return [
    options.ask === undefined ? [] : assist(options.ask, options.onRename),
    basics(options),
    keyBindings,
    languageSupport(options.language, (effect) => view().dispatch({ effects: effect })),
    diagnosticMarks,
    markField,
    theme,
    readOnly.of(EditorState.readOnly.of(options.readOnly ?? false)),
    EditorView.updateListener.of((update) => report(update, options, noticeEdit)),
  ];
}

function basics({ label, placeholder: hint }) {
  return [
    lineNumbers(),
    foldGutter(),
    codeFolding(),
    history(),
    drawSelection(),
    highlightSpecialChars(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    search({ top: true }),
    EditorState.tabSize.of(2),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', autocapitalize: 'off', autocorrect: 'off' }),
    hint === undefined ? [] : placeholder(hint),
  ];
}

/** Tells the page what the reader did. */
function report(update, options, noticeEdit) {
  const isByThePage = update.transactions.some((transaction) => transaction.annotation(byThePage));
  if (update.focusChanged && update.view.hasFocus) options.onFocus?.();
  if (isByThePage) return;
  if (update.docChanged) {
    noticeEdit();
    options.onChange?.(changesOf(update.changes), () => update.state.doc.toString());
  }
  if (update.selectionSet) {
    const { from, to } = update.state.selection.main;
    options.onSelect?.(from, to);
  }
}

function changesOf(changeSet) {
  const changes = [];
  changeSet.iterChanges((from, to, _fromAfter, _toAfter, insert) => changes.push({ from, to, insert: insert.toString() }));
  return changes;
}

function handle(view, readOnly, makeState, { ask }) {
  const applyChanges = (changes) => view.dispatch({ changes, userEvent: 'input.fix', scrollIntoView: true });
  return {
    text: () => view.state.doc.toString(),
    setText: (text, keepHistory = false) => replaceText(view, text, keepHistory ? null : makeState),
    applyChanges,
    setDiagnostics: (diagnostics) => showDiagnostics(view, diagnostics, applyChanges),
    select: (from, to, focus = false) => select(view, from, to, focus),
    mark: (from, to) => mark(view, from, to),
    format: () => ask !== undefined && formatText(ask)(view),
    nextDiagnostic: (direction = 1) => goToDiagnostic(view, direction),
    setReadOnly: (isReadOnly) =>
      view.dispatch({ effects: readOnly.reconfigure(EditorState.readOnly.of(isReadOnly)) }),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

/** Replaces the document: within the same history, or with a state made anew. */
function replaceText(view, text, makeState) {
  if (text === view.state.doc.toString()) return;
  if (makeState !== null) return view.setState(makeState(text));
  const changes = { from: 0, to: view.state.doc.length, insert: text };
  view.dispatch({ changes, annotations: byThePage.of(true) });
}

function select(view, from, to, focus) {
  const { length } = view.state.doc;
  const [anchor, head] = [Math.min(from, length), Math.min(to, length)];
  view.dispatch({
    selection: { anchor, head },
    effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    annotations: byThePage.of(true),
  });
  if (focus) view.focus();
}
