"""Where the cursor starts: natively, so that nothing typed early is lost to a late script."""

from __future__ import annotations

from django import forms


def focus_first(form: forms.BaseForm) -> None:
    """Put ``autofocus`` on the first field with an error, else on the first visible field."""
    names = [name for name in form.errors if name in form.fields] if form.is_bound else []
    names += [name for name, field in form.fields.items() if not field.widget.is_hidden]
    if names:
        form.fields[names[0]].widget.attrs["autofocus"] = True
