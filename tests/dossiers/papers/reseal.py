"""After a change of layout that was meant: frozen papers are sealed anew, their words the same.

python -m tests.dossiers.papers.reseal
"""

from __future__ import annotations

import json
import os


def reseal() -> None:
    from dossiers.models import Form
    from tests.dossiers.papers import test_frozen as frozen

    for entry in frozen.FROZEN["forms"]:
        pages = frozen.pages_of(Form(**entry["form"]), entry)
        assert frozen.words_of(pages["issued"]) == entry["words"], frozen.name_of(entry)
        entry["sealed"] = {name: frozen.seal(page) for name, page in pages.items()}
    text = json.dumps(frozen.FROZEN, ensure_ascii=False, indent=1, sort_keys=True)
    frozen.KEPT.write_text(f"{text}\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khanhson_portal.settings")
    import django

    django.setup()
    reseal()
