"""Marks the occupations in a message."""

from __future__ import annotations

import logging
import os
import re
import threading
import time
import weakref
from dataclasses import replace
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
from bot.nlu.occupations import Mention as Name
from bot.nlu.occupations import Named, Occupations
from knowledge.base import KnowledgeBase, NotBuilt

logger = logging.getLogger(__name__)

OCCUPATION = "occupation"
SEVERAL = "several"  # a name that several occupations bear, none much likelier than the others
OWN_JOB = "own_job"  # what somebody is or was, who asks about something else
CAREER = "career"  # one that the knowledge base does not hold
HAD = re.compile(
    r"\b(?:needs?|gets?|have|has|pass(?:es)?|holds?|takes?|without)(?: (?:an?|the|my|your))? $", re.IGNORECASE
)
LOOK = 1.0  # seconds between two looks at what is imported
POINTS = re.compile(r"\b(?:this|it|that|these|those)\b", re.IGNORECASE)  # to what was talked about before
BECOME = "how to become a"  # before a name that nobody takes for anything else
LISTED = re.compile(r"\b(?:of|among|between|about) (?:these|those|them)\b", re.IGNORECASE)  # to what was just listed


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class OccupationLinker(GraphComponent):
    """Marks the occupations of the knowledge base in a message, and masks them.

    It looks at the store all the while, so that a new document or import needs no training, and no message waits.
    """

    def __init__(self, knowledge: KnowledgeBase, careers: list[str]) -> None:
        self._knowledge = knowledge
        self._careers = Careers(careers)
        self._built: tuple[str, str] | None = None  # the documents and the imports that are indexed
        self._linker = Linker([])
        self._public: Occupations | None = None
        self._own: set[str] = set()  # the last words of what the owner's occupations are called
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
        threading.Thread(target=_keep_current, args=[weakref.ref(linker)], name="occupations", daemon=True).start()
        return linker

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"careers": "data/careers.txt"}

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            held = self._current().mentions(text)
            public, own = self._named_in_public_data(text, beside=held)
            known = [*held, *(mention for mention, _ in public)]
            asked_about = self._careers.asked_about(text, any_name=self._public is not None)
            others = [each for each in asked_about if not any(each.overlaps(one) for one in known)]
            public += [found for each in others if (found := self._held(each))]
            known = [*held, *(mention for mention, _ in public)]
            others = [each for each in others if not any(each.overlaps(one) for one in known)]
            entities = [self._entity(OCCUPATION, mention) for mention in held]
            entities += [entity for _, entity in public]
            entities += [self._entity(CAREER, mention) for mention in others]
            entities += [self._entity(OWN_JOB, mention) for mention in own]
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
            spans = sorted((mention.start, mention.end) for mention in known or others)
            message.set(MASKED, mask(text, spans))
            message.set(NAMES, [text[start:end] for start, end in spans])
        return messages

    def _named_in_public_data(
        self, text: str, beside: list[Mention]
    ) -> tuple[list[tuple[Mention, dict[str, Any]]], list[Mention]]:
        """The occupations of public data in a text, each with the entity that it is; the owner's own come first.

        Apart from them what somebody is or was who asks about something else.
        """
        if self._public is None:
            return [], []
        mentions = [each for each in self._public.mentions(text) if not self._is_own(text[each.start : each.end])]
        mentions = [each for each in mentions if not _is_credential(each, mentions, text)]
        asked_about = [each for each in mentions if not each.past]
        if not asked_about and not POINTS.search(text):  # "I'm a nurse, what should I earn?"
            asked_about = mentions
        own = [Mention(each.start, each.end, each.slugs[0], each.title) for each in mentions if each not in asked_about]
        found = []
        for each in asked_about:
            sure = each.sure or len(each.slugs) == 1
            if not sure and LISTED.search(text):  # "which of these deals with paint"
                continue
            mention, entity = self._public_entity(each)
            if not any(mention.overlaps(one) for one in beside):
                found.append((mention, entity))
        return found, [each for each in own if not any(each.overlaps(one) for one in beside)]

    def _held(self, career: Mention) -> tuple[Mention, dict[str, Any]] | None:
        """The occupation that a career is which is asked about, with its entity, where public data hold it by name."""
        if self._public is None:
            return None
        asked = f"{BECOME} {career.title}"
        found = [each for each in self._public.mentions(asked) if asked[each.start :] == career.title]
        if not found or found[0].unknown:
            return None
        return self._public_entity(replace(found[0], start=career.start, end=career.end, past=False))

    def _public_entity(self, name: Name) -> tuple[Mention, dict[str, Any]]:
        """A name of public data as a mention, and the entity that it is: of one occupation, or of several."""
        sure = name.sure or len(name.slugs) == 1
        slugs = name.slugs[:1] if sure else name.slugs
        mention = Mention(name.start, name.end, " ".join(slugs), name.title)
        how = {"alternate": name.alternate, "close": name.close, "unknown": name.unknown, "past": name.past}
        entity = self._entity(OCCUPATION if sure else SEVERAL, mention)
        return mention, {**entity, **how, "others": list(name.slugs[len(slugs) :])}

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
        """The names of the owner's own occupations as they are now; those of public data as of a moment ago."""
        try:
            documents, imports = self._knowledge.builds()
        except NotBuilt:
            return Linker([])
        if self._built is None:  # just started
            self.index()
        elif self._built[0] != documents:
            with self._indexing:
                self._index_own()
                self._built = documents, self._built[1]
        return self._linker

    def index(self) -> None:
        """Index the names of all occupations, where they have changed; seconds where there are a thousand."""
        with self._indexing:
            builds = self._knowledge.builds()
            if builds == self._built:
                return
            if self._built is None or builds[1] != self._built[1]:
                self._public = self._index_public_data()
            self._index_own()
            self._built = builds

    def _index_own(self) -> None:
        own = self._knowledge.titles()
        self._own = {title.text.split()[-1].lower() for _, title in own if title.kind == "preferred"}
        self._linker = Linker([(slug, title.text) for slug, title in own])

    def _index_public_data(self) -> Occupations | None:
        catalogue = self._knowledge.imported()
        if catalogue is None:
            return None
        people = {slug: catalogue.working(slug) for slug in catalogue.names}
        return Occupations(Named(slug, each.text, each.kind, weight=people[slug]) for slug, each in catalogue.titles())


def _is_credential(name: Name, names: list[Name], text: str) -> bool:
    """Whether a name is of what those have who are named beside it: “I'd be an accountant. Do I need the CPA”."""
    others = [each for each in names if each is not name and not each.past and each.slugs[0] == name.slugs[0]]
    return bool(others) and HAD.search(text[: name.start]) is not None


def _keep_current(linker: weakref.ref[OccupationLinker]) -> None:
    """Index what is imported while the old index serves, so that no message waits for it."""
    failed = False
    while (kept := linker()) is not None:
        try:
            kept.index()
            failed = False
        except NotBuilt:
            pass  # messages say that there is nothing
        except Exception as error:  # a store that is away for a moment must not end this
            if not failed:
                logger.warning("The names of occupations cannot be read now; trying on: %s", type(error).__name__)
            failed = True
        del kept
        time.sleep(LOOK)
