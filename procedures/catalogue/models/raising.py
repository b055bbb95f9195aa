"""What draws a new mark of the catalogue: a trigger once per statement, bulk writes included."""

from __future__ import annotations

import pgtrigger


def raises_edition() -> list[pgtrigger.Trigger]:
    """Return the triggers of a table that searches read: any write draws a new ``Edition`` mark.

    The row is locked until the writer commits, so writers of the catalogue follow each other;
    readers never wait, and see the new mark together with what was written.
    """
    return [
        pgtrigger.Trigger(
            name="raises_edition",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func="""
                INSERT INTO procedures_edition (id, mark) VALUES (1, gen_random_uuid())
                ON CONFLICT (id) DO UPDATE SET mark = excluded.mark;
                RETURN NULL;
            """,
        )
    ]
