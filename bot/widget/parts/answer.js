// ---- Under an answer: where it stands, what to do with it, and whether it helped ----

const unique = (sources, told) => [...new Set(sources.map(told))];
const placed = ({ title, line, heading }) => title + (line || heading);
const place = (sources) => unique(sources, ({ title }) => title).map((title) => {
  const lines = unique(sources.filter((each) => each.title === title && each.line), ({ line }) => line);
  return lines.length ? `${title}, ${lines.length > 1 ? STRINGS.lines : STRINGS.line}\u00a0${lines.join(", ")}` : title;
}).join("; ");
const written = (text, sources = []) => (sources.length ? `${text}\n${STRINGS.source}: ${place(sources)}` : text);

const answer = {
  sources({ sources = [] }) {
    if (!sources.length) return [];
    sources.sort((one, other) => (one.title === other.title ? one.line - other.line : 0)); // the owner's stays first
    const fold = el("details", {
      "aria-live": "off",
      // Not before: the page may have changed.
      ontoggle: () => fold.replaceChildren(
        fold.firstChild,
        ...unique(sources, placed).map((place) => this.quoted(sources.filter((each) => placed(each) === place))),
        ...unique(sources, ({ attribution }) => attribution).filter(Boolean).map((text) => el("small", {}, text))),
    }, el("summary", { dir: "auto" }, `${STRINGS.source}: ${place(sources)}`));
    return [fold];
  },

  quoted(sources) {
    const [{ document: name, title, heading, line, url }] = sources;
    const id = `${name}-line-${line}`;
    const where = [line ? `${STRINGS.at} ${line}` : title, heading].filter(Boolean).join(" · ");
    const onclick = (event) => {
      const told = new CustomEvent("advisor:source", { detail: sources, bubbles: true, composed: true, cancelable: true });
      if (NARROW.matches) this.close();
      if (!this.dispatchEvent(told)) event.preventDefault();
    };
    return el("figure", {},
      el("blockquote", {}, ...sources.map(({ quote }) => el("p", { dir: "auto" }, quote))),
      el("figcaption", { dir: "auto" }, document.getElementById(id) ? el("a", { href: `${location.href.split("#")[0]}#${id}`, onclick }, where) : link(where, url, where)));
  },

  tools(entry) {
    const { id, text, sources = [] } = entry;
    const judge = (helpful) => () => {
      for (const [button, is] of [[up, true], [down, false]]) button.setAttribute("aria-pressed", is === helpful);
      this.judge(id, helpful);
      const open = bar.querySelector("form");
      if (open) open.remove();
      const why = el("input", { "aria-label": STRINGS.why, placeholder: STRINGS.why, maxlength: "500", dir: "auto" });
      const form = el("form", {}, why, button(STRINGS.send, () => {
        if (why.value.trim()) this.judge(id, helpful, why.value);
        form.remove();
        this.focusInput();
      }));
      bar.append(form);
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
    const again = (text, label) => button(label, () => { this.focusInput(); this.say(text, label); }, { class: "again" });
    const bar = el("div", { class: "tools", "aria-live": "off" }, copy, up, down);
    // of the last answer only: the advisor takes them to be about what it said last
    if (sources.length) bar.append(again("shorter", STRINGS.shorter), again("tell me more", STRINGS.further));
    return bar;
  },

  async judge(answer, helpful, why = "") {
    try {
      await this.patiently(() => call("web/feedback", { method: "POST", body: { answer, helpful, why } }));
      this.tell(STRINGS.thanks);
    } catch (problem) {
      this.tell(problem.message);
    }
  },
};
