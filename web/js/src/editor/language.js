// The languages of editors. JavaScript is a chunk of its own: only the mocks need it.

import { json } from '@codemirror/lang-json';
import { Compartment } from '@codemirror/state';

/** Returns an extension, and starts loading what it lacks; `whenLoaded` gets an effect that puts it in. */
export function languageSupport(language, whenLoaded) {
  if (language === 'json') return json();
  if (language !== 'javascript') return [];
  const compartment = new Compartment();
  import('./javascript.js').then(
    ({ javascriptSupport }) => whenLoaded(compartment.reconfigure(javascriptSupport())),
    () => {}, // Offline: the text stays editable, without colors.
  );
  return compartment.of([]);
}
