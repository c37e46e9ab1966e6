// Everything that helps with editing a definition, and its keys.

import { keymap } from '@codemirror/view';
import { asker } from './ask.js';
import { foldStates, format, listStates } from './commands.js';
import { completion } from './completion.js';
import { applyFix, FIX_KEY, goToDiagnostic } from './diagnostics.js';
import { closeHelp, explain, hover } from './hover.js';
import { definitionOnClick, goToDefinition, listUses, rename, renamedStates } from './names.js';
import { sentenceField } from './say.js';

/** Returns the extension; both are options of `createEditor`. */
export function assist(question, onRename) {
  const ask = asker(question);
  return [keymap.of(bindings(ask)), completion(ask), hover(ask), definitionOnClick(ask), renamedStates(onRename), sentenceField];
}

const bindings = (ask) => [
  { key: 'F8', run: (view) => goToDiagnostic(view, 1), shift: (view) => goToDiagnostic(view, -1), preventDefault: true },
  { key: FIX_KEY, run: applyFix },
  { key: 'F1', run: explain(ask), preventDefault: true },
  { key: 'F2', run: rename(ask), preventDefault: true },
  { key: 'F12', run: (view) => goToDefinition(ask)(view), shift: listUses(ask), preventDefault: true },
  { key: 'Mod-Shift-o', run: listStates(ask), preventDefault: true },
  { key: 'Ctrl-Alt-[', run: foldStates(ask) },
  { key: 'Escape', run: closeHelp },
];

/** Returns the command that formats an editor's text. */
export const formatText = (question) => format(asker(question));
