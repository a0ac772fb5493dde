// ---- The launcher and the panel: built, opened, closed, and their keys ----

const NARROW = matchMedia("(max-width: 30em), (max-height: 30em)");
const DARK = matchMedia("(prefers-color-scheme: dark)");
const ACCENTS = { light: "#0b5c63", dark: "#74cdd1" };
const KEYS = ["keydown", "keypress", "keyup"];
const NATIVE = window.HTMLDialogElement && HTMLDialogElement.prototype.showModal; // Safari has dialogs since 15.4

const panel = {
  build() {
    this.launcher = iconButton("chat", STRINGS.open, () => this.open(), { class: "launcher", "aria-haspopup": "dialog" });
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": STRINGS.log, tabindex: "0" });
    this.status = el("div", { class: "hidden", role: "status" });
    this.toast = el("div", { class: "toast", role: "status" });
    this.older = button(STRINGS.earlier, async () => (await this.earlier()) && this.tell(STRINGS.earlierShown), { class: "older" });
    this.dots = el("div", { class: "dots", hidden: true, "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.notice = el("div", { class: "notice", role: "alert" });
    this.offered = el("div", { class: "suggestions", role: "group", "aria-label": STRINGS.suggestions, hidden: true });
    this.input = el("textarea", {
      id: "input", rows: "1", dir: "auto", placeholder: STRINGS.input, enterkeyhint: "send", autocomplete: "off",
      "aria-describedby": "count",
      oninput: () => {
        own.set({ draft: this.input.value });
        this.count();
      },
    });
    this.counted = el("p", { id: "count", class: "count", role: "status" });
    this.more = iconButton("more", STRINGS.menu, () => this.fold(this.menu.hidden === false), { "aria-expanded": "false", "aria-controls": "menu" });
    this.clearing = button(STRINGS.clear, () => this.clear());
    this.menu = el("div", { id: "menu", class: "menu", hidden: true },
      ...["restart", "download", "print", "mail"].map((name) => button(STRINGS[name], () => this[name]())), this.clearing);
    this.note = el("p", { class: "note" }, ...inline(OPTIONS.notice), " ", STRINGS.note, FORGET ? ` ${STRINGS.forgets}` : "");
    this.panel = el("dialog", {
      role: "dialog", "aria-labelledby": "title",
      oncancel: (event) => { event.preventDefault(); this.escape(); },
      // The menu hides nothing that has the focus.
      onfocusin: ({ target }) => target === this.more || this.menu.contains(target) || this.fold(true),
    },
      el("div", { class: "top" }, el("h2", { id: "title" }, OPTIONS.title), this.more, this.menu, iconButton("close", STRINGS.close, () => this.close())),
      this.log, this.status, this.toast, this.notice,
      el("form", {}, // never submitted, which a frame may forbid
        el("label", { class: "hidden", for: "input" }, STRINGS.input), this.input, this.offered, this.counted,
        iconButton("send", STRINGS.send, () => this.submit(), { class: "icon send" })),
      this.note);
    this.root = el("div", { class: `root ${POSITION}`, lang: LANG, dir: DIR }, this.panel, this.launcher);
    dress(this.attachShadow({ mode: "open" })).append(this.root);
    this.paint();
    DARK.addEventListener("change", () => this.paint());
    for (const kind of KEYS) addEventListener(kind, (event) => this.key(event), true);
    this.reset();
  },

  // The colours of light or dark; text on the accent is black or white, which browsers since 2024 work out themselves.
  paint() {
    const dark = /dark/.test(THEME) && (THEME === "dark" || DARK.matches);
    const accent = COLOR || ACCENTS[dark ? "dark" : "light"];
    this.root.classList.toggle("dark", dark);
    this.root.style.setProperty("color-scheme", dark ? "dark" : "light");
    this.root.style.setProperty("--accent", accent);
    if (CSS.supports("color", "color(from red xyz-d65 x y z)")) return;
    const parts = getComputedStyle(this.launcher).backgroundColor.match(/[\d.]+/g) || [];
    const luminance = [0.2126, 0.7152, 0.0722].reduce((sum, share, at) => sum + share * ((parts[at] / 255 + 0.055) / 1.055) ** 2.4, 0);
    this.root.style.setProperty("--on-accent", luminance > 0.18 ? "#000" : "#fff"); // WCAG's, but for the near black
  },

  // What is typed here is no shortcut of the page's, whichever way it listens: keys are heard before it, and go no further.
  key(event) {
    const path = event.composedPath();
    if (!path.includes(this)) return;
    event.stopImmediatePropagation();
    if (event.type !== "keydown") return;
    if (FORGET) this.use();
    if (event.isComposing || event.keyCode === 229) return; // an input method's own Enter and Escape
    if (event.key === "Escape" && this.isOpen) {
      event.preventDefault(); // or the dialog would be cancelled as well
      this.escape();
    } else if (event.key === "Enter" && !event.shiftKey && /^(textarea|input)$/.test(path[0].localName)) {
      event.preventDefault();
      path[0].form.lastChild.click();
    } else if (event.key === "Tab" && !NATIVE && this.panel.matches(".whole")) this.keepIn(event);
  },

  // In a browser without dialogs: from the last to the first, and back.
  keepIn(event) {
    const all = [...this.panel.querySelectorAll("a[href], button, textarea, input, summary, [tabindex]")].filter((each) => each.offsetParent);
    if (event.shiftKey) all.reverse();
    if (this.shadowRoot.activeElement !== all.pop()) return;
    event.preventDefault();
    all[0].focus();
  },

  // -- Open and closed; where there is no room beside it, the panel takes the whole screen and the page behind it rests --

  open({ focus = true } = {}) {
    own.set({ open: true });
    if (this.warning) this.warning.remove();
    this.unread(false);
    this.launcher.hidden = true;
    this.display();
    if (focus) this.focusInput();
    else if (this.shadowRoot.activeElement) this.shadowRoot.activeElement.blur(); // a dialog takes the focus, which here is the page's
    this.remind();
    this.begin();
  },

  display() {
    this.hide();
    this.panel.classList.toggle("whole", NARROW.matches);
    if (!NATIVE) {
      this.panel.setAttribute("open", "");
      this.panel.setAttribute("aria-modal", NARROW.matches);
    } else if (NARROW.matches) this.panel.showModal();
    else this.panel.show();
    this.toEnd();
  },

  hide() {
    if (!NATIVE) this.panel.removeAttribute("open");
    else if (this.isOpen) this.panel.close();
  },

  close() {
    own.set({ open: false });
    this.fold(true);
    this.hide();
    this.launcher.hidden = false;
    this.launcher.focus();
  },

  unread(is) {
    this.launcher.classList.toggle("unread", is);
    this.launcher.setAttribute("aria-label", is ? STRINGS.unread : STRINGS.open);
  },

  escape() {
    if (this.menu.hidden) return this.close();
    this.fold(true);
    this.more.focus();
  },

  fold(folded) {
    this.menu.hidden = folded;
    this.more.setAttribute("aria-expanded", !folded);
    this.clearing.textContent = STRINGS.clear;
  },

  // A touch keyboard would cover what there is to read.
  focusInput() {
    (matchMedia("(pointer: coarse)").matches ? this.log : this.input).focus();
  },

  tell(text) {
    this.toast.textContent = text;
    clearTimeout(this.fading);
    this.fading = setTimeout(() => this.toast.replaceChildren(), 4000);
  },

  // Once: that nothing is kept, where the browser lets nothing be kept.
  remind() {
    if (this.reminded || !(shared.fails() || own.fails())) return;
    this.reminded = true;
    this.note.append(" ", el("strong", {}, STRINGS.unkept));
    this.tell(STRINGS.unkept);
  },
};

// Its style: as a sheet, which no policy forbids; before 2023 as an element, with the tag's nonce, or as a file.
function dress(shadow) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOKS);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    const style = el("style", { nonce: tag.nonce || "" }, LOOKS);
    shadow.append(style);
    if (!style.sheet) style.replaceWith(el("link", { rel: "stylesheet", href: `${BASE}widget.css` }));
  }
  return shadow;
}
