// What stands under the pointer, or at the caret after F1: documentation, and the value in the newest run.

import { activateHover, closeHoverTooltips, hasHoverTooltips, hoverTooltip } from '@codemirror/view';
import { documentation, element } from './dom.js';
import { announce } from './say.js';

/** The help of the caret while it is put up, null where there is none: that of the pointer has to be asked for. */
let prepared;

export const hover = (ask) =>
  hoverTooltip((view, offset) => (prepared === undefined ? ask(view, 'hover', offset).then(tooltip) : prepared), { hideOnChange: true });

function tooltip(answer) {
  if (answer === null) return null;
  const [pos, end] = answer.at;
  return { pos, end, above: true, create: () => ({ dom: help(answer) }) };
}

function help(answer) {
  const { title, value } = answer;
  return element(
    'div',
    { class: 'cm-aslHelp' },
    element('p', { class: 'cm-aslTitle' }, title),
    ...documentation(answer),
    value === null ? null : element('p', {}, 'In the last run: ', element('code', {}, value)),
  );
}

/** Returns the command that shows everything there is to say about the caret's place, or puts it away. */
export const explain = (ask) => (view) => {
  const { head } = view.state.selection.main;
  if (closeHelp(view)) return true;
  ask(view, 'hover', head).then((answer) => {
    // The editor calls off what is asked for while it puts help up, as soon as anything in the view changes.
    prepared = tooltip(answer);
    activateHover(view, head, 1, { until: ({ docChanged, selection }) => docChanged || selection !== undefined });
    prepared = undefined;
    if (answer !== null) announce(view, `${answer.title}. ${answer.text} ${answer.value ?? ''}`);
  });
  return true;
};

/** Puts help away; returns false where there is none. */
export function closeHelp(view) {
  const isShown = hasHoverTooltips(view.state);
  if (isShown) view.dispatch({ effects: closeHoverTooltips });
  return isShown;
}
