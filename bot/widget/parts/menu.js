// ---- The menu: begin anew, take along, forget ----

const menu = {
  restart() {
    this.fold(true);
    this.focusInput();
    return this.say("Start over", STRINGS.restart, { starting: true });
  },

  // All that was said, from its beginning, each with who said it and the source; `undefined` where it can't be had.
  async transcript() {
    this.fold(true);
    this.more.focus();
    while (this.before) if (!(await this.earlier())) return;
    const shown = [...this.log.children];
    return [...this.entries.values()]
      .sort((one, other) => shown.indexOf(one.node) - shown.indexOf(other.node))
      .map(({ who, text, sources }) => `${who === "person" ? STRINGS.you : OPTIONS.title}: ${written(text, sources)}`);
  },

  async download() {
    const said = await this.transcript();
    if (!said) return;
    const url = URL.createObjectURL(new Blob([said.join("\n\n") + "\n"], { type: "text/plain" }));
    el("a", { href: url, download: "conversation.txt" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  },

  // By the visitor's own mail program, which takes only so much: the end of it, and word that there was more.
  async mail() {
    const said = await this.transcript();
    if (!said) return;
    const address = (parts) => `mailto:?subject=${encodeURIComponent(OPTIONS.title)}&body=${encodeURIComponent(parts.join("\r\n\r\n"))}`;
    let parts = said;
    for (let left = said.slice(); address(parts).length > MAILED && left.length > 1; parts = [STRINGS.mailCut, ...left]) left = left.slice(1);
    el("a", { href: address(parts), target: "_top" }).click();
  },

  // The page rests meanwhile, and only the conversation is on the paper.
  async print() {
    if (!(await this.transcript())) return;
    this.hide();
    this.panel.classList.remove("whole");
    this.panel.setAttribute("open", "");
    const page = document.body.style;
    const hidden = page.display;
    const root = this.root.classList;
    root.add("printing");
    page.setProperty("display", "none", "important");
    const back = () => {
      if (!root.contains("printing")) return;
      root.remove("printing");
      page.display = hidden;
      this.display();
    };
    addEventListener("afterprint", back, { once: true });
    window.print();
    addEventListener("focus", back, { once: true }); // where a browser tells of no end
  },

  // Asks once more on its own button: a dialog of the browser's is not to be had in every frame.
  clear() {
    if (this.clearing.textContent === STRINGS.clear) return void (this.status.textContent = this.clearing.textContent = STRINGS.clearSure);
    this.fold(true);
    this.focusInput();
    this.forget();
  },

  // Here at once; there, with its session, as soon as it can be, also while the page goes away.
  async forget() {
    const { token } = shared.get();
    own.set({ outbox: [] });
    end(token);
    if (this.stop) this.stop.abort();
    this.wake();
    this.reset();
    this.begin();
    try {
      if (token) await this.patiently(() => call("web/history", { method: "DELETE", token, keepalive: true }), { quiet: true });
    } catch (problem) {
      if (problem.status !== 401) return this.tell(problem.message); // else nobody can ask for it any more
    }
    this.tell(STRINGS.cleared);
  },
};
