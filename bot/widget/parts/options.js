// ---- What the owner of the page may choose: the data- attributes of the tag ----

const OPTIONS = {
  title: "Career Advisor",
  greeting: "Hello! I’m the career advisor, a chatbot. I answer questions about jobs from career documents, and show you the place in them. What would you like to know?",
  starters: '["What does a production technician do?", "Which skills does it need?", "How do I get in?"]',
  theme: "light dark",
  position: "end",
  lang: "en",
  dir: document.documentElement.dir === "rtl" ? "rtl" : "ltr",
  notice: "",
  color: "",
  strings: "{}",
  ...tag.dataset,
};

// A slip of the owner's is passed over, with a word to whoever looks for it.
function chosen(name, fallback, read, fits) {
  try {
    const value = read(OPTIONS[name]);
    if (fits(value)) return value;
  } catch {}
  console.warn(`Career advisor: data-${name} can’t be “${OPTIONS[name]}”; ${JSON.stringify(fallback)} counts.`);
  return fallback;
}
const among = (name, fallback, pattern) => chosen(name, fallback, String, (value) => pattern.test(value));
const isText = (value) => typeof value === "string";
const STRINGS = {
  open: "Open the chat",
  unread: "Open the chat: there is a new answer",
  close: "Close the chat",
  menu: "More",
  restart: "Start over",
  download: "Download the conversation",
  print: "Print the conversation",
  mail: "Mail it to me",
  mailCut: "(Too long for a mail: the download has all.)",
  clear: "Clear the conversation",
  clearSure: "Clear it for good? Press again",
  cleared: "The conversation is cleared.",
  earlier: "Show earlier messages",
  earlierShown: "Earlier messages are shown above.",
  earlierMissed: "The earlier messages can’t be shown just now.",
  log: "Conversation",
  input: "Your question",
  send: "Send",
  tooLong: "Too long by {more}: at most {most} characters.",
  count: "{count} of {most} characters",
  suggestions: "Suggested questions",
  suggested: "Suggested questions: {count}. Press Tab for the first.",
  shorter: "Shorter",
  further: "Tell me more",
  table: "Table",
  you: "You",
  typing: "The advisor is typing",
  source: "Source",
  at: "Line",
  line: "line",
  lines: "lines",
  copy: "Copy this answer",
  copied: "Copied.",
  up: "This answer helps",
  down: "This answer doesn’t help",
  why: "Why? (if you like)",
  thanks: "Thank you for telling us.",
  offline: "You’re offline. What you wrote is kept, and sent once you’re back.",
  lost: "The advisor can’t be reached. What you wrote is kept, and sent as soon as it can be.",
  slow: "That was a lot at once. What you wrote is sent in a moment.",
  busy: "The advisor is busy right now. What you wrote is sent in a moment.",
  ended: "Your earlier conversation has ended. This is a new one.",
  forbidden: "This website isn’t allowed to use the advisor yet; its owner can allow it.",
  sandboxed: "The chat can’t be used inside this frame; the website’s owner can allow it.",
  plain: "Ask on the advisor’s own page",
  retry: "Try now",
  failed: "Not sent.",
  unkept: "This browser keeps nothing once you leave this page.",
  note: "A chatbot that quotes documents. No personal advice.",
  forgets: "Nothing is kept: all is cleared when you leave this page, or don’t use it for some minutes.",
  leaving: "Are you still there? Otherwise the conversation is cleared within a minute.",
  stay: "I’m still here",
  ...chosen("strings", {}, JSON.parse, (words) => Object.values(words).every(isText)),
};
const STARTERS = chosen("starters", [], JSON.parse, (list) => list.every(isText)).map((title) => ({ title, payload: title }));
const COLOR = chosen("color", "", String, (color) => !color || CSS.supports("color", color));
const THEME = among("theme", "light dark", /^(light|dark|light dark|dark light)$/);
const POSITION = among("position", "end", /^(start|end)$/);
const LANG = among("lang", "en", /^[a-z]{2,3}(-[a-z\d]{2,8})*$/i);
const DIR = among("dir", "ltr", /^(ltr|rtl)$/);

const LONGEST = 2000; // characters, as the advisor has it
const COUNTED = 1800; // from which on they are counted
const MAILED = 1800; // characters of a mail's address that every mail program takes
const SAFE = ["http:", "https:", "mailto:"];
const PATIENCE = 60000; // milliseconds until a silent connection counts as lost
const LONGEST_WAIT = 300; // seconds between two tries
const MINUTE = 60000;
// Milliseconds without use until nothing is left; 0: it is kept.
const FORGET = MINUTE * (OPTIONS.forget === undefined ? 0 : OPTIONS.forget.trim() ? among("forget", 5, /^\s*[1-9]\d{0,2}\s*$/) : 5);
const WARNED = Math.min(MINUTE, FORGET / 2); // milliseconds before that

const filled = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name].toLocaleString(LANG) : whole));
