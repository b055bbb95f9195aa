"""The registry of fields: every form finds there what it asks for, and nothing stands twice."""

from __future__ import annotations

import json
import tomllib

import pytest

from dossiers import reference
from dossiers.models import FormKind
from dossiers.papers import markup, samples
from dossiers.papers.kinds import KINDS
from dossiers.papers.registry import FIELDS, SECTIONS, FieldKind, offered_to

FORMS = [
    form
    for path in sorted(reference.FORMS.glob("*.toml"))
    for form in tomllib.loads(path.read_text())["form"]
]


def test_every_kind_of_paper_is_described():
    assert set(KINDS) == set(FormKind)


def test_no_name_is_declared_twice_and_every_label_says_something_else():
    declared = [field for section in SECTIONS.values() for field in section]

    assert len({field.name for field in declared}) == len(declared)
    assert len({field.label for field in declared}) == len(declared)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["kind"])
def test_a_form_asks_only_for_what_its_kind_of_paper_knows(form):
    offered = {f.name for fields in offered_to(FormKind(form["kind"])).values() for f in fields}

    assert markup.asked_in(form["body"].strip()) <= offered


def test_what_a_kind_must_ask_for_is_a_field_it_may_ask_for():
    for kind, about in KINDS.items():
        assert all(kind in FIELDS[name].forms for name in about.must_ask), kind


def test_samples_are_what_could_be_stored():
    for data in (samples.usual(), samples.worst()):
        json.dumps({name: value for name, value in data.items() if value is not None})
        assert all(isinstance(data[name], list) for name, f in FIELDS.items() if f.has_rows)


def test_a_table_has_its_layout_and_nothing_else_has():
    for field in FIELDS.values():
        assert (field.layout is not None) == (field.kind == FieldKind.TABLE), field.name
