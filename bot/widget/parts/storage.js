// ---- What the browser keeps: the session for all tabs; what is typed and not yet sent for this one ----

const KEY = `career-advisor ${BASE}`;

// Where storage is full or forbidden, as in a sandboxed frame, and with data-forget: as long as the page, in memory.
function keep(area) {
  let held = FORGET ? {} : undefined;
  const get = () => {
    if (held) return held;
    try {
      const kept = JSON.parse(window[area].getItem(KEY) || "{}");
      return kept && typeof kept === "object" ? kept : {};
    } catch (problem) {
      if (!(problem instanceof SyntaxError)) held = {}; // else somebody else wrote there
      return {};
    }
  };
  const set = (change) => {
    const kept = { ...get(), ...change };
    if (held) return void (held = kept);
    try {
      window[area].setItem(KEY, JSON.stringify(kept));
    } catch {
      held = kept;
    }
  };
  try {
    if (FORGET) window[area].removeItem(KEY); // from before the owner chose so
    else window[area].getItem(KEY);
  } catch {
    held = {};
  }
  return { get, set, fails: () => Boolean(held) && !FORGET };
}
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
