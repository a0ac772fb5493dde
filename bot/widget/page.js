// The plain chat page: begins a session, sends what is typed, shows the replies as text.
"use strict";

const log = document.getElementById("log");
const form = document.getElementById("form");
const input = document.getElementById("text");
let token = sessionStorage.getItem("token");

async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  return fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
}

async function begin() {
  token = (await (await post("/web/session", {})).json()).token;
  sessionStorage.setItem("token", token);
}

function show(text, who, sources = []) {
  const message = document.createElement("div");
  message.className = `message ${who}`;
  message.textContent = text;
  if (sources.length) {
    const small = document.createElement("small");
    small.className = "source";
    small.textContent = `Source: ${sources[0].title}, line ${[...new Set(sources.map((each) => each.line))].join(", ")}`;
    message.append(small);
  }
  log.append(message);
  log.scrollTop = log.scrollHeight;
}

function offer(buttons) {
  const row = document.createElement("div");
  row.className = "buttons";
  for (const { title, payload } of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    button.onclick = () => { row.remove(); input.focus(); send(payload, title); };
    row.append(button);
  }
  log.append(row);
  log.scrollTop = log.scrollHeight;
}

async function send(text, shown = text) {
  show(shown, "person");
  try {
    if (!token) await begin();
    let answer = await post("/web/message", { text });
    if (answer.status === 401) {
      await begin();
      answer = await post("/web/message", { text });
    }
    const { replies, error } = await answer.json();
    if (error) return show(error, "advisor");
    for (const { text: said, buttons, sources } of replies) {
      if (said) show(said, "advisor", sources);
      if (buttons && buttons.length) offer(buttons);
    }
  } catch {
    show("The advisor can't be reached right now. Please try again in a moment.", "advisor");
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (!text) return;
  input.value = "";
  send(text);
});

show("Hello! I'm the career advisor, a chatbot. Ask me what a job is like, which skills it needs or how to get in.", "advisor");
