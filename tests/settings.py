"""The portal's settings, and one app that only tests have: loans, another kind of subject."""

from khanhson_portal.settings import *  # noqa: F403
from khanhson_portal.settings import INSTALLED_APPS as PORTAL

INSTALLED_APPS = [*PORTAL, "tests.loans"]
