// ---- On a computer that many people use (data-forget) ----

const leaving = {
  watch() {
    this.warning = el("div", { class: "notice", role: "alert" }, STRINGS.leaving, " ", button(STRINGS.stay, () => {
      this.warning.remove();
      if (this.isOpen) this.focusInput();
      else this.launcher.focus();
    }));
    for (const kind of ["pointerdown", "pointermove", "wheel", "keydown", "input", "click"]) {
      addEventListener(kind, () => this.use(), { capture: true, passive: true });
    }
    for (const kind of ["pageshow", "visibilitychange"]) addEventListener(kind, () => this.look(), true); // timers may have rested
    addEventListener("pagehide", (event) => event.persisted || this.forget());
    addEventListener("unload", () => {}); // or many browsers keep the page for the way back, and drop it later unheard
    this.used = Date.now();
    this.look();
  },

  use() {
    if (Date.now() - this.used >= FORGET) this.look(); // this may be somebody else already
    this.used = Date.now();
    if (this.warning.isConnected && !this.cancelled) this.cancelled = setTimeout(() => this.look(), 1000); // or a press would hit what is below
  },

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
    else if (something && !this.warning.isConnected) (this.isOpen ? this.notice : this.launcher).before(this.warning);
    this.looking = setTimeout(() => this.look(), left > WARNED ? left - WARNED : left);
  },

  leave() {
    this.fold(true);
    this.unread(false);
    this.input.value = "";
    own.set({ draft: "" });
    if (this.panel.contains(this.shadowRoot.activeElement)) this.focusInput();
    this.forget();
  },
};
