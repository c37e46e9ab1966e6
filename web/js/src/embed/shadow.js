// What surrounds the content of an element: its frame, and the bar of the embedded page to come.

export const SHADOW = `<style>
:host{display:block;position:relative;box-sizing:border-box;height:420px;overflow:hidden!important;border:1px solid light-dark(#e2e5ea,#222935);border-radius:8px;background:light-dark(#fff,#0f131a);color:light-dark(#1b2028,#f2f4f8);text-align:start}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
:host([view=run]:not([height])){height:43px}
:host([hidden]){display:none}
div{height:calc(100% - 41px);overflow:auto}
:host([controls=none]:not([load=click])) div{height:100%}
:host([controls=none]:not([load=click])) footer,:host([data-open]) :is(div,footer){display:none}
:host([view=run]) div{height:0;overflow:hidden}
::slotted(pre){margin:0!important;padding:12px 16px!important;border:0!important;background:none!important;font:13px/1.55 ui-monospace,"SF Mono",Menlo,Consolas,monospace!important;white-space:pre}
::slotted(:is(img,svg)){display:block;max-width:100%;height:auto;margin:12px auto}
::slotted([data-part]:not([data-part=definition])){display:none}
footer{display:flex;align-items:center;gap:12px;box-sizing:border-box;height:41px;padding:0 8px 0 7px;border-top:1px solid light-dark(#e2e5ea,#222935);font:12px/1.4 system-ui,sans-serif}
:host([view=run]) footer{border-top:0}
button{display:flex;align-items:center;gap:6px;height:26px;padding:0 10px 0 8px;border:0;border-radius:6px;background:light-dark(#0b62c4,#6cb2ff);color:light-dark(#fff,#06121f);font:600 12px/1 system-ui,sans-serif;cursor:pointer}
button:hover{background:light-dark(#084f9f,#93c6ff)}
[hidden]{display:none}
p{flex:1;min-width:0;margin:0;overflow:hidden;color:light-dark(#646d7b,#8d97a6);text-overflow:ellipsis;white-space:nowrap}
a{display:flex;align-items:center;gap:5px;color:light-dark(#4a5361,#b3bcc9);text-decoration:none;white-space:nowrap}
a:hover{text-decoration:underline}
:is(a,button):focus-visible{outline:2px solid light-dark(#0b62c4,#6cb2ff);outline-offset:2px}
svg{width:14px;height:14px;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linejoin:round}
iframe{position:absolute;inset:-1px;width:calc(100% + 2px);height:calc(100% + 2px);border:0;color-scheme:inherit;visibility:hidden}
:host([data-open]) iframe{visibility:visible}
@media(pointer:coarse){button,a{min-height:41px}}
</style><div><slot></slot></div><footer><button type="button"><svg viewBox="0 0 20 20" aria-hidden="true"><path fill="currentColor" d="M6.5 4.2v11.6l9-5.8Z"/></svg>Run</button><p role="status"></p><a target="_blank" rel="noopener">Open in playground <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M8 5H4.5v10.5H15V12M11 4h5v5M16 4l-7 7"/></svg></a></footer>`;
