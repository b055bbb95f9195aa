"""The surroundings of a test run, set before Django reads its settings (``-p tests.environment``).

Tests have a data folder of their own and never touch the portal's; ``PORTAL_DATABASE_URL``, when
set, points them at another PostgreSQL.
"""

import os
from pathlib import Path

os.environ.setdefault("PORTAL_DATA_DIR", str(Path(__file__).parent.parent / ".cache" / "test"))
os.environ["PORTAL_DATABASE_POOL"] = "0"
os.environ.pop("PORTAL_DEMO", None)
