import sys
import pytest, pathlib, subprocess
from dossiers.models import Form
from dossiers.papers import drawing, samples, lint, genuine
from khanhson_portal import pdf, barcode
@pytest.mark.django_db
def test_look(district):
    out=pathlib.Path('/tmp/papers/out'); out.mkdir(exist_ok=True)
    for f in Form.objects.select_related('form_set'):
        if f.form_set.slug!='qd-14-2015' : 
            print(f.form_set.slug,f.kind, lint.faults(f)); 
            if f.kind!='xin-loi': continue
        marks=samples.marks()
        for name,data in (('usual',samples.usual()),('worst',samples.worst())):
            h=drawing.page(f,data,marks)
            p=out/f'{f.form_set.slug}-{f.kind}-{name}.pdf'
            p.write_bytes(pdf.render(h))
            print(f.kind,name,pdf.measure(h))
        print(lint.faults(f))
