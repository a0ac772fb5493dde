// The career advisor on any website: one tag, one web component, no framework, no build step.
//
// It lives in a shadow root, so that the page's styles and its own never meet. It builds every node itself and
// never parses HTML, so it works under a strict Content-Security-Policy with Trusted Types. It talks to the
// advisor that served it and to nobody else, and not before the visitor writes.
(() => {
"use strict";

// ---- What the owner of the page may choose: the data- attributes of the tag ----

if (customElements.get("career-advisor")) return; // the tag stands on the page twice

const tag = document.currentScript || document.querySelector('script[src$="/widget.js"]');
const BASE = new URL(".", tag.src).href;
const OPTIONS = {
  title: "Career Advisor",
  greeting: "Hello! I’m the career advisor, a chatbot. I answer questions about jobs from career documents, and show you the place in them. What would you like to know?",
  starters: '["What does a production technician do?", "Which skills does it need?", "How do I get in?"]',
  color: "light-dark(#0b5c63, #74cdd1)",
  theme: "light dark",
  position: "end",
  lang: "en",
  dir: document.documentElement.dir || "ltr",
  ...tag.dataset,
};
const STRINGS = {
  open: "Open the chat",
  unread: "Open the chat: there is a new answer",
  close: "Close the chat",
  menu: "More",
  restart: "Start over",
  download: "Download the conversation",
  clear: "Clear the conversation",
  clearSure: "Clear it for good? Press again",
  cleared: "The conversation is cleared.",
  earlier: "Show earlier messages",
  earlierShown: "Earlier messages are shown above.",
  earlierMissed: "The earlier messages can’t be shown just now.",
  log: "Conversation",
  input: "Your question",
  send: "Send",
  suggestions: "Suggested questions",
  you: "You",
  typing: "The advisor is typing",
  source: "Source",
  at: "Line",
  line: "line",
  lines: "lines",
  copy: "Copy this answer",
  copied: "Copied.",
  up: "This answer helps",
  down: "This answer doesn’t help",
  why: "Why? (if you like)",
  thanks: "Thank you for telling us.",
  offline: "You’re offline. What you wrote is kept, and sent once you’re back.",
  lost: "The advisor can’t be reached. What you wrote is kept, and sent as soon as it can be.",
  slow: "That was a lot at once. What you wrote is sent in a moment.",
  busy: "The advisor is busy right now. What you wrote is sent in a moment.",
  retry: "Try now",
  failed: "Not sent.",
  note: "A chatbot that quotes documents. No personal advice.",
  forgets: "Nothing is kept: all is cleared when you leave this page, or don’t use it for some minutes.",
  leaving: "Are you still there? Otherwise the conversation is cleared within a minute.",
  stay: "I’m still here",
  ...JSON.parse(OPTIONS.strings || "{}"),
};
const LONGEST = 2000; // characters, as the advisor has it
const SAFE = ["http:", "https:", "mailto:"];
const PATIENCE = 60000; // milliseconds until a silent connection counts as lost
const MINUTE = 60000;
const FORGET = MINUTE * minutes(OPTIONS.forget); // milliseconds without use until nothing is left; 0: it is kept
const WARNED = Math.min(MINUTE, FORGET / 2); // milliseconds before that

function minutes(written) {
  if (written === undefined) return 0;
  if (/^\s*[1-9]\d{0,2}\s*$/.test(written)) return Number(written);
  if (written.trim()) console.warn(`data-forget is “${written}”, which is no number of minutes from 1 to 999; it counts as 5.`);
  return 5;
}

// ---- What the browser keeps: the session for all tabs; what is typed and not yet sent for this one ----

const KEY = `career-advisor ${BASE}`;
const keep = (area) => {
  let held = "{}"; // as long as the page: with data-forget, and where storage is forbidden, as in a sandboxed frame
  let storage = { getItem: () => held, setItem: (key, value) => { held = value; } };
  try {
    window[area].getItem(KEY);
    if (FORGET) window[area].removeItem(KEY); // from before the owner chose so
    else storage = window[area];
  } catch {}
  const get = () => JSON.parse(storage.getItem(KEY) || "{}");
  return { get, set: (change) => storage.setItem(KEY, JSON.stringify({ ...get(), ...change })) };
};
const shared = keep("localStorage");
const own = keep("sessionStorage");

// A session is known by the first of its tokens: its use renews them.
function session() {
  const { token, first = token } = shared.get();
  return token && first;
}

// Other tabs may have begun another meanwhile.
function end(token) {
  if (shared.get().token === token) shared.set({ token: undefined, first: undefined });
}

// ---- Asking the advisor ----

class Refused extends Error {} // it has answered, and a second try would be answered the same

async function call(path, { body, token = shared.get().token, ...options } = {}) {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(BASE + path, { ...options, headers, body: body && JSON.stringify(body), credentials: "omit" });
  const renewed = answer.headers.get("X-Advisor-Token");
  if (renewed && shared.get().token === token) shared.set({ token: renewed, first: session() });
  if (answer.ok) return answer;
  const { status } = answer;
  const { error } = await answer.json().catch(() => ({})); // a proxy's error page is no JSON
  const again = status === 429 || status >= 500;
  throw Object.assign(again ? new Error(error) : new Refused(error || STRINGS.failed), {
    status,
    wait: Number(answer.headers.get("Retry-After")),
  });
}

async function begin(signal) {
  const { token } = await (await call("web/session", { method: "POST", body: {}, signal })).json();
  shared.set({ token });
  return token;
}

// In a session, begun where there is none, and once more where it has expired or was ended.
async function ask(path, options) {
  const held = async () => shared.get().token || begin(options.signal);
  const token = await held();
  try {
    return await call(path, { ...options, token });
  } catch (problem) {
    if (problem.status !== 401) throw problem;
    end(token);
    return call(path, { ...options, token: await held() });
  }
}

async function page({ token, before }) {
  const path = before ? `web/history?before=${before}` : "web/history";
  return (await call(path, { token, signal: AbortSignal.timeout(PATIENCE) })).json();
}

// One JSON object a line, up to the line that says it is the last; a stream without it was cut off.
async function* read(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ;) {
    const { value, done } = await reader.read();
    if (done) throw new Error("cut off");
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines.map((each) => JSON.parse(each))) {
      if (line.type === "end") return;
      yield line;
    }
  }
}

// ---- Building nodes ----

function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (typeof value === "boolean") node.toggleAttribute(key, value);
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

const ICONS = {
  chat: "M4 5h16v11H9l-5 4z",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  send: "M5 12h14M13 6l6 6-6 6",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  up: "M7 11v9H4v-9zM7 11l4-7c2 0 2.5 1.5 2 3l-.6 3H19l-2 10H7",
  down: "M7 13V4H4v9zM7 13l4 7c2 0 2.5-1.5 2-3l-.6-3H19L17 4H7",
};
function icon(name) {
  const [svg, path] = ["svg", "path"].map((each) => document.createElementNS("http://www.w3.org/2000/svg", each));
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add(name);
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
const iconButton = (name, label, onclick, more = {}) =>
  el("button", { type: "button", class: "icon", "aria-label": label, title: label, onclick, ...more }, icon(name));

// ---- Markdown's safe subset: paragraphs, lists, bold, and links of harmless kinds ----

function markdown(text) {
  const nodes = [];
  let list;
  for (const line of text.split("\n")) {
    const [, bullet, listed] = line.match(/^\s*([-*•]|\d+[.)])\s+(.*)$/) || [];
    if (bullet) {
      const kind = /\d/.test(bullet) ? "OL" : "UL";
      if (list?.tagName !== kind) nodes.push((list = el(kind)));
      list.append(el("li", {}, ...inline(listed)));
    } else {
      list = undefined;
      if (line.trim()) nodes.push(el("p", {}, ...inline(line)));
    }
  }
  return nodes;
}

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(/\*\*(.+?)\*\*|\[([^\]]+)\]\(([^\s)]+)\)|https?:\/\/[^\s<>"”)]*[^\s<>"”).,;:!?]/g)) {
    const [whole, bold, title, target] = found;
    nodes.push(text.slice(end, found.index), bold ? el("strong", {}, bold) : link(title || whole, target || whole, whole));
    end = found.index + whole.length;
  }
  return [...nodes, text.slice(end)];
}

function link(title, target, whole) {
  if (!URL.canParse(target) || !SAFE.includes(new URL(target).protocol)) return whole;
  return el("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, title);
}

// ---- The component ----

class CareerAdvisor extends HTMLElement {
  entries = new Map(); // what was said and is shown, by id
  sending = false;
  waiting = new Set(); // what ends each wait for a connection

  connectedCallback() {
    if (this.shadowRoot) return;
    this.build();
    this.input.value = own.get().draft || "";
    addEventListener("storage", (event) => event.key === KEY && this.sync());
    addEventListener("online", () => this.wake());
    NARROW.addEventListener("change", () => this.panel.open && this.display());
    if (FORGET) this.watch();
    if (own.get().outbox?.length) this.begin(); // written before a reload, and not yet sent
    if (own.get().open && !NARROW.matches) this.open({ focus: false });
  }

  build() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    const { style } = sheet.cssRules[0];
    style.setProperty("--accent", OPTIONS.color);
    style.setProperty("color-scheme", OPTIONS.theme);
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];

    this.launcher = iconButton("chat", STRINGS.open, () => this.open(), { class: "launcher", "aria-haspopup": "dialog" });
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": STRINGS.log, tabindex: "0" });
    this.status = el("div", { class: "hidden", role: "status" });
    this.toast = el("div", { class: "toast", role: "status" });
    this.older = el("button", {
      type: "button", class: "older",
      onclick: async () => (await this.earlier()) && this.tell(STRINGS.earlierShown),
    }, STRINGS.earlier);
    this.dots = el("div", { class: "dots", hidden: true, "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.notice = el("div", { class: "notice", role: "alert" });
    this.input = el("textarea", {
      id: "input", rows: "1", maxlength: String(LONGEST), placeholder: STRINGS.input, enterkeyhint: "send", autocomplete: "off",
      oninput: () => own.set({ draft: this.input.value }),
      onkeydown: (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.submit();
      },
    });
    this.more = iconButton("more", STRINGS.menu, () => this.fold(this.menu.hidden === false), { "aria-expanded": "false", "aria-controls": "menu" });
    this.clearing = el("button", { type: "button", onclick: () => this.clear() }, STRINGS.clear);
    this.menu = el("div", { id: "menu", class: "menu", hidden: true },
      el("button", { type: "button", onclick: () => this.restart() }, STRINGS.restart),
      el("button", { type: "button", onclick: () => this.download() }, STRINGS.download),
      this.clearing);
    this.panel = el("dialog", { "aria-labelledby": "title", oncancel: (event) => { event.preventDefault(); this.escape(); } },
      el("div", { class: "top" }, el("h2", { id: "title" }, OPTIONS.title), this.more, iconButton("close", STRINGS.close, () => this.close())),
      this.menu, this.log, this.status, this.toast, this.notice,
      el("form", { onsubmit: (event) => { event.preventDefault(); this.submit(); } },
        el("label", { class: "hidden", for: "input" }, STRINGS.input), this.input,
        el("button", { class: "icon send", "aria-label": STRINGS.send, title: STRINGS.send }, icon("send"))),
      el("p", { class: "note" }, STRINGS.note, FORGET ? ` ${STRINGS.forgets}` : ""));
    shadow.append(el("div", {
      class: `root ${OPTIONS.position}`, lang: OPTIONS.lang, dir: OPTIONS.dir,
      onkeydown: (event) => {
        event.stopPropagation(); // what is typed here is no shortcut of the page's
        if (event.key !== "Escape" || !this.panel.open) return;
        event.preventDefault(); // or the dialog would be cancelled as well
        this.escape();
      },
    }, this.panel, this.launcher));
    this.reset();
  }

  // -- Open and closed; where there is no room beside it, the panel takes the whole screen and the page behind it rests --

  open({ focus = true } = {}) {
    own.set({ open: true });
    this.warning?.remove();
    this.unread(false);
    this.launcher.hidden = true;
    this.display();
    if (focus) this.focusInput();
    else this.shadowRoot.activeElement?.blur(); // a dialog takes the focus, which here is the page's
    this.begin();
  }

  display() {
    if (this.panel.open) this.panel.close();
    if (NARROW.matches) this.panel.showModal();
    else this.panel.show();
    this.toEnd();
  }

  close() {
    own.set({ open: false });
    this.fold(true);
    this.panel.close();
    this.launcher.hidden = false;
    this.launcher.focus();
  }

  unread(is) {
    this.launcher.classList.toggle("unread", is);
    this.launcher.setAttribute("aria-label", is ? STRINGS.unread : STRINGS.open);
  }

  escape() {
    if (this.menu.hidden) return this.close();
    this.fold(true);
    this.more.focus();
  }

  fold(folded) {
    this.menu.hidden = folded;
    this.more.setAttribute("aria-expanded", String(!folded));
    this.clearing.textContent = STRINGS.clear;
  }

  // A touch keyboard would cover what there is to read.
  focusInput() {
    (matchMedia("(pointer: coarse)").matches ? this.log : this.input).focus();
  }

  // -- The conversation: what the advisor remembers of it, and what is added --

  reset() {
    this.entries.clear();
    this.dots.hidden = true;
    this.session = session();
    this.begun = undefined;
    this.greeting = el("div", { class: "said advisor" }, ...markdown(OPTIONS.greeting));
    this.log.replaceChildren(this.older, this.greeting, this.dots);
    this.reach(null);
    this.before = undefined;
  }

  begin() {
    this.begun ||= this.load().then(() => {
      for (const message of own.get().outbox || []) this.show({ ...message, who: "person", text: message.shown });
      if (!this.entries.size) this.offer(starters());
      return this.flush();
    });
    return this.begun;
  }

  async load() {
    const { token } = shared.get();
    const ours = (this.session = session());
    if (!token) return this.reach(null);
    this.hush();
    try {
      const { entries, before } = await this.patiently(() => page({ token }));
      if (session() !== ours) return; // it was cleared meanwhile
      if (this.before === undefined) this.reach(before);
      for (const entry of entries) this.show(entry);
      this.offer(entries.at(-1)?.buttons);
      this.toEnd();
    } catch (problem) {
      if (problem.status !== 401) return this.tell(problem.message);
      end(token); // the next message begins another
      this.session = session();
      this.reach(null);
    } finally {
      this.unhush();
    }
  }

  // What was said long ago is not announced again.
  hush() {
    clearTimeout(this.hushed);
    this.log.setAttribute("aria-live", "off");
  }

  unhush() {
    this.hushed = setTimeout(() => this.log.setAttribute("aria-live", "polite"), 300);
  }

  // How far back it is shown: what to ask the page before with; `null` at the beginning, where the greeting stands.
  reach(before) {
    this.before = before;
    this.older.hidden = before === null;
    this.greeting.hidden = !this.older.hidden;
  }

  // Shows the page before, above what is read, which stays where it is; returns whether it could.
  async earlier() {
    const { before, session: ours } = this;
    const { token } = shared.get();
    try {
      const { entries, before: further } = await page({ token, before });
      if (this.before !== before) return this.session === ours; // asked for twice, or cleared meanwhile
      const first = this.greeting.nextSibling;
      const top = () => first.getBoundingClientRect().top;
      const was = top();
      this.hush();
      for (const entry of entries) if (!this.entries.has(entry.id)) this.add(entry, first);
      // The button is out of sight now, or gone; from the log the arrow keys go on, and nothing is read out.
      if (this.shadowRoot.activeElement === this.older) this.log.focus({ preventScroll: true });
      this.reach(further);
      this.log.scrollTop += top() - was;
      this.unhush();
      return true;
    } catch (problem) {
      if (this.session !== ours) return false;
      if (problem.status === 401) this.reach(null);
      this.tell(STRINGS.earlierMissed);
      return false;
    }
  }

  // Another tab has said something, or has cleared the conversation.
  sync() {
    this.missed = this.sending;
    if (this.sending) return;
    const was = this.begun;
    if (session() !== this.session) this.reset();
    this.begun = undefined;
    if (was) this.begin();
  }

  show(entry) {
    if (this.entries.has(entry.id)) return;
    for (const used of this.log.querySelectorAll(".suggestions, .tools form")) used.remove();
    let next = this.entries.get(entry.id.split(".")[0])?.node || this.dots; // an answer stands below its question
    do next = next.nextElementSibling || this.dots;
    while (next !== this.dots && !next.matches(".person"));
    this.add(entry, next);
    this.toEnd();
  }

  add(entry, next) {
    this.entries.set(entry.id, entry);
    const { who, text } = entry;
    entry.node = who === "person"
      ? el("div", { class: "said person" }, el("span", { class: "hidden" }, `${STRINGS.you}: `), text)
      : el("div", { class: "said advisor" }, ...markdown(text), ...this.sources(entry), this.tools(entry));
    next.before(entry.node);
  }

  remove(id) {
    this.entries.get(id)?.node.remove();
    this.entries.delete(id);
  }

  offer(buttons = []) {
    this.log.querySelector(".suggestions")?.remove();
    if (!buttons.length) return;
    this.dots.before(el("div", { class: "suggestions", role: "group", "aria-label": STRINGS.suggestions },
      ...buttons.map(({ title, payload }) => el("button", {
        type: "button",
        onclick: () => { this.focusInput(); this.say(payload, title); },
      }, title))));
    this.toEnd();
  }

  // The last question stays in sight, so that a long answer is read from its beginning.
  toEnd() {
    const asked = [...this.log.querySelectorAll(".person")].pop();
    this.log.scrollTop = asked ? asked.offsetTop - this.log.offsetTop - 12 : 0;
  }

  // -- Sending: each message has an id, so that however often it is sent the advisor answers it once --

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    own.set({ draft: "" });
    this.say(text);
  }

  say(text, shown = text, more = {}) {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    const message = { id: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""), text, shown, ...more };
    own.set({ outbox: [...(own.get().outbox || []), message] });
    this.show({ ...message, who: "person", text: shown });
    return this.begun ? this.begun.then(() => this.flush()) : this.begin();
  }

  async flush() {
    if (this.sending) return;
    this.sending = true;
    for (let message; (message = own.get().outbox?.[0]);) {
      this.stop = new AbortController();
      try {
        await this.patiently(() => this.deliver(message), { signal: this.stop.signal });
        shared.set({ last: message.id }); // which tells the other tabs
      } catch (problem) {
        if (problem instanceof Refused) this.failed(message, problem.message); // else it was cleared meanwhile
      }
      own.set({ outbox: (own.get().outbox || []).filter(({ id }) => id !== message.id) });
    }
    this.sending = false;
    if (this.missed) this.sync();
  }

  async deliver({ id, text, starting }) {
    const signal = AbortSignal.any([this.stop.signal, AbortSignal.timeout(PATIENCE)]);
    let last;
    try {
      this.entries.get(id)?.node.classList.add("waiting");
      const answer = await ask("web/message", { method: "POST", body: { id, text }, signal });
      if (session() !== this.session) this.reach(null); // what was said before is of a session that is over
      this.session ??= session();
      for await (const line of read(answer)) {
        this.entries.get(id)?.node.classList.remove("waiting");
        this.typing(line.type === "typing");
        if (line.type === "error") throw new Refused(line.error);
        if (line.type !== "reply") continue;
        if (this.entries.get(line.id)?.text !== line.text) this.remove(line.id); // of a turn that was made anew
        this.show({ ...(last = line), who: "advisor" });
      }
      this.offer(starting ? starters() : last?.buttons);
      if (last && !this.panel.open) this.unread(true);
    } finally {
      this.typing(false);
    }
  }

  typing(is) {
    this.dots.hidden = !is;
    this.status.textContent = is ? STRINGS.typing : "";
    this.toEnd();
  }

  // Nothing of it is final: its replies go, and it is sent again as the same message.
  failed(message, why) {
    const { id, text, shown } = message;
    for (const each of [...this.entries.keys()]) if (each.startsWith(`${id}.`)) this.remove(each);
    const node = this.entries.get(id)?.node;
    if (!node) return; // cleared meanwhile
    node.classList.remove("waiting");
    const onclick = () => {
      this.remove(id);
      this.focusInput();
      this.say(text, shown, message);
    };
    node.append(el("div", { class: "why" }, why, " ", el("button", { type: "button", onclick }, STRINGS.retry)));
  }

  // Until the advisor has answered: a lost connection is said, and tried again, ever more patiently or once it is back.
  async patiently(job, { signal, quiet } = {}) {
    const note = (...what) => quiet || this.notice.replaceChildren(...what);
    for (let tries = 0; ; tries++) {
      try {
        const done = await job();
        note();
        return done;
      } catch (problem) {
        if (problem instanceof Refused || signal?.aborted) {
          note();
          throw problem;
        }
        const { status, wait } = problem;
        const told = status === 429 ? STRINGS.slow : status === 503 && wait ? STRINGS.busy : STRINGS.lost;
        const why = navigator.onLine ? told : STRINGS.offline;
        if (!quiet && !this.notice.textContent.startsWith(why)) {
          note(why, " ", el("button", { type: "button", onclick: () => this.wake() }, STRINGS.retry));
          this.toEnd();
        }
        let wake;
        await new Promise((resolve) => {
          this.waiting.add((wake = resolve));
          setTimeout(wake, 1000 * (wait || Math.min(30, 2 ** tries)));
        });
        this.waiting.delete(wake);
      }
    }
  }

  wake() {
    for (const wake of this.waiting) wake();
  }

  // -- Under an answer: where it stands, copy, and whether it helped --

  sources({ sources = [] }) {
    if (!sources.length) return [];
    sources.sort((one, other) => one.line - other.line);
    const fold = el("details", {
      "aria-live": "off",
      // Not before: the page may have changed.
      ontoggle: () => fold.replaceChildren(fold.firstChild, ...unique(sources, placed).map((place) => this.quoted(sources.filter((each) => placed(each) === place))), ...unique(sources, ({ attribution }) => attribution).filter(Boolean).map((text) => el("small", {}, text))),
    }, el("summary", {}, `${STRINGS.source}: ${place(sources)}`));
    return [fold];
  }

  quoted(sources) {
    const [{ document: name, title, heading, line }] = sources;
    const id = `${name}-line-${line}`;
    const where = [line ? `${STRINGS.at} ${line}` : title, heading].filter(Boolean).join(" · ");
    const onclick = (event) => {
      const told = new CustomEvent("advisor:source", { detail: sources, bubbles: true, composed: true, cancelable: true });
      if (NARROW.matches) this.close();
      if (!this.dispatchEvent(told)) event.preventDefault();
    };
    return el("figure", {},
      el("blockquote", {}, ...sources.map(({ quote }) => el("p", {}, quote))),
      el("figcaption", {}, document.getElementById(id) ? el("a", { href: `${location.href.split("#")[0]}#${id}`, onclick }, where) : where));
  }

  tools(entry) {
    const { id, text, sources = [] } = entry;
    const judge = (helpful) => () => {
      for (const [button, is] of [[up, true], [down, false]]) button.setAttribute("aria-pressed", String(is === helpful));
      this.judge(id, helpful);
      bar.querySelector("form")?.remove();
      const why = el("input", { "aria-label": STRINGS.why, placeholder: STRINGS.why, maxlength: "500" });
      bar.append(el("form", {
        onsubmit: (event) => {
          event.preventDefault();
          if (why.value.trim()) this.judge(id, helpful, why.value);
          event.target.remove();
          this.focusInput();
        },
      }, why, el("button", {}, STRINGS.send)));
      why.focus();
      bar.scrollIntoView({ block: "nearest" });
    };
    const pressed = (is) => ({ "aria-pressed": String(entry.helpful === is) });
    const up = iconButton("up", STRINGS.up, judge(true), pressed(true));
    const down = iconButton("down", STRINGS.down, judge(false), pressed(false));
    const copy = iconButton("copy", STRINGS.copy, async () => {
      await navigator.clipboard.writeText(written(text, sources));
      this.tell(STRINGS.copied);
    }, { hidden: !navigator.clipboard }); // there is none on a page without TLS
    const bar = el("div", { class: "tools", "aria-live": "off" }, copy, up, down);
    return bar;
  }

  async judge(answer, helpful, why = "") {
    try {
      await this.patiently(() => call("web/feedback", { method: "POST", body: { answer, helpful, why } }));
      this.tell(STRINGS.thanks);
    } catch (problem) {
      this.tell(problem.message);
    }
  }

  tell(text) {
    this.toast.textContent = text;
    clearTimeout(this.fading);
    this.fading = setTimeout(() => this.toast.replaceChildren(), 4000);
  }

  // -- The menu --

  restart() {
    this.fold(true);
    this.focusInput();
    return this.say("Start over", STRINGS.restart, { starting: true });
  }

  async download() {
    this.fold(true);
    this.more.focus();
    while (this.before) if (!(await this.earlier())) return;
    const shown = [...this.log.children];
    const said = [...this.entries.values()]
      .sort((one, other) => shown.indexOf(one.node) - shown.indexOf(other.node))
      .map(({ who, text, sources }) => `${who === "person" ? STRINGS.you : OPTIONS.title}: ${written(text, sources)}`);
    const url = URL.createObjectURL(new Blob([said.join("\n\n") + "\n"], { type: "text/plain" }));
    el("a", { href: url, download: "conversation.txt" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  // Asks once more on its own button: a dialog of the browser's is not to be had in every frame.
  clear() {
    if (this.clearing.textContent === STRINGS.clear) return void (this.clearing.textContent = STRINGS.clearSure);
    this.fold(true);
    this.focusInput();
    this.forget();
  }

  // Here at once; there, with its session, as soon as it can be, also while the page goes away.
  async forget() {
    const { token } = shared.get();
    own.set({ outbox: [] });
    end(token);
    this.stop?.abort();
    this.wake();
    this.reset();
    this.begin();
    try {
      if (token) await this.patiently(() => call("web/history", { method: "DELETE", token, keepalive: true }), { quiet: true });
    } catch (problem) {
      if (problem.status !== 401) return this.tell(problem.message); // else nobody can ask for it any more
    }
    this.tell(STRINGS.cleared);
  }

  // -- On a computer that many people use (data-forget) --

  watch() {
    this.warning = el("div", { class: "notice", role: "alert" }, STRINGS.leaving, " ", el("button", {
      type: "button",
      onclick: () => {
        this.warning.remove();
        if (this.panel.open) this.focusInput();
        else this.launcher.focus();
      },
    }, STRINGS.stay));
    for (const kind of ["pointerdown", "pointermove", "wheel", "keydown", "input", "click"]) {
      addEventListener(kind, () => this.use(), { capture: true, passive: true });
    }
    for (const kind of ["pageshow", "visibilitychange"]) addEventListener(kind, () => this.look(), true); // timers may have rested
    addEventListener("pagehide", (event) => event.persisted || this.forget());
    addEventListener("unload", () => {}); // or many browsers keep the page for the way back, and drop it later unheard
    this.used = Date.now();
    this.look();
  }

  use() {
    if (Date.now() - this.used >= FORGET) this.look(); // this may be somebody else already
    this.used = Date.now();
    if (this.warning.isConnected) this.cancelled ||= setTimeout(() => this.look(), 1000); // or a press would hit what is below
  }

  look() {
    clearTimeout(this.looking);
    this.cancelled = undefined;
    const something = this.entries.size || this.input.value || shared.get().token;
    let left = this.used + FORGET - Date.now();
    if (left <= 0) {
      if (something) this.leave();
      this.used = Date.now();
      left = FORGET;
    }
    if (left > WARNED) this.warning.remove();
    else if (something && !this.warning.isConnected) (this.panel.open ? this.notice : this.launcher).before(this.warning);
    this.looking = setTimeout(() => this.look(), left > WARNED ? left - WARNED : left);
  }

  leave() {
    this.fold(true);
    this.unread(false);
    this.input.value = "";
    own.set({ draft: "" });
    if (this.log.contains(this.shadowRoot.activeElement)) this.focusInput();
    this.forget();
  }
}

const NARROW = matchMedia("(max-width: 30em), (max-height: 30em)");
const starters = () => JSON.parse(OPTIONS.starters).map((title) => ({ title, payload: title }));
const unique = (sources, told) => [...new Set(sources.map(told))];
const placed = ({ title, line, heading }) => title + (line ?? heading);
const place = (sources) => unique(sources, ({ title }) => title).map((title) => {
  const lines = unique(sources.filter((each) => each.title === title && each.line), ({ line }) => line);
  return lines.length ? `${title}, ${lines.length > 1 ? STRINGS.lines : STRINGS.line}\u00a0${lines.join(", ")}` : title;
}).join("; ");
const written = (text, sources = []) => (sources.length ? `${text}\n${STRINGS.source}: ${place(sources)}` : text);

// ---- Its looks. Text has 4.5:1 on whatever accent the owner chooses; sizes follow the visitor's own font size. ----

const CSS = `
:host { all: initial; --accent: teal; color-scheme: light dark; }
.root {
  --on-accent: color(from var(--accent) xyz-d65 clamp(0, (.18 - y) * 1e6, .95) clamp(0, (.18 - y) * 1e6, 1) clamp(0, (.18 - y) * 1e6, 1.089));
  --ink: light-dark(#1d2530, #e8ebee);
  --soft: light-dark(#59636f, #a7b0ba);
  --paper: light-dark(#fff, #191d22);
  --card: light-dark(#f3f4f2, #262b32);
  --line: light-dark(#dddfda, #3a414a);
  --alert: light-dark(#8a2b12, #ffb59e);
  font: medium/1.5 system-ui, sans-serif; color: var(--ink); text-align: start;
}
*, ::before { box-sizing: border-box; }
[hidden] { display: none !important; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button, textarea, input { font: inherit; color: inherit; }
button { cursor: pointer; border: 1px solid transparent; background: none; padding: 0; }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
svg { inline-size: 1.25em; block-size: 1.25em; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; display: block; margin: auto; }
svg.more { stroke-width: 3; }
.icon { inline-size: 2.25em; block-size: 2.25em; min-inline-size: 24px; min-block-size: 24px; border-radius: .6em; flex: none; color: var(--soft); }
.icon:hover { background: var(--card); color: var(--ink); }

.launcher { position: fixed; z-index: 2147483000; inset-block-end: 1.25em; inset-inline-end: 1.25em; inline-size: 3.5em; block-size: 3.5em; border-radius: 50%;
  background: var(--accent); color: var(--on-accent); box-shadow: 0 1px 2px #0003, 0 6px 20px #0004; }
.launcher svg { inline-size: 1.6em; block-size: 1.6em; }
.launcher:focus-visible { outline-offset: 3px; outline-width: 3px; box-shadow: 0 0 0 3px var(--paper); }
.launcher.unread::before { content: ""; position: absolute; inset-block-start: 0; inset-inline-end: 0; inline-size: .9em; block-size: .9em; border-radius: 50%; background: #d3341b; border: 2px solid #fff; }
.start .launcher, .start dialog { inset-inline: 1.25em auto; }

dialog { position: fixed; z-index: 2147483000; inset-block: auto 1.25em; inset-inline: auto 1.25em; margin: 0; padding: 0; inline-size: min(25em, 100vw - 2.5em); block-size: min(44em, 100dvh - 2.5em);
  max-inline-size: none; max-block-size: none; border: 1px solid var(--line); border-radius: 1em; background: var(--paper); color: var(--ink); box-shadow: 0 2px 6px #0001, 0 16px 48px #0003; overflow: hidden; }
dialog[open] { display: flex; flex-direction: column; }
dialog:modal { inset: 0; inline-size: 100%; block-size: 100dvh; border: 0; border-radius: 0; }
.top { display: flex; align-items: center; gap: .25em; padding-block: .6em; padding-inline: 1.1em .6em; border-block-end: 1px solid var(--line); }
h2 { flex: 1; margin: 0; font-size: 1.05em; font-weight: 650; line-height: 1.3; letter-spacing: -.01em; }
.menu { position: absolute; z-index: 1; inset-block-start: 3.4em; inset-inline-end: .75em; display: grid; padding: .35em; background: var(--paper); border: 1px solid var(--line); border-radius: .75em; box-shadow: 0 8px 24px #0003; }
.menu button { padding: .5em .8em; text-align: start; border-radius: .45em; }
.menu button:hover { background: var(--card); }

.log { flex: 1; overflow-y: auto; overscroll-behavior: contain; overflow-anchor: none; padding: 1.1em; display: flex; flex-direction: column; gap: .75em; }
.log:focus-visible { outline-offset: -3px; border-radius: .5em; }
.said { max-inline-size: 88%; overflow-wrap: anywhere; }
.person { align-self: flex-end; padding: .55em .9em; border: 1px solid transparent; border-radius: 1.1em; border-end-end-radius: .3em; background: var(--accent); color: var(--on-accent); white-space: pre-wrap; }
.waiting { outline: 1px dashed var(--soft); outline-offset: 2px; }
.advisor { align-self: flex-start; max-inline-size: 100%; inline-size: 100%; }
p, ul, ol { margin: 0; }
.advisor > * + * { margin-block-start: .5em; }
ul, ol { padding-inline-start: 1.25em; }
ul { list-style: none; padding-inline-start: 0; }
ul li { padding-inline-start: .85em; border-inline-start: 3px solid var(--line); }
li + li { margin-block-start: .5em; }
.said a { color: inherit; text-underline-offset: .18em; }

details { font-size: .875em; color: var(--soft); }
summary { cursor: pointer; padding-block: .2em; margin-inline-start: 1.15em; list-style-position: outside; border-radius: .3em; }
summary:hover { color: var(--ink); }
figure { margin: .5em 0 0; padding: .65em .85em; background: var(--card); border-radius: .6em; }
blockquote { margin: 0; color: var(--ink); }
figcaption { margin-block-start: .35em; }
figcaption a { display: inline-block; padding-block: .15em; }
.tools { display: flex; flex-wrap: wrap; margin-inline-start: -.45em; font-size: .875em; }
.tools .icon { inline-size: 2em; block-size: 2em; }
.tools [aria-pressed=true] { color: var(--ink); background: var(--card); }
.tools [aria-pressed=true] path { fill: currentColor; fill-opacity: .3; }
.tools form { flex: 1 0 100%; padding: .4em 0 0 .45em; border: 0; }
.tools input { flex: 1; min-inline-size: 0; padding: .35em .7em; border: 1px solid var(--soft); border-radius: .6em; background: var(--paper); }
.tools form button, .suggestions button, .why button, .notice button, .older { padding: .35em .8em; border: 1px solid var(--soft); border-radius: 2em; background: var(--paper); color: var(--ink); min-block-size: 24px; }
.older { align-self: center; flex: none; font-size: .875em; }
.older:hover { background: var(--card); }
.suggestions { display: flex; flex-wrap: wrap; gap: .45em; }
.suggestions button { padding: .45em .95em; border-color: var(--accent); text-align: start; }
.suggestions button:hover { background: var(--card); }
.why { margin-block-start: .4em; font-size: .875em; }
.dots { display: flex; gap: .3em; padding: .4em 0; }
.dots i { inline-size: .45em; block-size: .45em; border-radius: 50%; background: var(--soft); }
.notice:not(:empty) { margin: 0 1.1em .75em; padding: .6em .9em; font-size: .875em; border: 1px solid var(--alert); border-radius: .75em; color: var(--alert); }
.root > .notice { position: fixed; z-index: 2147483000; inset-block-end: 6em; inset-inline-end: 1.25em; max-inline-size: min(22em, 100vw - 2.5em); margin: 0; background: var(--paper); box-shadow: 0 8px 24px #0003; }
.start > .notice { inset-inline: 1.25em auto; }
.notice button { margin-inline-start: .3em; padding-block: .1em; }
.toast:not(:empty) { position: absolute; inset-block-start: 4.25em; inset-inline: 0; margin-inline: auto; inline-size: fit-content; padding: .4em 1em; border-radius: 2em; background: var(--ink); color: var(--paper); font-size: .875em; }

form { display: flex; align-items: flex-end; gap: .5em; padding: .75em 1.1em 0; border-block-start: 1px solid var(--line); }
textarea { flex: 1; min-inline-size: 0; resize: none; field-sizing: content; max-block-size: 8em; padding: .5em .85em; border: 1px solid var(--soft); border-radius: 1.3em; background: var(--paper); }
textarea:focus-visible { border-color: var(--ink); outline-width: 1px; outline-offset: 0; }
::placeholder { color: var(--soft); opacity: 1; }
.send { inline-size: 2.6em; block-size: 2.6em; border-radius: 50%; }
.send, .send:hover { background: var(--accent); color: var(--on-accent); }
.note { margin: 0; padding: .5em 1.1em .75em; text-align: center; font-size: .75em; color: var(--soft); }
[dir=rtl] svg.send { transform: scaleX(-1); }
@media (prefers-reduced-motion: no-preference) {
  .dots i { animation: beat 1.2s infinite ease-in-out; }
  .dots i:nth-child(2) { animation-delay: .15s; }
  .dots i:nth-child(3) { animation-delay: .3s; }
  dialog[open]:not(:modal), .said { animation: rise .18s ease-out; }
}
@keyframes beat { 40% { opacity: .3; transform: translateY(-.2em); } }
@keyframes rise { from { opacity: 0; transform: translateY(.4em); } }
@media print { .root { display: none; } }
`;

customElements.define("career-advisor", CareerAdvisor);
const attach = () => document.body.append(document.createElement("career-advisor"));
if (document.body) attach();
else addEventListener("DOMContentLoaded", attach);
})();
