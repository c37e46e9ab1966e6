// What stands under the pointer, or at the caret after F1: documentation, and the value in the newest run.

import { activateHover, closeHoverTooltips, hasHoverTooltips, hoverTooltip } from '@codemirror/view';
import { documentation, element } from './dom.js';
import { announce } from './say.js';

export const hover = (ask) =>
  hoverTooltip(async (view, offset) => {
    const answer = await ask(view, 'hover', offset);
    if (answer === null) return null;
    const [pos, end] = answer.at;
    return { pos, end, above: true, create: () => ({ dom: help(answer) }) };
  }, { hideOnChange: true });

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
  activateHover(view, head, 1, { until: ({ docChanged, selection }) => docChanged || selection !== undefined });
  ask(view, 'hover', head).then((answer) => {
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
