"""Bộ mẫu giấy tờ from the files beside the code; what the office has corrected is left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction
from django.utils.timezone import now

from dossiers.models import Form, FormSet

FORMS = Path(__file__).parent / "data" / "forms"


@transaction.atomic
def load_forms() -> int:
    """Add form sets and forms that are not there yet; return how many forms were added."""
    added = 0
    for path in sorted(FORMS.glob("*.toml")):
        content = tomllib.loads(path.read_text())
        form_set, _ = FormSet.objects.get_or_create(
            slug=content["slug"],
            defaults={key: value for key, value in content.items() if key not in {"slug", "form"}},
        )
        known = set(form_set.forms.values_list("kind", flat=True))
        for form in content["form"]:
            if form["kind"] not in known:
                form = {**form, "body": form["body"].strip()}
                Form.objects.create(
                    form_set=form_set, valid_from=form_set.valid_from, published_at=now(), **form
                )
                added += 1
    return added
