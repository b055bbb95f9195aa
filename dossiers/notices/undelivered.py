"""Why a notice did not go out. The words are kept and shown: no address, no name, no secret."""

from __future__ import annotations

from datetime import timedelta


class TryLater(Exception):
    """It did not work this time. ``pause``: what the other side asked us to wait at least.

    ``alone``: only this notice has the trouble, the others of its channel may go on.
    """

    def __init__(self, remark: str, pause: timedelta = timedelta(), *, alone: bool = False) -> None:
        super().__init__(remark)
        self.pause, self.alone = pause, alone


class Refused(Exception):
    """The other side will never take this one; trying again is of no use."""
