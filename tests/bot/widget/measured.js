// What is wrong with the colours, sizes and names of what is shown, in the widget or on a page without one: a line each.
() => {
  const advisor = document.querySelector("career-advisor");
  const root = advisor ? advisor.shadowRoot : document.body;
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const painted = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colours) => {
    const [r, g, b] = painted(colours).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // From the page's own ground up to the node's.
  const grounds = (node) => {
    const found = [];
    for (let at = node; at; at = at.parentNode || at.host) {
      if (at.nodeType === Node.ELEMENT_NODE) found.unshift(getComputedStyle(at).backgroundColor);
      if (at.matches && at.matches("dialog, .launcher, .root > .notice")) break;
    }
    return ["white", getComputedStyle(document.body).backgroundColor, ...found];
  };
  const contrast = (colour, under) => {
    const [dark, light] = [luminance([...under, colour]), luminance(under)].sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05);
  };
  const shown = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest(".hidden") && node.getBoundingClientRect().width > 0;
  const faults = [];
  const wanted = (what, node, colour, under, least) => {
    const found = contrast(colour, under);
    if (found < least) faults.push(`${what} of ${node.localName}.${node.className.baseVal ?? node.className} “${node.textContent.slice(0, 30)}”: ${found.toFixed(2)}:1`);
  };
  for (const node of [...root.querySelectorAll("*")].filter(shown)) {
    const style = getComputedStyle(node);
    const text = [...node.childNodes].some((each) => each.nodeType === Node.TEXT_NODE && each.data.trim());
    if (text && !node.matches("style")) wanted("text", node, style.color, grounds(node), 4.5);
    if (node.matches("textarea, input")) {
      wanted("placeholder", node, getComputedStyle(node, "::placeholder").color, grounds(node), 4.5);
      wanted("typed text", node, style.color, grounds(node), 4.5);
      wanted("edge", node, style.borderTopColor, grounds(node.parentNode), 3);
    }
    if (node.matches(".suggestions button, .older, .why button, .notice button, .tools form button, .notice")) {
      const around = grounds(node.parentNode);
      if (contrast(style.backgroundColor, around) < 3) wanted("edge", node, style.borderTopColor, around, 3);
    }
    if (node.matches("svg")) wanted("icon", node, style.stroke, grounds(node.parentNode), 3);
    if (node.matches(".dots i")) wanted("dot", node, style.borderTopColor, grounds(node.parentNode), 3);
    if (node.matches("[aria-pressed=true] path")) wanted("pressed", node, style.fill.replace(/^none$/, "transparent"), grounds(node.closest("button")), 3);
  }
  for (const node of [...root.querySelectorAll("button, a, summary, textarea, input, [tabindex]")].filter(shown)) {
    const before = root.activeElement;
    node.focus({ preventScroll: true });
    const { outlineColor, outlineStyle, outlineOffset } = getComputedStyle(node);
    if (outlineStyle === "none") faults.push(`no focus to be seen: ${node.localName} “${node.textContent}”`);
    else if (!node.matches(".launcher")) wanted("focus", node, outlineColor, grounds(parseFloat(outlineOffset) < 0 ? node : node.parentNode), 3);
    if (before && !node.closest(".menu")) before.focus({ preventScroll: true });
    const { width, height } = node.getBoundingClientRect();
    if (!node.matches("p a, li a, .why a") && Math.min(width, height) < 24) faults.push(`${width} × ${height} pixels: ${node.localName} “${node.textContent}”`);
    if (!node.matches("button, a, summary")) continue;
    const words = node.innerText.trim();
    const name = node.getAttribute("aria-label");
    if (words && name && !name.toLowerCase().includes(words.toLowerCase())) faults.push(`“${words}” is named “${name}”`);
    if (!words && !name) faults.push("a button without a name");
  }
  return faults;
}
