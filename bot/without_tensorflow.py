"""Rasa without TensorFlow: it imports it for components that this advisor does not have.

Rasa's recipe of default components imports all of them, also those that learn with TensorFlow, which takes 1.9 GB on
disk, 250 MB of memory and two seconds in each process. Here their modules find in its place a name that stands for
whatever they ask of it while they are being imported; a layer or model of theirs that is made says what is missing.
Installed when `bot` is imported, which comes before anything of Rasa's.
"""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

PACKAGES = ("tensorflow", "keras", "tensorflow_hub", "tensorflow_text")


class _Nameless(type):
    def __getattr__(cls, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        if cls is not Absent:
            raise RuntimeError(f"{cls.__name__} needs TensorFlow, and this advisor runs Rasa without it.")
        decorated = len(arguments) == 1 and not named and callable(arguments[0])
        return arguments[0] if decorated else Absent

    def __getitem__(cls, parameters: Any) -> type:
        return Absent


class Absent(metaclass=_Nameless):
    """Stands for all that TensorFlow has: a base class, a decorator, a type; of nothing can an object be made."""


class _Module(ModuleType):
    __path__: list[str] = []

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent


class _Finder(MetaPathFinder, Loader):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if name.partition(".")[0] in PACKAGES else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing: it has no code."""


def install() -> None:
    """Give modules that import TensorFlow something in its place, unless it is there."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path) and find_spec("tensorflow") is None:
        sys.meta_path.append(_Finder())
