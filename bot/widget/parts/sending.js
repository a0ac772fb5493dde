// ---- Sending: each message has an id, so that however often it is sent the advisor answers it once ----

const sending = {
  // What is too long is kept whole, and sent when it fits.
  count() {
    const count = [...this.input.value.trim()].length;
    const more = count - LONGEST;
    this.counted.textContent = count < COUNTED ? "" : filled(more > 0 ? STRINGS.tooLong : STRINGS.count, { count, more, most: LONGEST });
    this.input.setAttribute("aria-invalid", more > 0);
    return more <= 0;
  },

  submit() {
    const text = this.input.value.trim();
    if (!text || !this.count()) return;
    this.input.value = "";
    own.set({ draft: "" });
    this.count();
    this.say(text);
  },

  say(text, shown = text, more = {}) {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    const message = { id: bytes.join("-"), text, shown, ...more };
    own.set({ outbox: [...(own.get().outbox || []), message] });
    this.show({ ...message, who: "person", text: shown });
    this.remind();
    return this.begun ? this.begun.then(() => this.flush()) : this.begin();
  },

  async flush() {
    if (this.sending) return;
    this.sending = true;
    for (let message; (message = (own.get().outbox || [])[0]);) {
      this.stop = new AbortController();
      try {
        await this.patiently(() => patience((signal) => this.deliver(message, signal), this.stop.signal), { signal: this.stop.signal });
        shared.set({ last: message.id }); // which tells the other tabs
        this.remind();
      } catch (problem) {
        if (problem instanceof Refused) this.failed(message, problem); // else it was cleared meanwhile
      }
      own.set({ outbox: (own.get().outbox || []).filter(({ id }) => id !== message.id) });
    }
    this.sending = false;
    if (this.missed) this.sync();
  },

  async deliver({ id, text, starting }, signal) {
    const waiting = (is) => this.entries.has(id) && this.entries.get(id).node.classList.toggle("waiting", is);
    let last;
    try {
      waiting(true);
      const answer = await ask("web/message", { method: "POST", body: { id, text }, signal });
      if (session() !== this.session) this.reach(null); // what was said before is of a session that is over
      if (this.session && session() !== this.session) this.tell(STRINGS.ended);
      this.session = session();
      for await (const line of read(answer)) {
        waiting(false);
        this.typing(line.type === "typing");
        if (line.type === "error") throw new Refused(line.error);
        if (line.type !== "reply") continue;
        if (this.entries.has(line.id) && this.entries.get(line.id).text !== line.text) this.remove(line.id); // of a turn that was made anew
        this.show({ ...(last = line), who: "advisor" });
      }
      const offered = starting ? STARTERS : last ? last.buttons : [];
      this.offer(offered);
      if (offered.length) this.status.textContent = filled(STRINGS.suggested, { count: offered.length });
      if (last && !this.isOpen) this.unread(true);
    } finally {
      this.typing(false);
    }
  },

  typing(is) {
    if (this.dots.hidden !== is) return;
    this.dots.hidden = !is;
    if (is) this.status.textContent = STRINGS.typing;
    else if (this.status.textContent === STRINGS.typing) this.status.textContent = "";
    this.toEnd();
  },

  // Nothing of it is final: its replies go, and it is sent again as the same message.
  failed(message, { message: why, status }) {
    const { id, text, shown } = message;
    for (const each of this.entries.keys()) if (each.startsWith(`${id}.`)) this.remove(each);
    const asked = this.entries.get(id);
    if (!asked) return; // cleared meanwhile
    asked.node.classList.remove("waiting");
    const again = button(STRINGS.retry, () => {
      this.remove(id);
      this.focusInput();
      this.say(text, shown, message);
    });
    const elsewhere = el("a", { href: `${BASE}plain`, target: "_blank", rel: "noopener" }, STRINGS.plain);
    asked.node.append(el("div", { class: "why" }, why, " ", status === 403 ? elsewhere : again));
  },

  // Until the advisor has answered: a lost connection is said, and tried again, ever more patiently or once it is back.
  async patiently(job, { signal, quiet } = {}) {
    const note = (...what) => quiet || this.notice.replaceChildren(...what);
    for (let tries = 0; ; tries++) {
      try {
        const done = await job();
        note();
        return done;
      } catch (problem) {
        if (problem instanceof Refused || (signal && signal.aborted)) {
          note();
          throw problem;
        }
        const { status, wait } = problem;
        const told = status === 429 ? STRINGS.slow : status === 503 && wait ? STRINGS.busy : STRINGS.lost;
        const why = navigator.onLine ? told : STRINGS.offline;
        if (!quiet && !this.notice.textContent.startsWith(why)) {
          note(why, " ", button(STRINGS.retry, () => {
            this.focusInput(); // the button goes
            this.wake();
          }));
          this.toEnd();
        }
        let wake;
        await new Promise((resolve) => {
          this.waiting.add((wake = resolve));
          // a little apart, or all the visitors of a server that is back would come at once
          setTimeout(wake, 1000 * (wait || Math.min(LONGEST_WAIT, 2 ** tries * (1 + Math.random() / 4))));
        });
        this.waiting.delete(wake);
      }
    }
  },

  wake() {
    for (const wake of this.waiting) wake();
  },
};
