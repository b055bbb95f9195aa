"""Rows just written need not be read again: they stand where a prefetch would have put them."""

from __future__ import annotations

from typing import Any


def remember(owner: Any, accessor: str, rows: list[Any]) -> None:
    """Let ``owner.<accessor>.all()`` read ``rows`` from memory, as if they had been prefetched."""
    queryset = getattr(owner, accessor).all()
    queryset._result_cache = rows
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[accessor] = queryset
