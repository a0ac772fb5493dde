"""What the advisor answers from, as the desk's pages need it: names of occupations, and their facts."""

from __future__ import annotations

from knowledge.base import KnowledgeBase, NotBuilt
from knowledge.model import Fact, Occupation, Refused


class Known:
    """The knowledge base, or nothing where it was never built."""

    def __init__(self, url: str) -> None:
        self._knowledge = KnowledgeBase(url)

    def own(self) -> dict[str, str]:
        """The owner's occupations: slug and title, by title."""
        try:
            slugs = self._knowledge.occupations()
            return {slug: self._knowledge.occupation(slug).title for slug in slugs}
        except (NotBuilt, Refused, KeyError):
            return {}

    def names(self, slugs: set[str | None]) -> dict[str | None, str]:
        """What occupations are called; one that there is no more keeps its slug."""
        own = self.own()
        try:
            catalogue = self._knowledge.imported()
        except (NotBuilt, Refused):
            catalogue = None
        public = catalogue.names if catalogue else {}
        return {slug: own.get(slug) or public.get(slug) or slug for slug in slugs if slug}

    def occupation(self, slug: str) -> Occupation | None:
        """An occupation with its facts; `None` where there is none."""
        try:
            return self._knowledge.occupation(slug)
        except (NotBuilt, Refused, KeyError):
            return None

    def facts(self, slug: str) -> list[Fact]:
        """The facts of an occupation; none where there is none."""
        found = self.occupation(slug)
        return found.facts if found else []
