// Marks the quoted words themselves in the line that the browser scrolls to; any page can do the same.
"use strict";

addEventListener("advisor:source", ({ detail: sources }) => {
  const ranges = sources.flatMap(({ document: name, line, quote }) => {
    const words = document.getElementById(`${name}-line-${line}`)?.firstChild;
    const start = words ? words.data.indexOf(quote) : -1;
    if (start < 0) return [];
    const range = new Range();
    range.setStart(words, start);
    range.setEnd(words, start + quote.length);
    return [range];
  });
  CSS.highlights?.set("quote", new Highlight(...ranges));
});
