"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from khanhson_portal.bodies import Bodies
from khanhson_portal.ground.files import keep_private

keep_private()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khanhson_portal.settings")

application = Bodies(get_wsgi_application())
