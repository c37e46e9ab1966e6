// Diagnostics are made by the engine; the editor only shows them.

import { forEachDiagnostic, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from '@codemirror/lint';

export const diagnosticMarks = lintGutter();

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
    actions: diagnostic.fixes?.map((fix) => ({ name: fix.title, apply: () => applyChanges(fix.edits) })),
  }));
  view.dispatch(setDiagnostics(view.state, marks));
}

/** Selects the next (1) or previous (-1) diagnostic; returns false where there is none. */
export function goToDiagnostic(view, direction) {
  let isAny = false;
  forEachDiagnostic(view.state, () => (isAny = true));
  return isAny && (direction < 0 ? previousDiagnostic : nextDiagnostic)(view);
}
