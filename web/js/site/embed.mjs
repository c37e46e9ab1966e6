// `embed.html`: the page inside another page. The same scripts and styles as `index.html`, from which it is made.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

const STYLES = fileURLToPath(new URL('../../styles/embed.css', import.meta.url));

const BODY = `<body>
<div id="app"><p class="embed-loading">Loading…</p></div>
<noscript>This state machine is shown by a script. <a href="./" target="_blank" rel="noopener">Open the playground</a></noscript>
</body>
</html>
`;

/** Returns the embedded page; `editor` holds the files that some of its views do without. */
export async function embedPage(index, editor) {
  const { code } = await transform(readFileSync(STYLES, 'utf8'), { loader: 'css', minify: true });
  const [head] = index.split('<body>');
  const withoutEditor = editor.reduce((text, name) => text.replace(`<link rel="modulepreload" href="./${name}">`, ''), head);
  // The scripts are in the head of `index.html`, or in its body: both are kept.
  const scripts = index.slice(head.length).match(/<script type="module" src=[^>]*><\/script>/g) ?? [];
  return (
    withoutEditor
      .replace('<html lang="en">', '<html lang="en" data-embed>')
      .replace(/<link rel="(manifest|apple-touch-icon)"[^>]*>/g, '')
      .replace(/<meta name="description"[^>]*>/, '<meta name="robots" content="noindex">')
      .replace('</head>', () => `<style>${code}</style>${scripts.join('')}</head>`) + BODY
  );
}
