// ---- Building nodes ----

function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (typeof value === "boolean") node.toggleAttribute(key, value);
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

const ICONS = {
  chat: "M4 5h16v11H9l-5 4z",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  send: "M5 12h14M13 6l6 6-6 6",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  up: "M7 11v9H4v-9zM7 11l4-7c2 0 2.5 1.5 2 3l-.6 3H19l-2 10H7",
  down: "M7 13V4H4v9zM7 13l4 7c2 0 2.5-1.5 2-3l-.6-3H19L17 4H7",
};
function icon(name) {
  const [svg, path] = ["svg", "path"].map((each) => document.createElementNS("http://www.w3.org/2000/svg", each));
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add(name);
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
const button = (label, onclick, more = {}) => el("button", { type: "button", onclick, ...more }, label);
const iconButton = (name, label, onclick, more = {}) =>
  button(icon(name), onclick, { class: "icon", "aria-label": label, title: label, ...more });

// ---- Markdown's safe subset: paragraphs, lists, tables, bold, and links of harmless kinds ----

const ITEM = /^\s*([-*•]|\d+[.)])\s+(.*)$/;
const ROW = /^\s*\|(.*)\|\s*$/;
const RULE = /^\s*\|(\s*:?-+:?\s*\|)+\s*$/;
const cells = (line) => line.match(ROW)[1].split("|").map((cell) => cell.trim());

function markdown(text) {
  const nodes = [];
  const lines = text.split("\n");
  let list;
  for (let at = 0; at < lines.length; at++) {
    const [, bullet, listed] = lines[at].match(ITEM) || [];
    if (bullet) {
      const kind = /\d/.test(bullet) ? "OL" : "UL";
      if (!list || list.tagName !== kind) nodes.push((list = el(kind, { role: "list" }))); // for Safari, which takes one without marks for none
      list.append(el("li", { dir: "auto" }, ...inline(listed)));
      continue;
    }
    list = undefined;
    if (ROW.test(lines[at]) && RULE.test(lines[at + 1])) {
      const head = cells(lines[at++]);
      const rows = [];
      while (ROW.test(lines[at + 1])) rows.push(cells(lines[++at]));
      nodes.push(table(head, rows));
    } else if (lines[at].trim()) nodes.push(el("p", { dir: "auto" }, ...inline(lines[at])));
  }
  return nodes;
}

// The first cell of a row says what the row is about; a table that is too wide scrolls, also by keys.
function table(head, rows) {
  const row = (texts, kind) => el("tr", {}, ...texts.map((text, place) =>
    text && (kind === "col" || !place) ? el("th", { scope: kind, dir: "auto" }, ...inline(text)) : el("td", { dir: "auto" }, ...inline(text))));
  return el("div", { class: "wide", role: "region", tabindex: "0", "aria-label": `${STRINGS.table}: ${head.join(", ")}` },
    el("table", {}, el("thead", {}, row(head, "col")), el("tbody", {}, ...rows.map((texts) => row(texts, "row")))));
}

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(/\*\*(.+?)\*\*|\[([^\]]+)\]\(([^\s)]+)\)|https?:\/\/[^\s<>"”)]*[^\s<>"”).,;:!?]/g)) {
    const [whole, bold, title, target] = found;
    nodes.push(text.slice(end, found.index), bold ? el("strong", {}, bold) : link(title || whole, target || whole, whole));
    end = found.index + whole.length;
  }
  return [...nodes, text.slice(end)];
}

function link(title, target, whole) {
  try {
    if (!SAFE.includes(new URL(target).protocol)) return whole;
  } catch {
    return whole;
  }
  return el("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, title);
}
