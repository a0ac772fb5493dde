"""Bytes -> text: UTF-8, what a page or a byte order mark declares, or Windows-1252; and whether it is English."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from knowledge.model import Refused

DECLARED = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE
)
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
FIRST = 4096  # bytes in which a page says how it is written
UNUSUAL = re.compile(r"[\x80-\x9f\ufffd]|Ã[\x80-\xbf©¨«¤¶¼]|â€")  # what a wrong encoding leaves
LETTER = re.compile(r"[^\W\d_]")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
WORD = re.compile(r"[^\W\d_]+")
ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "the of and a to in is you that it he was for on are as with his they at be this have from or one had by but "
        "not what all were we when your can said there use an each which she do how their if will up other about out "
        "many then them these so some her would make like him into has look more could go no most who its than been "
        "may must need work working should also",
    )
)
SOME = 40  # words from which a text shows its language
LEAST = 0.16  # of its words that are the commonest of English; running text has 0.35, lists have 0.2
FOREIGN = 0.5  # of its letters that are none of the Latin alphabet


def decode(content: bytes, name: str) -> str:
    """The text of some bytes; raises `Refused` where no encoding makes sense of them."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding, name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = DECLARED.search(content[:FIRST])
    encodings = [(declared[1] or declared[2]).decode("ascii")] if declared else []
    for encoding in (*encodings, "cp1252"):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not UNUSUAL.search(text):
            return text
    best = from_bytes(content).best()
    if best is None or UNUSUAL.search(str(best)):
        raise Refused(f"{name}: its letters are in no encoding that is known here; save it once more as UTF-8.")
    return str(best)


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(f"{name}: byte {error.start} is not {encoding.upper()}; save it once more as UTF-8.") from error


def refuse_what_is_not_english(texts: list[str], name: str) -> None:
    """Raise `Refused` for a text in another language; a few words show none."""
    text = " ".join(texts)
    letters = LETTER.findall(text)
    if letters and sum(1 for letter in letters if not LATIN.match(letter)) > FOREIGN * len(letters):
        raise Refused(f"{name}: it is not written in English, and only English is understood; give an English version.")
    words = [word.lower() for word in WORD.findall(text)]
    if len(words) >= SOME and sum(word in ENGLISH for word in words) < LEAST * len(words):
        raise Refused(
            f"{name}: it does not seem to be English, and only English is understood; give an English version."
        )
