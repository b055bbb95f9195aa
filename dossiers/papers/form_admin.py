"""Quản trị of the forms: drafts are written here, looked at with sample data, and published."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.timezone import localdate, now
from PIL import Image, UnidentifiedImageError

from dossiers.models import Form, FormKind, SigningImage
from dossiers.papers import drawing, lint, markup, publishing, registry, samples
from khanhson_portal.ground import answers

LARGEST_IMAGE = 200 * 1024


@admin.register(Form)
class FormAdmin(admin.ModelAdmin):
    """A published form is read only: papers were made from it. A correction is a new draft."""

    list_display = ["title", "form_set", "kind", "size", "valid_from", "valid_to", "published_at"]
    list_filter = ["form_set", "kind"]
    list_select_related = ["form_set"]
    readonly_fields = ["published_at"]
    exclude = ["valid_to"]
    change_form_template = "admin/form_change.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/xem-truoc.pdf", view(self.preview), name="form_preview"),
            path("<int:pk>/ban-nhap/", view(self.draft), name="form_draft"),
            *super().get_urls(),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Form | None = None) -> list[str]:
        if obj and obj.published_at:
            return [f.name for f in Form._meta.fields if f.name not in {"id", "valid_to"}]
        return list(self.readonly_fields)

    def has_delete_permission(self, request: HttpRequest, obj: Form | None = None) -> bool:
        published = obj is not None and obj.published_at is not None
        return not published and super().has_delete_permission(request, obj)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "body" and field:
            field.widget = forms.Textarea(attrs={"rows": 28, "cols": 110, "spellcheck": "false"})
            field.help_text = markup.HELP
        return field

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Show, beside the text of a form, every field that its kind of paper may ask for."""
        form = context.get("original")
        if form:
            context["sections"] = registry.offered_to(FormKind(form.kind))
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Form, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "_publish" not in request.POST:
            for fault in lint.faults(obj):
                messages.warning(request, fault)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form with everyday data; ``?dai`` with the longest."""
        form = self._form(request, pk)
        data = samples.worst() if "dai" in request.GET else samples.usual()
        try:
            content = drawing.sheets(form, data, samples.marks())
        except Exception as error:
            messages.error(request, f"Chưa xem trước được. {error}")
            return self._back(pk)
        return answers.pdf(request, content, "xem-truoc.pdf")

    def draft(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self._form(request, pk, posted=True)
        made = publishing.draft_from(form, localdate())
        messages.success(request, "Đã lập bản nháp. Sửa, xem trước, rồi công bố.")
        return self._back(made.pk)

    def response_change(self, request: HttpRequest, obj: Form) -> HttpResponse:
        """The button "Soát lỗi và công bố" saves what was typed, then publishes it."""
        if "_publish" not in request.POST:
            return super().response_change(request, obj)
        try:
            publishing.publish(obj.pk, now(), localdate())
        except publishing.PublishRefused as refusal:
            messages.error(request, "Đã lưu bản nháp nhưng chưa công bố, vì còn lỗi:")
            for fault in refusal.faults:
                messages.error(request, fault)
        else:
            messages.success(request, f"Đã công bố, dùng từ {obj.valid_from:%d/%m/%Y}.")
        return self._back(obj.pk)

    def _form(self, request: HttpRequest, pk: int, *, posted: bool = False) -> Form:
        form = get_object_or_404(Form.objects.select_related("form_set"), pk=pk)
        allowed = self.has_change_permission(request, None)
        if not allowed or (posted and request.method != "POST"):
            raise PermissionDenied("Không có quyền với mẫu giấy tờ, hoặc chưa bấm nút.")
        return form

    def _back(self, pk: int) -> HttpResponse:
        return redirect(reverse("admin:dossiers_form_change", args=[pk]))


class ImageForm(forms.ModelForm):
    """The picture is uploaded once; afterwards only its period can be ended."""

    file = forms.FileField(label="Ảnh PNG", required=False, help_text="Nền trong, dưới 200 KB.")

    class Meta:
        model = SigningImage
        fields = ["officer", "agency", "basis", "valid_from", "valid_to"]

    def clean_file(self) -> bytes | None:
        upload = self.cleaned_data.get("file")
        if not upload:
            if not self.instance.pk:
                raise forms.ValidationError("Chọn tệp ảnh PNG.")
            return None
        content: bytes = upload.read(LARGEST_IMAGE + 1)
        if len(content) > LARGEST_IMAGE:
            raise forms.ValidationError("Ảnh quá lớn; dùng ảnh dưới 200 KB.")
        try:
            with Image.open(BytesIO(content), formats=["PNG"]) as image:
                image.verify()
        except (UnidentifiedImageError, OSError, SyntaxError):
            raise forms.ValidationError("Tệp này không phải ảnh PNG.") from None
        return content


@admin.register(SigningImage)
class SigningImageAdmin(admin.ModelAdmin):
    form = ImageForm
    list_display = ["__str__", "basis", "valid_from", "valid_to"]
    list_select_related = ["officer", "agency"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SigningImage]:
        return super().get_queryset(request).defer("png")

    def get_readonly_fields(self, request: HttpRequest, obj: SigningImage | None = None) -> Any:
        return ["officer", "agency"] if obj else []

    def get_exclude(self, request: HttpRequest, obj: SigningImage | None = None) -> Any:
        return ["file"] if obj else []

    def save_model(
        self, request: HttpRequest, obj: SigningImage, form: ImageForm, change: bool
    ) -> None:
        if form.cleaned_data.get("file"):
            obj.png = form.cleaned_data["file"]
        obj.save()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
