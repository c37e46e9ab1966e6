// Keys of the editor. Those of the page (run, step, share) are the page's own.

import { closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import { foldKeymap } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { searchKeymap } from '@codemirror/search';
import { keymap } from '@codemirror/view';

/**
 * Until the first edit Tab leaves the editor, so that a reader who only passes through is not caught; afterwards it
 * indents, and Escape followed by Tab leaves.
 */
function tabKey() {
  let wasEdited = false;
  const afterEdit = (command) => (view) => wasEdited && command(view);
  return {
    noticeEdit: () => (wasEdited = true),
    binding: { key: 'Tab', run: afterEdit(indentMore), shift: afterEdit(indentLess) },
  };
}

/** Keys that the page uses everywhere (run, step): the editor leaves them alone. */
const PAGE_KEYS = new Set(['Mod-Enter', 'Shift-Mod-k', 'Mod-k']);

/** Returns the key bindings, and a function to be told of edits. */
export function keys() {
  const tab = tabKey();
  const bindings = [
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...completionKeymap,
    ...lintKeymap,
    tab.binding,
  ];
  return { extension: keymap.of(bindings.filter(({ key }) => !PAGE_KEYS.has(key))), noticeEdit: tab.noticeEdit };
}
