"""``manage.py sbom``: print what the installation is made of."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.supply.sbom import bill_of_materials


class Command(BaseCommand):
    """The lock file is the source: what is installed by hand beside it is not named."""

    help = "Print a bill of materials (CycloneDX 1.6, JSON) of the packages and models."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print it."""
        project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))
        bill = bill_of_materials(
            settings.BASE_DIR / "requirements.lock",
            version=project["project"]["version"],
            at=timezone.now(),
        )
        self.stdout.write(json.dumps(bill, indent=1, ensure_ascii=False))
