"""Digital signing of issued PDFs, with a certificate that the test makes itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from dossiers.models import Paper
from dossiers.papers import keeping, pades
from tests.dossiers.papers.test_issuing import receipt
from tests.factories import make_dossier

PASSWORD = "mat-khau-thu"


@pytest.fixture
def certificate(settings, tmp_path):
    """A self-made certificate in a PKCS#12 file, named in the settings."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Cơ quan dùng thử")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=30))
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, True, True, False, False), True
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "co-quan.p12"
    cipher = serialization.BestAvailableEncryption(PASSWORD.encode())
    file.write_bytes(
        serialization.pkcs12.serialize_key_and_certificates(b"thu", key, made, None, cipher)
    )
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD = str(file), PASSWORD
    pades._signer.cache_clear()
    yield made
    pades._signer.cache_clear()


def test_without_a_certificate_nothing_is_signed(district):
    content = keeping.original(receipt(make_dossier(district)))

    assert not PdfFileReader(BytesIO(content)).embedded_signatures


def test_an_issued_paper_is_signed_once_and_stays_whole(district, certificate):
    from asn1crypto import x509 as asn1

    paper = receipt(make_dossier(district))
    content = keeping.original(paper)
    paper.refresh_from_db()
    trusted = asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))

    [signature] = PdfFileReader(BytesIO(content)).embedded_signatures
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[trusted]))

    assert status.intact
    assert status.valid
    assert status.trusted
    assert keeping.original(paper) == content


def test_a_signed_paper_shows_when_it_was_changed(district, certificate):
    content = keeping.original(receipt(make_dossier(district)))
    place = content.index(b"/Title")
    forged = content[: place + 8] + b"\x01" + content[place + 9 :]

    [signature] = PdfFileReader(BytesIO(forged)).embedded_signatures

    assert not validate_pdf_signature(signature).intact


@pytest.mark.parametrize("fault", ["password", "file"])
def test_a_wrong_certificate_is_said_in_words_and_nothing_is_kept(
    client, district, certificate, settings, fault
):
    if fault == "password":
        settings.SIGNING_PASSWORD = "sai"
    else:
        settings.SIGNING_CERTIFICATE = "/khong/co/tep.p12"
    dossier = make_dossier(district)
    paper = receipt(dossier)

    with pytest.raises(keeping.PaperDamaged, match="chứng thư số"):
        keeping.original(paper)

    address = f"/h/{dossier.token}/giay-to/{paper.pk}.pdf"
    response = client.get(address)
    assert response.status_code == 503
    assert "Chưa mở được giấy này" in response.content.decode()
    assert not Paper.objects.exclude(pdf_sha256="").exists()
