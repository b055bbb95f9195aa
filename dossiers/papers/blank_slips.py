"""Blank numbered slips for a day without power: printed beforehand, filled in by hand.

They follow the order of the receipt in force; the receipt itself is issued when they are typed in.
"""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from dossiers.models import FormKind, SlipBatch
from dossiers.papers import freezing, issuing
from khanhson_portal.ground import pdf, words

BLANK_ROWS = 5  # papers to write down by hand


def html(batch: SlipBatch) -> str:
    """Return one page per open slip of a batch. Raises PaperFailed where no form is in force."""
    form_set = issuing.form_set_for(batch.desk, batch.day)
    receipt = issuing.form_for(form_set.pk, FormKind.RECEIPT, batch.day)
    head = freezing.letterhead(batch.desk, batch.day)
    return render_to_string(
        "papers/slips.html",
        {
            "batch": batch,
            "slips": list(batch.slips.open()),
            "title": receipt.title,
            "head": head,
            "day": words.official_date(batch.day),
            "rows": range(BLANK_ROWS),
            "tracking": settings.BASE_URL + reverse("dossiers:track"),
        },
    )


def blank_slips(batch: SlipBatch) -> bytes:
    return pdf.render(html(batch))
