// JavaScript for the editors of mocks: colors, and the parser's own errors as diagnostics. Mocks are never executed to
// find a mistake.

import { javascript } from '@codemirror/lang-javascript';
import { syntaxTree } from '@codemirror/language';
import { linter } from '@codemirror/lint';

/** One mistake often makes the parser stumble several times; the first few tell enough. */
const MAX_MARKS = 3;

export const javascriptSupport = () => [javascript(), linter(syntaxErrors, { delay: 300 })];

function syntaxErrors(view) {
  const diagnostics = [];
  syntaxTree(view.state).iterate({
    enter(node) {
      if (!node.type.isError || diagnostics.length >= MAX_MARKS) return;
      const to = Math.min(node.to > node.from ? node.to : node.from + 1, view.state.doc.length);
      const found = view.state.sliceDoc(node.from, to).trim();
      const message = found === '' ? 'Something is missing here.' : `This does not fit here: ${found}`;
      diagnostics.push({ from: node.from, to, severity: 'error', message });
    },
  });
  return diagnostics;
}
