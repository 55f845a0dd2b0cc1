/*
 * <peerlet-launch href="clip.jnlp" video="clip.mp4" poster="poster.jpg" packages="/player/">
 *   <a href="clip.jnlp">Play</a>
 *   <track kind="subtitles" src="clip.en.vtt" srclang="en" label="English">
 * </peerlet-launch>
 *
 * A click downloads the launch file and opens a panel with every other way to the picture; the last
 * of them, an HTML video, needs nothing. Without this script the link inside is all there is.
 *
 * Nothing is written as markup or as a style attribute: pages may forbid both by their content
 * policy. Another language is one more entry of `customElements.get('peerlet-launch').texts`.
 */
'use strict';

(() => {
  // French puts a no-break space before a colon or a question mark.
  const TEXTS = {
    en: {
      play: 'Play',
      here: 'Watch here',
      hereNow: 'Watch here now',
      close: 'Close',
      heading: 'Opening the player…',
      waiting: 'A small file was downloaded. Open it, and the player starts.',
      nothing: 'Nothing happened? One of these steps helps.',
      opened: 'The player is opening.',
      file: 'Open the downloaded file',
      fileText: 'It is in your browser’s list of downloads:',
      again: 'Download it again',
      scheme: 'Or open it without the file',
      schemeText: 'This works where OpenWebStart is installed.',
      schemeLink: 'Open in OpenWebStart',
      install: 'Is nothing there to open it?',
      installText: 'OpenWebStart is free and opens such files. Install it once, then open the file.',
      installLink: 'Get OpenWebStart',
      windows: 'Choose Windows and open the installer that you get.',
      mac: 'Choose macOS and open the installer that you get. If macOS refuses, allow it in System Settings, Privacy & Security.',
      linux: 'Choose Linux and install the package that you get. Debian and Ubuntu have a package of their own as well: icedtea-netx.',
      packages: 'Or install the player itself',
      packagesText: 'As a package or a zip file for your system. It needs no OpenWebStart.',
      packagesLink: 'Choose a package',
      hereText: 'Nothing to install: the video plays in this page.',
      broken: 'This browser cannot play the video.',
      brokenLink: 'Download the video',
      shots: {
        downloads: { title: 'Downloads', says: '', buttons: ['Open'], alt: 'The list of downloads: choose Open.' },
        installer: { title: 'OpenWebStart Setup', says: 'Welcome', buttons: ['Cancel', 'Next'], alt: 'The installer: choose Next until it is done.' },
        software: { title: 'Software', says: 'openwebstart', buttons: ['Install'], alt: 'The package: open it and choose Install.' },
        question: { title: 'Security', says: 'Run Peerlet?', buttons: ['Cancel', 'Run'], alt: 'When you are asked whether Peerlet may run: choose Run.' },
      },
    },
    fr: {
      play: 'Lire',
      here: 'Regarder ici',
      hereNow: 'Regarder ici maintenant',
      close: 'Fermer',
      heading: 'Ouverture du lecteur…',
      waiting: 'Un petit fichier a été téléchargé. Ouvrez-le, et le lecteur démarre.',
      nothing: 'Rien ne se passe ? L’une de ces étapes aide.',
      opened: 'Le lecteur s’ouvre.',
      file: 'Ouvrez le fichier téléchargé',
      fileText: 'Il est dans la liste des téléchargements du navigateur :',
      again: 'Le télécharger à nouveau',
      scheme: 'Ou ouvrez-le sans le fichier',
      schemeText: 'Cela marche là où OpenWebStart est installé.',
      schemeLink: 'Ouvrir dans OpenWebStart',
      install: 'Rien ne sait l’ouvrir ?',
      installText: 'OpenWebStart est gratuit et ouvre ces fichiers. Installez-le une fois, puis ouvrez le fichier.',
      installLink: 'Obtenir OpenWebStart',
      windows: 'Choisissez Windows et ouvrez l’installateur reçu.',
      mac: 'Choisissez macOS et ouvrez l’installateur reçu. Si macOS refuse, autorisez-le dans Réglages Système, Confidentialité et sécurité.',
      linux: 'Choisissez Linux et installez le paquet reçu. Debian et Ubuntu ont aussi leur propre paquet : icedtea-netx.',
      packages: 'Ou installez le lecteur lui-même',
      packagesText: 'En paquet ou en fichier zip pour votre système. OpenWebStart n’est pas nécessaire.',
      packagesLink: 'Choisir un paquet',
      hereText: 'Rien à installer : lecture dans cette page.',
      broken: 'Ce navigateur ne peut pas lire la vidéo.',
      brokenLink: 'Télécharger la vidéo',
      shots: {
        downloads: { title: 'Téléchargements', says: '', buttons: ['Ouvrir'], alt: 'La liste des téléchargements : choisissez Ouvrir.' },
        installer: { title: 'Installation', says: 'Bienvenue', buttons: ['Annuler', 'Suivant'], alt: 'L’installateur : choisissez Suivant jusqu’à la fin.' },
        software: { title: 'Logiciels', says: 'openwebstart', buttons: ['Installer'], alt: 'Le paquet : ouvrez-le et choisissez Installer.' },
        question: { title: 'Sécurité', says: 'Lancer Peerlet ?', buttons: ['Annuler', 'Lancer'], alt: 'À la question si Peerlet peut démarrer : choisissez Lancer.' },
      },
    },
  };

  /** Whoever sees nothing for so long wonders; javaws takes about this to show its own window. */
  const PATIENCE_MILLIS = 6000;
  const ASK_MILLIS = 1000;
  /** Who has not started the player by then reads, or installs something. */
  const ASK_FOR_MILLIS = 120000;
  const NOTICE_MILLIS = 8000;

  const STYLE = `
    :host { display: block; max-width: 60rem; color-scheme: light dark;
      --ink: #1b1f24; --soft: #57606a; --paper: #fff; --raised: #f3f5f7; --line: #d0d7de;
      --accent: var(--peerlet-accent, #0b57d0); --on-accent: var(--peerlet-on-accent, #fff);
      font: 16px/1.45 system-ui, sans-serif; color: var(--ink); }
    :host([hidden]) { display: none; }
    @media (prefers-color-scheme: dark) { :host {
      --ink: #e6e9ec; --soft: #a5aeb8; --paper: #1c2026; --raised: #272c34; --line: #3d444d;
      --accent: var(--peerlet-accent, #a8c7fa); --on-accent: var(--peerlet-on-accent, #06275f); } }
    * { box-sizing: border-box; }
    .stage { position: relative; display: grid; place-items: center; aspect-ratio: 16 / 9;
      min-height: 9rem; width: 100%; overflow: hidden; border-radius: .75rem;
      background: linear-gradient(135deg, #1d2b45, #10141b); }
    .poster, video { position: absolute; inset: 0; width: 100%; height: 100%; }
    .poster { object-fit: cover; }
    video { background: #000; }
    .actions { position: relative; display: flex; flex-wrap: wrap; gap: .75rem;
      justify-content: center; padding: 1rem; }
    .button { display: inline-flex; align-items: center; justify-content: center; gap: .6em;
      min-height: 2.75rem; padding: .5em 1.2em; border: 1px solid var(--line); border-radius: 2rem;
      font: inherit; font-weight: 600; text-decoration: none; cursor: pointer;
      color: var(--ink); background: var(--paper); }
    .button.main { border-color: transparent; color: var(--on-accent); background: var(--accent); }
    .stage .button { box-shadow: 0 2px 12px #0009; }
    .stage .main { font-size: 1.25rem; padding: .5em 1.5em; }
    .main svg { width: .8em; height: .9em; fill: currentColor; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
    .stage :focus-visible { outline-color: #fff; }
    h2:focus-visible { outline: none; }
    .notice { position: absolute; bottom: 1rem; margin: 0; padding: .4em 1em; border-radius: 2rem;
      color: var(--ink); background: var(--paper); }
    .notice:empty { display: none; }
    dialog { width: min(43rem, 100% - 1.5rem); max-height: calc(100% - 1.5rem); padding: 0;
      border: 1px solid var(--line); border-radius: 1rem; color: var(--ink);
      background: var(--paper); box-shadow: 0 1rem 3rem #0006; }
    dialog[open] { display: flex; flex-direction: column; }
    dialog::backdrop { background: #000a; }
    header { display: flex; align-items: flex-start; gap: 1rem; padding: 1.25rem 1.5rem .75rem; }
    header div { flex: 1; }
    h2 { margin: 0; font-size: 1.3rem; line-height: 1.3; }
    h3 { margin: 0; font-size: 1rem; }
    p { margin: .15rem 0 0; color: var(--soft); }
    .close { min-height: 2.5rem; width: 2.5rem; padding: 0; border: 0; background: none; }
    .close svg { width: 1rem; height: 1rem; stroke: currentColor; stroke-width: 2; }
    ol { flex: 1; min-height: 0; margin: 0; padding: 0 1.5rem; overflow-y: auto;
      list-style: none; counter-reset: rung; }
    li { counter-increment: rung; position: relative; padding: .8rem 0 .8rem 2.5rem;
      border-top: 1px solid var(--line); }
    li::before { content: counter(rung); position: absolute; left: 0; width: 1.6rem; height: 1.6rem;
      border-radius: 50%; background: var(--raised); text-align: center; font-size: .9rem;
      font-weight: 600; line-height: 1.6rem; }
    li a { color: var(--accent); font-weight: 600; display: inline-block; padding: .15rem 0; }
    code { color: var(--ink); overflow-wrap: anywhere; }
    .shots { display: flex; flex-wrap: wrap; gap: 1rem; margin: .6rem 0 0; }
    figure { flex: 1 1 11rem; max-width: 13rem; margin: 0; }
    figure svg { display: block; width: 100%; height: auto; }
    figcaption { margin-top: .3rem; font-size: .875rem; color: var(--soft); }
    footer { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between;
      gap: .5rem 1rem; padding: 1rem 1.5rem; border-top: 1px solid var(--line);
      background: var(--raised); }
    footer p { margin: 0; }
    .frame { fill: var(--paper); stroke: var(--line); }
    .bar { fill: var(--raised); stroke: var(--line); }
    .blank { fill: var(--line); }
    .push { fill: var(--accent); }
    .shot-text { fill: var(--ink); font: 11px system-ui, sans-serif; }
    .shot-text.bold { font-weight: 600; }
    .shot-text.on { fill: var(--on-accent); font-weight: 600; }
    .shot-text.middle { text-anchor: middle; }
    @media (max-width: 30rem) {
      header, footer { padding-left: 1rem; padding-right: 1rem; }
      ol { padding: 0 1rem; }
      footer .button { width: 100%; } }
    @media (prefers-reduced-motion: no-preference) {
      .button { transition: filter .15s; }
      dialog[open] { animation: rise .2s ease-out; }
      @keyframes rise { from { opacity: 0; transform: translateY(1rem); } } }
    @media (hover: hover) { .button:hover { filter: brightness(1.08); } }
  `;

  const SVG = 'http://www.w3.org/2000/svg';

  /** An element with attributes, listeners (functions) and children (elements or text). */
  function make(name, attributes = {}, ...children) {
    const element = name.startsWith('svg:')
      ? document.createElementNS(SVG, name.slice(4))
      : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === 'function') {
        element.addEventListener(key, value);
      } else if (value !== undefined) {
        element.setAttribute(key, value);
      }
    }
    element.append(...children.filter(Boolean));
    return element;
  }

  const icon = (path) =>
    make('svg:svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, make('svg:path', { d: path }));
  const playIcon = () => icon('M1 0 16 8 1 16z');
  const closeIcon = () => icon('M2 2 14 14M14 2 2 14');

  /** A drawing of a window that the visitor will meet; the last button is the one to choose. */
  function shot({ title, says, buttons, alt }, detail) {
    const text = (x, y, style, words) =>
      make('svg:text', { x, y, class: `shot-text ${style}` }, words);
    const drawn = buttons.flatMap((label, i) => {
      const x = 142 - (buttons.length - 1 - i) * 66;
      const chosen = i === buttons.length - 1;
      return [
        make('svg:rect', { x, y: 82, width: 60, height: 20, rx: 4, class: chosen ? 'push' : 'bar' }),
        text(x + 30, 96, chosen ? 'on middle' : 'middle', label),
      ];
    });
    const picture = make('svg:svg', { viewBox: '0 0 210 112', 'aria-hidden': 'true' },
      make('svg:rect', { x: .5, y: .5, width: 209, height: 111, rx: 7, class: 'frame' }),
      make('svg:path', { d: 'M.5 24V7.5a7 7 0 0 1 7-7h195a7 7 0 0 1 7 7V24z', class: 'bar' }),
      text(10, 16, 'bold', title),
      make('svg:rect', { x: 10, y: 36, width: 28, height: 28, rx: 6, class: 'push' }),
      make('svg:path', { d: 'M20 43v14l11-7z', class: 'frame' }),
      text(48, 48, '', detail ?? says),
      make('svg:rect', { x: 48, y: 56, width: 110, height: 5, rx: 2, class: 'blank' }),
      ...drawn);
    return make('figure', {}, picture, make('figcaption', {}, alt));
  }

  /** Where web start exists, which of its installers; null on phones, tablets and the like. */
  function desktop() {
    const platform = navigator.userAgentData?.platform || navigator.platform || '';
    // An iPad says that it is a Mac, but no Mac has a touch screen.
    if (navigator.userAgentData?.mobile || /android|iphone|ipad|cros/i.test(navigator.userAgent)
        || (/mac/i.test(platform) && navigator.maxTouchPoints > 1)) {
      return null;
    }
    return /win/i.test(platform) ? 'windows' : /mac/i.test(platform) ? 'mac' : 'linux';
  }

  /** 128 random bits: nobody else can ask for, or fake, this click's launch. */
  function newToken() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

  class PeerletLaunch extends HTMLElement {
    static get observedAttributes() {
      return ['href', 'video', 'poster', 'packages'];
    }

    static get texts() {
      return TEXTS;
    }

    connectedCallback() {
      if (!this.shadowRoot) {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(STYLE);
        this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
      }
      this.render();
    }

    disconnectedCallback() {
      this.panel?.close();
    }

    attributeChangedCallback() {
      if (this.isConnected && this.shadowRoot) {
        this.render();
      }
    }

    /** An attribute's URL, absolute; undefined for anything but http and https. */
    url(attribute) {
      try {
        const url = new URL(this.getAttribute(attribute) ?? ':', document.baseURI);
        return /^https?:$/.test(url.protocol) ? url : undefined;
      } catch {
        return undefined;
      }
    }

    /** The texts of the page's language, else of the browser's, else English. */
    text() {
      const wanted = [this.closest('[lang]')?.lang, navigator.language, 'en'];
      const language = wanted.map((tag) => tag?.toLowerCase().split('-')[0])
        .find((tag) => Object.keys(TEXTS).includes(tag));
      return { ...TEXTS[language], language };
    }

    render() {
      const t = this.text();
      const jnlp = this.url('href');
      const video = this.url('video');
      const poster = this.url('poster');
      const launches = jnlp && (desktop() || !video);
      this.link = launches && make('a',
        { class: 'button main', part: 'launch', href: jnlp, download: '', click: (e) => this.launch(e) },
        playIcon(), t.play);
      const here = video && make('button',
        { class: launches ? 'button' : 'button main', part: 'here', type: 'button', click: () => this.watch() },
        launches ? '' : playIcon(), t.here);
      this.notice = make('p', { class: 'notice', role: 'status' });
      this.stage = make('div', { class: 'stage', lang: t.language },
        poster && make('img', { class: 'poster', src: poster, alt: '' }),
        make('div', { class: 'actions' }, this.link, here), this.notice);
      this.shadowRoot.replaceChildren(this.stage);
    }

    /** The browser downloads the file itself, since the click is on a link; the rest is the panel. */
    launch(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
        return;
      }
      const url = this.url('href');
      url.searchParams.set('launch', newToken());
      this.link.href = url;
      this.openPanel(url);
      this.confirm(url, this.panel);
    }

    openPanel(url) {
      const t = this.text();
      const status = make('p', { role: 'status', id: 'status' }, t.waiting);
      const close = () => this.panel.close();
      const panel = make('dialog',
        {
          lang: t.language, 'aria-labelledby': 'heading', 'aria-describedby': 'status',
          close: () => panel.remove(),
          // Only a click beside the panel has the dialog itself as its target.
          click: (event) => event.target === panel && panel.close(),
        },
        make('header', {},
          make('div', {}, make('h2', { id: 'heading', tabindex: '-1', autofocus: '' }, t.heading), status),
          make('button', { class: 'button close', type: 'button', 'aria-label': t.close, click: close }, closeIcon())),
        this.rungs(url, t),
        this.url('video') && make('footer', {},
          make('p', {}, t.hereText),
          make('button', { class: 'button main', type: 'button', click: () => { close(); this.watch(); } },
            playIcon(), t.hereNow)));
      this.panel = panel;
      this.shadowRoot.append(panel);
      panel.showModal();
      setTimeout(() => status.replaceChildren(t.nothing), PATIENCE_MILLIS);
    }

    rungs(url, t) {
      const rung = (heading, ...content) => make('li', {}, make('h3', {}, heading), ...content);
      const name = url.pathname.split('/').pop();
      const packages = this.url('packages');
      const system = desktop() ?? 'linux';
      return make('ol', {},
        rung(t.file, make('p', {}, t.fileText, ' ', make('code', {}, name)),
          make('a', { href: url, download: '' }, t.again),
          make('div', { class: 'shots' }, shot(t.shots.downloads, name))),
        rung(t.scheme, make('p', {}, t.schemeText),
          make('a', { href: url.href.replace(/^http/, 'jnlp') }, t.schemeLink)),
        rung(t.install, make('p', {}, t.installText, ' ', t[system]),
          make('a', { href: 'https://openwebstart.com/download/', target: '_blank', rel: 'noopener' }, t.installLink),
          make('div', { class: 'shots' }, shot(t.shots[system === 'linux' ? 'software' : 'installer']), shot(t.shots.question))),
        packages && rung(t.packages, make('p', {}, t.packagesText),
          make('a', { href: packages }, t.packagesLink)));
    }

    /**
     * Asks whether a launcher followed this click, where the server can know: it names the address to
     * ask in a header. Any other server has none, and is asked once. Closes the panel when it did.
     */
    async confirm(url, panel) {
      if (url.origin !== location.origin) {
        return; // its answer could not be read
      }
      try {
        const file = await fetch(url, { method: 'HEAD', cache: 'no-store' });
        const status = file.headers.get('Peerlet-Launch');
        const end = performance.now() + ASK_FOR_MILLIS;
        while (status && panel.open && performance.now() < end) {
          await pause(ASK_MILLIS);
          const answer = await fetch(new URL(status, url), { cache: 'no-store' });
          if (!answer.ok) {
            return;
          }
          if ((await answer.json()).launched === true && panel.open) {
            panel.close();
            this.tell(this.text().opened);
          }
        }
      } catch {
        // Offline, or the server is gone: the panel stays, and so do its other ways.
      }
    }

    async tell(words) {
      const notice = this.notice;
      notice.replaceChildren(words);
      await pause(NOTICE_MILLIS);
      notice.replaceChildren();
    }

    /** Puts an HTML video in the poster's place. */
    watch() {
      const t = this.text();
      const url = this.url('video');
      const video = make('video',
        {
          src: url, poster: this.url('poster'), controls: '', autoplay: '', playsinline: '', part: 'video',
          error: () => this.stage.replaceChildren(
            make('p', { class: 'notice', role: 'alert' }, t.broken, ' ', make('a', { href: url, download: '' }, t.brokenLink))),
        },
        ...Array.from(this.querySelectorAll('track'), (track) => track.cloneNode()));
      this.stage.replaceChildren(video);
      video.focus();
      // Safari starts nothing with sound but from within a click; where a browser starts nothing at
      // all, the video's own button is there.
      video.play().catch(() => {});
    }
  }

  customElements.define('peerlet-launch', PeerletLaunch);
})();
