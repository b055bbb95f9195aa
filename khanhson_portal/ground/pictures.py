"""Pictures that people upload: judged by their content, never by their name, and drawn anew.

What is stored is a fresh JPEG: no place or device from the camera, no second file hidden behind it.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import IO, Any

from django import forms
from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000  # a phone's camera stays below; a decompression bomb does not
LONGEST_SIDE = 1400  # pixels
FORMATS = ["JPEG", "PNG", "WEBP"]
KINDS = "Chọn tệp ảnh JPG, PNG hoặc WebP chụp từ điện thoại hay máy ảnh."


class NotAPicture(Exception):
    """``str()`` is a Vietnamese sentence: what is wrong and how to mend it."""


def redraw(file: IO[bytes], size: int) -> bytes:
    """Return the picture in ``file`` (``size`` bytes) as JPEG bytes, upright and not too large.

    Raises NotAPicture. Pixels are counted before any is unpacked.
    """
    if size > MOST_BYTES:
        megabytes = f"{size / 1_000_000:.1f}".replace(".", ",")
        raise NotAPicture(
            f"Ảnh nặng {megabytes} MB; nhiều nhất là {MOST_BYTES // 1_000_000} MB. "
            "Giảm cỡ ảnh trong điện thoại rồi chọn lại."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as picture:
                return _jpeg(picture)
    except Image.DecompressionBombError:
        raise NotAPicture(_too_many_pixels()) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise NotAPicture(f"Tệp này không phải là ảnh, hoặc ảnh đã hỏng. {KINDS}") from None


def _jpeg(picture: Image.Image) -> bytes:
    if picture.width * picture.height > MOST_PIXELS:
        raise NotAPicture(_too_many_pixels())
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    ground = Image.new("RGB", upright.size, "white")
    if upright.mode not in {"RGBA", "LA", "PA", "P"}:
        upright = upright.convert("RGB")  # print colours (CMYK) have no way to RGBA
    layer = upright.convert("RGBA")
    ground.paste(layer, mask=layer.getchannel("A"))
    out = BytesIO()
    ground.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()


def _too_many_pixels() -> str:
    return (
        f"Ảnh có hơn {MOST_PIXELS // 1_000_000} triệu điểm ảnh, máy không mở được an toàn. "
        "Giảm cỡ ảnh rồi chọn lại."
    )


class PictureField(forms.FileField):
    """A file box that gives a ContentFile with a redrawn JPEG, or says what is wrong."""

    widget = forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
    default_error_messages = {
        "required": f"Chưa chọn ảnh. {KINDS}",
        "missing": f"Chưa chọn ảnh. {KINDS}",
        "empty": f"Tệp vừa chọn trống. {KINDS}",
        "invalid": f"Ảnh chưa được gửi lên. {KINDS}",
    }

    def to_python(self, data: Any) -> Any:
        upload = super().to_python(data)
        if upload is None:
            return None
        try:
            return ContentFile(redraw(upload, upload.size), name="anh.jpg")
        except NotAPicture as refusal:
            raise forms.ValidationError(str(refusal)) from None
