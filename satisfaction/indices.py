"""Chỉ số hài lòng: shares, their intervals, sample sizes, classes. Pure, no database.

Index of a criterion: answers "hài lòng" and "rất hài lòng" over all answers given, blanks left
out; a group pools the answers of its criteria. "Bình thường" is not satisfied.
Source: QĐ 2640/QĐ-BNV (SIPAS 2017–2020); TT 01/2018/TT-VPCP, Chương III.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

SATISFIED = 4  # of five, and above
SMALL = 30  # answers: below, the reader is warned
SUPPRESSED = 5  # answers: below, nothing is shown
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Share:
    """``satisfied`` of ``given`` answers. ``low`` and ``high`` bound the share by Wilson's 95 %."""

    satisfied: int
    given: int

    @property
    def percent(self) -> float | None:
        """Return the share in per cent, None without an answer: never an invented number."""
        return 100 * self.satisfied / self.given if self.given else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the Wilson interval in per cent, None without an answer."""
        if not self.given:
            return None
        from scipy.stats import binomtest  # heavy: only who counts indices loads it

        found = binomtest(self.satisfied, self.given).proportion_ci(CONFIDENCE, method="wilson")
        return 100 * found.low, 100 * found.high

    @property
    def small(self) -> bool:
        return self.given < SMALL

    @property
    def suppressed(self) -> bool:
        return self.given < SUPPRESSED

    def __add__(self, other: Share) -> Share:
        return Share(self.satisfied + other.satisfied, self.given + other.given)


NOTHING = Share(0, 0)


def by_criterion(sheets: Iterable[Mapping[str, int]], numbers: Iterable[int]) -> dict[int, Share]:
    """Return the share of each criterion over sheets of five-point scores."""
    shares = dict.fromkeys(numbers, NOTHING)
    for sheet in sheets:
        for key, score in sheet.items():
            number = int(key)
            if number in shares:
                shares[number] += Share(int(score >= SATISFIED), 1)
    return shares


def pooled(shares: Iterable[Share]) -> Share:
    """Return the index of a group: the answers of its criteria taken together."""
    return sum(shares, NOTHING)


def mean_of_criteria(shares: Iterable[Share]) -> float | None:
    """Return the other reading of a group: the mean of its criteria's shares, in per cent."""
    known = [share.percent for share in shares if share.percent is not None]
    return sum(known) / len(known) if known else None


def weighted(strata: Sequence[tuple[Share, int]]) -> float | None:
    """Return the share in per cent over strata of (answers, people in the stratum).

    None when a stratum with people has no answer: its people would be spoken for by others.
    """
    people = sum(size for _, size in strata)
    if not people or any(size and not share.given for share, size in strata):
        return None
    return sum((share.percent or 0) * size for share, size in strata) / people


def sample_size(population: int, error: float = 0.05) -> int:
    """Return n = N / (1 + N·e²), rounded to whole people; everybody where there are at most 100.

    Raises ValueError below zero.
    """
    if population < 0:
        raise ValueError("a population is counted from zero")
    if population <= 100:
        return population
    return round(population / (1 + population * error**2))


class Reached(Enum):
    """What a target and an interval say together; the value is what people read."""

    YES = "đạt: cả khoảng tin cậy nằm trên chỉ tiêu"
    LIKELY = "con số đạt, nhưng khoảng tin cậy còn chạm dưới chỉ tiêu: chưa chắc chắn"
    UNLIKELY = "con số chưa đạt, nhưng khoảng tin cậy còn chạm chỉ tiêu: chưa chắc chắn"
    NO = "chưa đạt: cả khoảng tin cậy nằm dưới chỉ tiêu"
    UNKNOWN = "chưa đủ phiếu trả lời để nói"


def reached(share: Share, target: float, *, above: bool = False) -> Reached:
    """Return what may be said of a target in per cent; ``above``: to be passed, not only met."""
    if share.percent is None or share.interval is None or share.suppressed:
        return Reached.UNKNOWN
    low, high = share.interval
    met = share.percent > target if above else share.percent >= target
    if met:
        return Reached.YES if (low > target if above else low >= target) else Reached.LIKELY
    return Reached.NO if high < target else Reached.UNLIKELY


def hidden_with(shares: Mapping[str, Share]) -> set[str]:
    """Return the parts that must not be shown: too few answers, and one more where a single
    hidden part could be had by subtracting the shown ones from the whole."""
    hidden = {name for name, share in shares.items() if 0 < share.given < SUPPRESSED}
    shown = {name: share for name, share in shares.items() if share.given >= SUPPRESSED}
    if len(hidden) == 1 and shown:
        hidden.add(min(shown, key=lambda name: (shown[name].given, name)))
    return hidden


class Grade(Enum):
    EXCELLENT = "Xuất sắc"
    GOOD = "Tốt"
    FAIR = "Khá"
    MIDDLING = "Trung bình"
    WEAK = "Yếu"


def grade(points: float) -> Grade:
    """Return the class of up to 18 points. Source: NĐ 61/2018/NĐ-CP, nine criteria of 2, 1, 0."""
    for bound, found in ((15, Grade.EXCELLENT), (12, Grade.GOOD), (9, Grade.FAIR)):
        if points >= bound:
            return found
    return Grade.MIDDLING if points >= 6 else Grade.WEAK


def rounded(percent: float | None) -> float | None:
    """Return per cent with two places, halves up as the ministry prints them."""
    return None if percent is None else math.floor(percent * 100 + 0.5) / 100
