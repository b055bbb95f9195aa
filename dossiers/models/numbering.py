"""Counters: one row per series, raised inside the transaction that uses the number."""

from __future__ import annotations

from django.db import connection, models


class CounterManager(models.Manager["Counter"]):
    def next(self, series: str) -> int:
        """Return the next number of ``series``, from 1 on.

        The row stays locked until the surrounding transaction ends: a rolled-back act gives its
        number back, and two processes never get the same one. One statement, no race at the first.
        """
        return self.next_of([series])[series]

    def take(self, series: str, count: int) -> int:
        """Take ``count`` numbers of ``series`` at once and return the first of them."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO dossiers_counter (series, last) VALUES (%s, %s) ON CONFLICT (series) "
                "DO UPDATE SET last = dossiers_counter.last + %s RETURNING last",
                [series, count, count],
            )
            (last,) = cursor.fetchone()
        return int(last) - count + 1

    def next_of(self, series: list[str]) -> dict[str, int]:
        """Return the next number of several series at once, locked in one order by everybody."""
        names = sorted(series)
        rows = ", ".join(["(%s, 1)"] * len(names))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO dossiers_counter (series, last) VALUES {rows} "  # noqa: S608
                "ON CONFLICT (series) DO UPDATE SET last = dossiers_counter.last + 1 "
                "RETURNING series, last",
                names,
            )
            return dict(cursor.fetchall())

    def raise_to(self, series: str, number: int) -> None:
        """Let the next number of ``series`` lie above ``number``; a higher counter stays."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO dossiers_counter (series, last) VALUES (%s, %s) "
                "ON CONFLICT (series) DO UPDATE "
                "SET last = GREATEST(dossiers_counter.last, excluded.last)",
                [series, number],
            )


class Counter(models.Model):
    series = models.CharField(max_length=120, primary_key=True, db_collation="C")
    last = models.PositiveIntegerField()

    objects = CounterManager()

    class Meta:
        verbose_name = verbose_name_plural = "bộ đếm số"

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"
