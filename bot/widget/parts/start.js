// The career advisor on any website: one tag, one web component, no framework.
//
// It lives in a shadow root, so that the page's styles and its own never meet. It builds every node itself and
// never parses HTML, so it works under a strict Content-Security-Policy with Trusted Types. It talks to the
// advisor that served it and to nobody else, and not before the visitor writes.
//
// The parts are joined in one function (bot/channels/web/widget.py) and share what each declares. They are written in
// the JavaScript of 2019, so that a browser that is too old still reads them and can say so.

if (window.customElements && customElements.get("career-advisor")) return; // the tag stands on the page twice

// ---- The tag, and the address of the advisor: that of the script, or `data-advisor` where there is none ----

const served = (script) => script && script.src && new URL(script.src).pathname.endsWith("/widget.js");
const tag = (served(document.currentScript) && document.currentScript) // none in a module, none of ours in a bundle
  || document.querySelector("[data-advisor]")
  || [...document.scripts].find(served);
const BASE = (() => {
  try {
    const url = new URL(tag.dataset.advisor || tag.src);
    if (!/^https?:$/.test(url.protocol)) return;
    return url.origin + url.pathname.slice(0, url.pathname.lastIndexOf("/") + 1);
  } catch {}
})();
if (!BASE) return void console.error("Career advisor: no address. Put data-advisor=\"https://…/\" on the tag.");

const whenThere = (job) => document.body ? job() : document.addEventListener("DOMContentLoaded", job);

// ---- A browser from before 2021 is told so, and led to a page that works by forms alone ----

if (!(window.customElements && window.AbortController && window.TextDecoder && window.Response && "body" in Response.prototype
  && Element.prototype.attachShadow && Element.prototype.replaceChildren && CSS.supports("inset-inline", "0"))) {
  return whenThere(() => {
    const link = document.createElement("a");
    link.href = BASE + "plain";
    link.textContent = "This browser is too old for the chat. Ask on a plain page.";
    link.style.cssText = "position:fixed;bottom:1em;right:1em;z-index:9999;padding:1em;background:#0b5c63;color:#fff";
    document.body.appendChild(link);
  });
}
