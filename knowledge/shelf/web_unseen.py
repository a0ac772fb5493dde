"""What stands in a web page that no reader of it sees, or that is no text: hidden, struck out, marks, drawings."""

from __future__ import annotations

import re

from lxml import html

LAST = r"\s*(?:!\s*important\s*)?(?:;|$)"
HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|"
    rf"(?<![-\w])opacity\s*:\s*(?:0+(?:\.0+)?%?|\.0+){LAST}|"
    rf"font-size\s*:\s*(?:[01]?(?:\.\d+)?(?:px|pt)|0?(?:\.[01]\d*)?(?:r?em)|1?\d%|0+(?:\.0+)?){LAST}|"
    r"(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}|"
    r"(?<![-\w])color\s*:\s*transparent|"
    r"(?<![-\w])clip\s*:\s*rect\(\s*(?:0|1px)\w*[\s,]+(?:0|1px)\w*[\s,]+(?:0|1px)\w*[\s,]+(?:0|1px)\w*\s*\)|"
    r"clip-path\s*:\s*inset\(\s*(?:[5-9]\d|100)%\s*\)|transform\s*:[^;]{0,80}?scale[xy]?\(\s*0(?:\.0+)?\s*[,)]",
    re.IGNORECASE,
)
NO_SIZE = re.compile(rf"(?<![-\w])(?:max-)?(?:height|width)\s*:\s*0+(?:\.0+)?(?:px|pt|em|rem|%)?{LAST}", re.IGNORECASE)
CUTS = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))", re.IGNORECASE
)
STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,80}?line-through", re.IGNORECASE)
SMALL = re.compile(r"font-size\s*:\s*[0-2](?:px|pt)", re.IGNORECASE)
RULES = re.compile(r"([^{}]+)\{([^{}]*)\}")
SIMPLE = re.compile(r"[a-z0-9]{0,12}[.#][\w-]+", re.IGNORECASE)  # a selector that needs nothing but the element itself
MARK = re.compile(r"[\d\s,;*†‡§()\[\]]+|\[?[a-z]\]?")  # of a footnote
UNIT = re.compile(r"(?:^|[\d\s/.])(?:mm|cm|dm|km|m|in|ft|yd|mi)$")  # which an exponent may follow
EXPONENTS = {"2": "²", "3": "³"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}  # which stand in white on banners
WHY = {
    "noscript": "shown only without scripts",
    "svg": "text of a drawing",
    "canvas": "text of a drawing",
    "math": "a formula",
    "iframe": "shown only where another page is not",
    "object": "shown only where what it names is not",
    "embed": "shown only where what it names is not",
    "script": "",
    "style": "",
    "template": "",
    "head": "",
    "del": "struck out",
    "s": "struck out",
    "strike": "struck out",
}


def unread(element: html.HtmlElement) -> str | None:
    """Why an element is no text of its page, "" where it is nothing to be listed; `None` where it is text.

    An exponent of a unit (m², ft³) becomes the sign that says so.
    """
    if element.tag in WHY:
        return WHY[element.tag]
    if STRUCK.search(element.get("style") or ""):
        return "struck out"
    if element.tag != "sup":
        return None
    text = "".join(element.itertext()).strip()
    if text in EXPONENTS and element.find(".//a") is None and UNIT.search(_before(element)):
        for each in list(element):
            element.remove(each)
        element.text = EXPONENTS[text]
        return None
    links = "".join(text for link in element.iter("a") for text in link.itertext()).strip()
    is_mark = bool(text) and (MARK.fullmatch(text) is not None and not text.isalpha() or links == text)
    return "a footnote mark" if is_mark else None


def _before(element: html.HtmlElement) -> str:
    previous = element.getprevious()
    return ((element.getparent().text if previous is None else previous.tail) or "").rstrip()[-8:]


def is_hidden(element: html.HtmlElement) -> bool:
    """Whether an element's own style hides it; white letters are, where nothing that they stand in has a background."""
    style = element.get("style") or ""
    if not style or hides(style):
        return bool(style)
    white = WHITE.search(style) is not None and element.tag not in HEADINGS
    return white and not any(
        "background" in (each.get("style") or "").lower() or each.get("bgcolor")
        for each in (element, *element.iterancestors())
    )


def hides(style: str) -> bool:
    """Whether the declarations of a style hide what they are for, wherever it stands."""
    return bool(HIDES.search(style) or (NO_SIZE.search(style) and CUTS.search(style)))


def hidden_by_styles(root: html.HtmlElement) -> set[html.HtmlElement]:
    """The elements that the page's own styles hide: by class or id, as pages do and as orders are hidden."""
    selected: set[str] = set()
    for style in root.iter("style"):
        for selectors, declared in RULES.findall(style.text or ""):
            white = WHITE.search(declared) and "background" not in declared.lower()
            if hides(declared) or (white and SMALL.search(declared)):
                selected |= {each.strip() for each in selectors.split(",") if SIMPLE.fullmatch(each.strip())}
    if not selected:
        return set()
    found = set()
    for element in root.iter():
        if isinstance(element.tag, str):
            names = {f".{name}" for name in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
            names |= {f"{element.tag}{name}" for name in names}
            if names & selected:
                found.add(element)
    return found
