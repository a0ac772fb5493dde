// ---- Asking the advisor ----

class Refused extends Error {} // a second try would end the same

// A policy of the page's that blocks the advisor looks like a lost connection, and no try will mend it.
let blocked = false;
document.addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective, disposition }) => {
  if (effectiveDirective === "connect-src" && disposition === "enforce" && blockedURI.startsWith(new URL(BASE).origin)) blocked = true;
});
async function call(path, { body, token = shared.get().token, ...options } = {}) {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(BASE + path, { ...options, headers, body: body && JSON.stringify(body), credentials: "omit" })
    .catch(async (problem) => {
      await new Promise((resolve) => setTimeout(resolve, 50)); // until it is told of
      throw blocked ? refused(403) : problem;
    });
  const renewed = answer.headers.get("X-Advisor-Token");
  if (renewed && shared.get().token === token) shared.set({ token: renewed, first: session() });
  if (answer.ok) return answer;
  const { status } = answer;
  const { error } = await answer.json().catch(() => ({})); // a proxy's error page is no JSON
  if (status !== 429 && status < 500) throw refused(status, error);
  throw Object.assign(new Error(error), { status, wait: Number(answer.headers.get("Retry-After")) });
}

function refused(status, error = STRINGS.failed) {
  const words = status !== 403 ? error : self.origin === "null" ? STRINGS.sandboxed : STRINGS.forbidden;
  return Object.assign(new Refused(words), { status });
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

function page({ token, before }) {
  const path = before ? `web/history?before=${before}` : "web/history";
  return patience(async (signal) => (await call(path, { token, signal })).json());
}

// Does a job that is given up when it takes too long, or is stopped.
async function patience(job, stop) {
  const given = new AbortController();
  const end = () => given.abort();
  const timer = setTimeout(end, PATIENCE);
  if (stop) stop.addEventListener("abort", end);
  if (stop && stop.aborted) end();
  try {
    return await job(given.signal);
  } finally {
    clearTimeout(timer);
    if (stop) stop.removeEventListener("abort", end);
  }
}

// One JSON object a line, up to the line that says it is the last; a stream without it was cut off.
async function* read(answer) {
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  for (let rest = ""; ;) {
    const { value, done } = await reader.read();
    if (done) throw new Error("cut off");
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop();
    for (const line of lines.map((each) => JSON.parse(each))) {
      if (line.type === "end") return;
      yield line;
    }
  }
}
