"""Bàn giao: many dossiers handed over at once, with an answer for each and a sheet to sign."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from dossiers import acts
from dossiers.acts.bulk import hand_over_many
from dossiers.models import Dossier
from procedures.offices import Agency
from procedures.offices.access import needs, officer_of, reach_of
from procedures.offices.rights import Right

MOST_AT_ONCE = 200


class BulkForm(forms.Form):
    press = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    to = forms.ModelChoiceField(
        label="Chuyển đến",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Cơ quan giải quyết từng thủ tục",
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SEE_DOSSIERS)
def bulk(request: HttpRequest) -> HttpResponse:
    """GET ``?ho-so=1&ho-so=2`` shows what was ticked; POST hands over and answers for each."""
    officer, moment = officer_of(request), now()
    form = BulkForm(request.POST or None)
    places = Agency.objects.in_force(localdate()).solving().select_related("parent")
    form.fields["to"].queryset = places  # type: ignore[attr-defined]
    dossiers = _chosen(request)
    answers = []
    if dossiers and form.is_valid():
        typed = form.cleaned_data
        hand = acts.Hand(officer, moment)
        answers = hand_over_many(dossiers, hand, to=typed["to"], press=typed["press"])
    context = {
        "form": form,
        "dossiers": dossiers,
        "answers": answers,
        "done": sum(answer.to is not None for answer in answers),
        "now": moment,
    }
    return render(request, "dossiers/bulk.html", context)


def _chosen(request: HttpRequest) -> list[Dossier]:
    """Return the ticked dossiers that this officer may see; unknown numbers are left out."""
    asked = request.POST if request.method == "POST" else request.GET
    keys = [int(text) for text in asked.getlist("ho-so") if text.isascii() and text.isdigit()]
    keys = [key for key in keys if key < 2**31][:MOST_AT_ONCE]
    mine = Dossier.objects.concerning(reach_of(request).agencies)
    return list(mine.filter(pk__in=keys).for_listing().order_by("pk"))
