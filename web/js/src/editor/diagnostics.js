// Diagnostics are made by the engine; the editor only shows them, and applies the fixes that come with them.

import { forEachDiagnostic, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from '@codemirror/lint';
import { say } from './say.js';

export const diagnosticMarks = lintGutter();

/** The key of the quick fix; Ctrl+. stops a run. */
export const FIX_KEY = 'Alt-Enter';

/** Replaces everything that is shown. Offsets outside the text are clipped: it may have changed since. */
export function showDiagnostics(view, diagnostics, applyChanges) {
  const { length } = view.state.doc;
  const clip = (offset) => Math.max(0, Math.min(offset, length));
  const marks = diagnostics.map((diagnostic) => ({
    from: clip(diagnostic.from),
    to: Math.max(clip(diagnostic.from), clip(diagnostic.to)),
    severity: diagnostic.severity,
    source: diagnostic.source,
    message: diagnostic.message,
    actions: diagnostic.fixes?.map(({ title, edits }, index) => ({
      name: index === 0 ? `${title} (Alt+Enter)` : title,
      apply: () => applyChanges(edits),
    })),
  }));
  view.dispatch(setDiagnostics(view.state, marks));
}

/** Applies the best fix of what is wrong at the caret, or else on its line. */
export function applyFix(view) {
  const { main } = view.state.selection;
  const line = view.state.doc.lineAt(main.head);
  let best = null;
  forEachDiagnostic(view.state, (diagnostic, from, to) => {
    const [fix] = diagnostic.actions ?? [];
    if (fix === undefined || to < line.from || from > line.to) return;
    const isHere = from <= main.to && main.from <= to;
    if (best === null || (isHere && !best.isHere)) best = { fix, from, to, isHere };
  });
  if (best === null) return say(view, 'There is no quick fix on this line. F8 goes to the next problem.');
  best.fix.apply(view, best.from, best.to);
  return true;
}

/** Selects the next (1) or previous (-1) diagnostic; returns false where there is none. */
export function goToDiagnostic(view, direction) {
  let isAny = false;
  forEachDiagnostic(view.state, () => (isAny = true));
  return isAny && (direction < 0 ? previousDiagnostic : nextDiagnostic)(view);
}
