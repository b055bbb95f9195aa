"""From a checked intake form to the act it asks for: one way, forward, whichever button it was."""

from __future__ import annotations

from dataclasses import replace

from dossiers import acts
from dossiers.acts import visits
from dossiers.counter.forms import IntakeForm
from dossiers.counter.forms.turning import INSTEAD, TurningForm
from dossiers.models import Dossier, State, Visit


def record(
    form: IntakeForm, turning: TurningForm, hand: acts.Hand, visit: Visit | None
) -> Dossier | None:
    """Accept, guide, decline or note what was typed; both forms are valid.

    Returns the dossier (of the first press, when the same press came twice). A refusal lands on
    the form, beside the field it is about, and None is returned: nothing was written.
    """
    try:
        return _act(form, turning, hand, visit)
    except acts.AlreadyDone as done:
        return done.event.dossier
    except acts.ActRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def _act(form: IntakeForm, turning: TurningForm, hand: acts.Hand, visit: Visit | None) -> Dossier:
    taken = form.intake()
    if not turning.instead:
        return visits.accept_in_visit(taken, hand, visit)
    unpaid = replace(taken, fees=[])  # nothing is collected for what is not taken in
    if turning.instead in INSTEAD:
        return INSTEAD[turning.instead](unpaid, hand, turning.as_advice(form.lines))
    return acts.submit(unpaid, hand)


def words_of(dossier: Dossier) -> str:
    """Return what the officer reads after it was written."""
    if dossier.state == State.ACCEPTED:
        return f"Đã tiếp nhận hồ sơ {dossier.code}."
    return f"{dossier.get_state_display()}: số {dossier.reference}."
