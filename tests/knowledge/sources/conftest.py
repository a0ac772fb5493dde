"""A small release of O*NET, and an open store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from knowledge.base import open_store
from tests.onet import write_release


@pytest.fixture
def write_onet(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a release into a folder, some of its tables with other texts, or without them."""
    return lambda **changed: write_release(tmp_path / "onet", **changed)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """An empty store."""
    return open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
