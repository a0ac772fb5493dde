"""Marks the occupations in a message."""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.careers import Careers
from bot.nlu.components import MASKED, NAMES
from bot.nlu.linker import Linker, Mention, mask
from bot.nlu.occupations import Named, Occupations
from knowledge.base import KnowledgeBase, NotBuilt

OCCUPATION = "occupation"
SEVERAL = "several"  # a name that several occupations bear, none much likelier than the others
CAREER = "career"  # one that the knowledge base does not hold
POINTS = re.compile(r"\b(?:this|it|that|here|these|those)\b", re.IGNORECASE)  # to what was talked about before


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class OccupationLinker(GraphComponent):
    """Marks the occupations of the knowledge base in a message, and masks them.

    It reads the store when a message comes, so that a new document needs no training.
    """

    def __init__(self, knowledge: KnowledgeBase, careers: list[str]) -> None:
        self._knowledge = knowledge
        self._careers = Careers(careers)
        self._built: str | None = None
        self._linker: Linker | None = None
        self._public: Occupations | None = None
        self._own: set[str] = set()  # the last words of the owner's titles
        self._indexing = threading.Lock()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> OccupationLinker:
        careers = Path(config["careers"]).read_text(encoding="utf-8").splitlines()
        linker = cls(KnowledgeBase(os.environ["DATABASE_URL"]), careers)
        threading.Thread(target=linker._current, name="occupations", daemon=True).start()  # seconds for a thousand
        return linker

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"careers": "data/careers.txt"}

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            held = self._current().mentions(text)
            public = self._named_in_public_data(text, beside=held)
            known = [*held, *(mention for _, mention in public)]
            others = [each for each in self._careers.asked_about(text) if not any(each.overlaps(one) for one in known)]
            entities = [self._entity(OCCUPATION, mention) for mention in held]
            entities += [self._entity(name, mention) for name, mention in public]
            entities += [self._entity(CAREER, mention) for mention in others]
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
            spans = [(mention.start, mention.end) for mention in known or others]
            message.set(MASKED, mask(text, spans))
            message.set(NAMES, [text[start:end] for start, end in spans])
        return messages

    def _named_in_public_data(self, text: str, beside: list[Mention]) -> list[tuple[str, Mention]]:
        """The occupations of public data in a text, each as the entity that it is; the owner's own come first."""
        if self._public is None:
            return []
        mentions = [each for each in self._public.mentions(text) if not self._is_own(text[each.start : each.end])]
        asked_about = [each for each in mentions if not each.past]
        if not asked_about and not POINTS.search(text):  # "I'm a nurse, what should I earn?"
            asked_about = mentions
        found = []
        for each in asked_about:
            sure = each.sure or len(each.slugs) == 1
            slugs = each.slugs[:1] if sure else each.slugs
            mention = Mention(each.start, each.end, " ".join(slugs), each.title)
            if not any(mention.overlaps(one) for one in beside):
                found.append((OCCUPATION if sure else SEVERAL, mention))
        return found

    def _is_own(self, name: str) -> bool:
        """Whether a name is how people shorten that of an occupation of the owner's: "technicians"."""
        return name.lower().removesuffix("s") in self._own

    def _entity(self, name: str, mention: Mention) -> dict[str, Any]:
        return {
            "entity": name,
            "value": mention.slug,
            "title": mention.title,
            "start": mention.start,
            "end": mention.end,
            "extractor": type(self).__name__,
        }

    def _current(self) -> Linker:
        try:
            built = self._knowledge.built()
        except NotBuilt:
            return Linker([])
        with self._indexing:
            if self._linker is None or built != self._built:
                self._public = self._index_public_data()
                own = [(slug, title.text) for slug, title in self._knowledge.titles()]
                self._own = {title.split()[-1].lower() for _, title in own}
                self._linker, self._built = Linker(own), built
            return self._linker

    def _index_public_data(self) -> Occupations | None:
        catalogue = self._knowledge.imported()
        if catalogue is None:
            return None
        employed, titles = catalogue.employment(), catalogue.titles()
        return Occupations(
            Named(slug, title.text, title.kind, weight=employed.get(slug[:7], 0.0)) for slug, title in titles
        )
