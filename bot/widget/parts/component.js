// ---- The component ----

class CareerAdvisor extends HTMLElement {
  constructor() {
    super();
    this.entries = new Map(); // what was said and is shown, by id
    this.sending = false;
    this.waiting = new Set(); // what ends each wait for a connection
  }

  get isOpen() {
    return this.panel.hasAttribute("open");
  }

  connectedCallback() {
    if (this.shadowRoot) {
      if (this.isOpen) this.display(); // a page that was swapped as a whole has taken it out of the screen's top layer
      return;
    }
    this.build();
    this.input.value = own.get().draft || "";
    this.count();
    addEventListener("storage", (event) => event.key === KEY && this.sync());
    addEventListener("online", () => this.wake());
    NARROW.addEventListener("change", () => this.isOpen && this.display());
    if (FORGET) this.watch();
    if ((own.get().outbox || []).length) this.begin(); // written before a reload, and not yet sent
    if (own.get().open && !NARROW.matches) this.open({ focus: false });
  }
}
Object.assign(CareerAdvisor.prototype, panel, conversation, sending, answer, menu, leaving);

customElements.define("career-advisor", CareerAdvisor);

// Beside the body, not in it: sites that swap their pages without reloading swap the body, and some the whole document.
whenThere(() => {
  const advisor = document.createElement("career-advisor");
  const attach = () => advisor.isConnected || document.documentElement.append(advisor);
  attach();
  new MutationObserver(attach).observe(document, { childList: true });
});
