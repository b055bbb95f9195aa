"""The site map. Addresses are printed on paper and read over the phone: Vietnamese, no marks."""

from django.contrib import admin
from django.urls import include, path, register_converter

from khanhson_portal.backup import health_page
from khanhson_portal.ground.pages import CodeConverter
from khanhson_portal.home.views import admin_sign_in
from procedures.offices import matrix

register_converter(CodeConverter, "code")

urlpatterns = [
    path("", include("khanhson_portal.home.urls")),
    path("thu-tuc/", include("procedures.urls")),
    path("can-bo/", include("procedures.noticeboard.reception.urls")),
    path("huong-dan/", include("procedures.noticeboard.guidance.urls")),
    path("ra-soat/", include("procedures.noticeboard.review.urls")),
    path("kiem-soat/", include("procedures.catalogue.control.urls")),
    path("", include("dossiers.urls")),
    path("", include("feedback.urls")),
    path("", include("satisfaction.urls")),
    path("", include("khanhson_portal.publication.urls")),
    path("kiosk/", include("khanhson_portal.kiosk.urls")),
    path("quan-tri/quyen/", matrix.rights, name="rights"),
    path("quan-tri/suc-khoe/", health_page.page, name="health"),
    path("quan-tri/login/", admin_sign_in),
    path("quan-tri/", admin.site.urls),
]

handler403 = "khanhson_portal.home.views.forbidden"
handler404 = "khanhson_portal.home.views.not_found"
handler500 = "khanhson_portal.home.views.broken"
