// ---- The conversation: what the advisor remembers of it, and what is added ----

const conversation = {
  reset() {
    this.entries.clear();
    this.dots.hidden = true;
    this.session = session();
    this.begun = undefined;
    this.greeting = el("div", { class: "said advisor" }, ...markdown(OPTIONS.greeting));
    this.log.replaceChildren(this.older, this.greeting, this.dots);
    this.offer();
    this.reach(null);
    this.before = undefined;
  },

  begin() {
    if (!this.begun) this.begun = this.load().then(() => {
      for (const message of own.get().outbox || []) this.show({ ...message, who: "person", text: message.shown });
      if (!this.entries.size) this.offer(STARTERS);
      return this.flush();
    });
    return this.begun;
  },

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
      this.offer(entries.length ? entries[entries.length - 1].buttons : []);
      this.toEnd();
    } catch (problem) {
      if (problem.status !== 401) return this.tell(problem.message);
      end(token); // the next message begins another
      this.session = session();
      this.tell(STRINGS.ended);
      this.reach(null);
    } finally {
      this.unhush();
    }
  },

  // What was said long ago is not announced again.
  hush() {
    clearTimeout(this.hushed);
    this.log.setAttribute("aria-live", "off");
  },

  unhush() {
    this.hushed = setTimeout(() => this.log.setAttribute("aria-live", "polite"), 300);
  },

  // How far back it is shown: what to ask the page before with; `null` at the beginning, where the greeting stands.
  reach(before) {
    this.before = before;
    this.older.hidden = before === null;
    this.greeting.hidden = !this.older.hidden;
  },

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
  },

  // Another tab has said something, or has cleared the conversation.
  sync() {
    this.missed = this.sending;
    if (this.sending) return;
    const was = this.begun;
    if (session() !== this.session) this.reset();
    this.begun = undefined;
    if (was) this.begin();
  },

  show(entry) {
    if (this.entries.has(entry.id)) return;
    for (const used of this.log.querySelectorAll(".tools form:not(:focus-within), .again")) used.remove();
    this.offer();
    const asked = this.entries.get(entry.id.split(".")[0]);
    let next = asked ? asked.node : this.dots; // an answer stands below its question
    do next = next.nextElementSibling || this.dots;
    while (next !== this.dots && !next.matches(".person"));
    this.add(entry, next);
    this.toEnd();
  },

  add(entry, next) {
    this.entries.set(entry.id, entry);
    const { who, text } = entry;
    entry.node = who === "person"
      ? el("div", { class: "said person", dir: "auto" }, el("span", { class: "hidden" }, `${STRINGS.you}: `), text)
      : el("div", { class: "said advisor" }, ...markdown(text), ...this.sources(entry), this.tools(entry));
    next.before(entry.node);
  },

  remove(id) {
    const entry = this.entries.get(id);
    if (entry) entry.node.remove();
    this.entries.delete(id);
  },

  // The first is one Tab from the input; that they are there is said after the answer.
  offer(buttons = []) {
    this.offered.hidden = !buttons.length;
    this.offered.replaceChildren(...buttons.map(({ title, payload }) =>
      button(title, () => { this.focusInput(); this.say(payload, title); }, { dir: "auto" })));
    if (buttons.length) this.toEnd();
  },

  // The last question stays in sight, so that a long answer is read from its beginning.
  toEnd() {
    const asked = [...this.log.querySelectorAll(".person")].pop();
    this.log.scrollTop = asked ? asked.offsetTop - 12 : 0;
  },
};
