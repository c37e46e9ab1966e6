// `<asl-playground>`: a state machine in a page of documentation. What stands inside of the element is what readers see
// until the playground is there, and for good where it cannot be had. Nothing of the playground is loaded before that.

import { fragmentOfElement } from './content.js';
import { SHADOW } from './shadow.js';

/** Attributes that are handed to the embedded page as they are. */
const PASSED = ['view', 'theme', 'run', 'readonly', 'edit', 'scale', 'event', 'controls', 'lang', 'allow-api'];
const PREFIX = 'asl-playground:';
/** After this long the reader is told that something may be wrong; the content is in sight all the while. */
const PATIENCE_MS = 20_000;

/** Defines the element; `home` is the folder of the playground, with a slash at its end. */
export function define(home, name = 'asl-playground') {
  if (customElements.get(name) === undefined) customElements.define(name, elementClass(new URL(home)));
}

const elementClass = (home) =>
  class extends HTMLElement {
    static observedAttributes = ['theme', 'height'];
    #frame;
    #observer;
    #timer;

    constructor() {
      super();
      this.attachShadow({ mode: 'open' }).innerHTML = SHADOW;
      this.#part('button').onclick = () => this.open(true);
      this.#part('a').onclick = (event) => this.#openPlayground(event);
    }

    connectedCallback() {
      addEventListener('message', this.#receive);
      this.#part('a').href = home.href;
      this.#part('button').hidden = this.getAttribute('run') === 'none' && this.#load !== 'click';
      if (this.#load === 'eager') this.open();
      if (this.#load === 'lazy') this.#openWhenNear();
    }

    disconnectedCallback() {
      removeEventListener('message', this.#receive);
      this.#observer?.disconnect();
      this.#close();
    }

    attributeChangedCallback(attribute, _before, value) {
      if (attribute === 'theme') this.#send('theme', { theme: value ?? 'auto' });
      if (attribute === 'height' && Number(value) > 0) this.style.height = `${value}px`;
    }

    /** Loads the playground in place of what the element shows; runs where the reader asked for that. */
    async open(isPressed = false) {
      if (this.#frame !== undefined) return;
      const frame = (this.#frame = document.createElement('iframe'));
      this.#say('Loading…');
      try {
        const fragment = await fragmentOfElement(this);
        frame.src = `${home.href}embed.html?${this.#query(isPressed)}#${fragment}`;
      } catch (error) {
        return this.#fail(error.message);
      }
      frame.title = this.getAttribute('label') ?? 'State machine in ASL Playground';
      frame.allow = 'clipboard-write';
      frame.referrerPolicy = 'no-referrer';
      if (this.hasAttribute('credentialless')) frame.setAttribute('credentialless', '');
      this.#timer = setTimeout(() => this.#say('Still loading: it may be blocked here.'), PATIENCE_MS);
      this.shadowRoot.append(frame);
    }

    /** Presses Run; needs the attribute `allow-api`. */
    run() {
      this.#send('run');
    }

    /** Picks an event of the run by its number; needs the attribute `allow-api`. */
    seek(event) {
      this.#send('seek', { event });
    }

    get #load() {
      const load = this.getAttribute('load');
      return load === 'click' || load === 'eager' ? load : 'lazy';
    }

    #part(name) {
      return this.shadowRoot.querySelector(name);
    }

    #openWhenNear() {
      const near = ([entry]) => {
        if (!entry.isIntersecting) return;
        this.#observer.disconnect();
        this.open();
      };
      this.#observer = new IntersectionObserver(near, { rootMargin: '200px' });
      this.#observer.observe(this);
    }

    #query(isPressed) {
      const query = new URLSearchParams();
      for (const name of PASSED) if (this.hasAttribute(name)) query.set(name, this.getAttribute(name));
      if (this.getAttribute('height') === 'auto') query.set('height', 'auto');
      if (isPressed && query.get('run') !== 'none') query.set('run', 'pressed');
      return query;
    }

    #send(name, members) {
      this.#frame?.contentWindow?.postMessage({ type: PREFIX + name, ...members }, home.origin);
    }

    #receive = ({ source, origin, data }) => {
      if (source === null || source !== this.#frame?.contentWindow || origin !== home.origin) return;
      const type = typeof data?.type === 'string' && data.type.startsWith(PREFIX) ? data.type.slice(PREFIX.length) : '';
      if (type === 'ready') this.#show();
      if (type === 'height' && this.getAttribute('height') === 'auto') this.style.height = `${Number(data.height)}px`;
      if (type === 'run-finished') this.#tell(type, { status: String(data.status), events: Number(data.events) });
      if (type === 'error') this.#fail(String(data.message));
    };

    #show() {
      clearTimeout(this.#timer);
      this.shadowRoot.host.toggleAttribute('data-open', true);
      this.#tell('ready');
    }

    #fail(message) {
      this.#close();
      this.#say('The playground could not be loaded here.');
      this.#tell('error', { message });
    }

    #close() {
      clearTimeout(this.#timer);
      this.#frame?.remove();
      this.#frame = undefined;
      this.removeAttribute('data-open');
    }

    #say(text) {
      this.#part('p').textContent = text;
    }

    #tell(type, detail) {
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }

    /** Opens the whole playground with what the element holds. The window has to be opened before anything is awaited. */
    #openPlayground(event) {
      event.preventDefault();
      const target = open('about:blank', '_blank');
      if (target !== null) target.opener = null;
      fragmentOfElement(this).then(
        (fragment) => target?.location.replace(`${home.href}#${fragment}`),
        () => target?.location.replace(home.href),
      );
    }
  };
