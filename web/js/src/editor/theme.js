// Colors and sizes come from CSS custom properties of the page, so light and dark need no call.

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const color = (name, fallback) => `var(--editor-${name}, ${fallback})`;

const text = color('text', '#1b2028');
const muted = color('muted', '#5b6472');
const border = color('border', '#d5dae1');
const background = color('background', '#ffffff');
const tooltip = color('tooltip', background);

const frame = EditorView.theme({
  '&': { height: '100%', color: text, backgroundColor: background },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--editor-font, ui-monospace, SFMono-Regular, Menlo, Consolas, monospace)',
    fontSize: 'var(--editor-font-size, 0.8125rem)',
    lineHeight: '1.55',
  },
  '.cm-content': { caretColor: color('caret', text) },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: color('caret', text) },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: color('selection', '#cfe3fb'),
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: color('active-line', '#f4f6f980') },
  '.cm-gutters': { backgroundColor: color('gutter', background), color: muted, border: 'none' },
  '.cm-foldPlaceholder': { backgroundColor: 'transparent', border: `1px solid ${border}`, color: muted },
  '.cm-selectionMatch, .cm-searchMatch': { backgroundColor: color('match', '#ffe9a8') },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: color('match', '#ffe9a8') },
  '.cm-aslMark': { backgroundColor: color('mark', '#e3f0ff') },
});

const popups = EditorView.theme({
  '.cm-panels, .cm-tooltip': { backgroundColor: tooltip, color: text, border: `1px solid ${border}` },
  '.cm-tooltip': { borderRadius: '6px', boxShadow: 'var(--shadow-raised, 0 4px 16px #0003)' },
  '.cm-panels': { border: 'none', borderTop: `1px solid ${border}` },
  '.cm-textfield, .cm-button': { background, color: text, border: `1px solid ${border}`, backgroundImage: 'none' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: color('selection', '#cfe3fb'),
    color: text,
  },
  '.cm-completionDetail': { color: muted, fontStyle: 'normal' },
  'li[aria-selected] .cm-completionDetail': { color: text },
  '.cm-diagnostic': { borderLeftWidth: '3px', maxWidth: '60ch', whiteSpace: 'pre-wrap' },
  '.cm-diagnosticText': { display: 'block' },
  '.cm-diagnosticSource': { opacity: '1', color: muted },
  '.cm-diagnosticAction': { backgroundColor: color('selection', '#cfe3fb'), color: text, cursor: 'pointer', borderRadius: '4px', margin: '0.25rem 0.375rem 0.25rem 0' },
  '.cm-diagnostic-error': { borderLeftColor: color('error', '#a1140d') },
  '.cm-diagnostic-warning': { borderLeftColor: color('warning', '#b56a00') },
  '.cm-diagnostic-hint': { borderLeftColor: color('hint', '#0b62c4') },
});

/** Help, lists of places, renaming. */
const help = EditorView.theme({
  '.cm-aslHelp': { maxWidth: '32rem', maxHeight: '16rem', overflowY: 'auto', padding: '0.375rem 0.625rem' },
  '.cm-aslHelp p, .cm-dialog p': { margin: '0.125rem 0' },
  '.cm-aslHelp code': { overflowWrap: 'anywhere' },
  '.cm-aslTitle': { fontWeight: '600', overflowWrap: 'anywhere' },
  '.cm-aslSource': { color: muted, fontSize: '0.9em' },
  '.cm-tooltip.cm-completionInfo': { padding: '0' },
  '.cm-panel.cm-dialog': { padding: '0.375rem 2.5rem 0.5rem 0.75rem', fontSize: '0.8125rem' },
  '.cm-dialog .cm-dialog-close': { top: '0.25rem', right: '0.5rem', minWidth: '1.75rem', minHeight: '1.75rem', color: text },
  '.cm-dialog .cm-textfield': { minWidth: '14rem', padding: '0.25rem 0.5rem', borderRadius: '6px', fontSize: 'inherit' },
  '.cm-dialog .cm-button': { padding: '0.25rem 0.75rem', marginLeft: '0.25rem', borderRadius: '6px', fontSize: 'inherit' },
  '.cm-aslProblem': { color: color('error', '#a1140d') },
  '.cm-aslPlaces ul': { listStyle: 'none', margin: '0', padding: '0', maxHeight: '11rem', overflowY: 'auto' },
  '.cm-aslPlaces li button': {
    display: 'block',
    width: '100%',
    padding: '0.125rem 0.25rem',
    overflow: 'hidden',
    border: 'none',
    background: 'none',
    color: text,
    fontFamily: 'var(--editor-font, monospace)',
    fontSize: 'inherit',
    textAlign: 'left',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    cursor: 'pointer',
  },
  '.cm-aslPlaces li button:hover': { backgroundColor: color('mark', '#e3f0ff') },
  '.cm-aslPlaces li button:focus': { backgroundColor: color('selection', '#cfe3fb') },
  '.cm-aslPlaces li button span': { display: 'inline-block', minWidth: '3ch', color: muted, textAlign: 'right' },
  '@media (pointer: coarse)': {
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { minHeight: '2.75rem', lineHeight: '2.5rem' },
    '.cm-aslPlaces li button, .cm-dialog .cm-textfield, .cm-dialog .cm-button': { minHeight: '2.75rem' },
    '.cm-dialog .cm-dialog-close': { minWidth: '2.75rem', minHeight: '2.75rem' },
  },
});

/** Underlines differ in pattern as well as in color. */
const squiggles = EditorView.theme({
  '.cm-lintRange': { backgroundImage: 'none', textDecorationLine: 'underline', textDecorationSkipInk: 'none' },
  '.cm-lintRange-error': { textDecorationStyle: 'wavy', textDecorationColor: color('error', '#a1140d') },
  '.cm-lintRange-warning': { textDecorationStyle: 'dashed', textDecorationColor: color('warning', '#b56a00') },
  '.cm-lintRange-hint': { textDecorationStyle: 'dotted', textDecorationColor: color('hint', '#0b62c4') },
});

const highlight = HighlightStyle.define([
  { tag: tags.propertyName, color: color('key', '#0b4f9c') },
  { tag: tags.string, color: color('string', '#0a6e4f') },
  { tag: tags.number, color: color('number', '#9a3a00') },
  { tag: [tags.bool, tags.null], color: color('literal', '#8a1f86') },
  { tag: [tags.keyword, tags.operatorKeyword], color: color('keyword', '#8a1f86') },
  { tag: tags.comment, color: color('comment', muted), fontStyle: 'italic' },
  { tag: tags.function(tags.variableName), color: color('key', '#0b4f9c') },
]);

export const theme = [frame, popups, help, squiggles, syntaxHighlighting(highlight)];
