"""Describe the installation as a bill of materials: CycloneDX 1.6, JSON.

https://cyclonedx.org/docs/1.6/json/ - packages come from the lock file, with the SHA-256 of each
file that may be installed; their licences from what is installed here; the files that packages
carry only are components of their own.
"""

from __future__ import annotations

import importlib.metadata
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from articles.supply.models import CARRIED, CarriedFile, sha256_of
from articles.text.carried_files import find_carried_file

_PACKAGE = re.compile(
    r"^([\w.-]+)==([^\s;]+)((?:.*\\\n)(?:    --hash=sha256:.*\n?)*)", re.MULTILINE
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class LockedPackage:
    """A package of the lock: its name, its version, and the SHA-256 of its files."""

    name: str
    version: str
    hashes: tuple[str, ...]


def read_lock(text: str) -> list[LockedPackage]:
    """Return the packages of a lock file in the form of pip."""
    found = []
    for name, version, rest in _PACKAGE.findall(text):
        found.append(LockedPackage(name, version, tuple(_HASH.findall(rest))))
    return found


def bill_of_materials(lock: Path, *, version: str, at: datetime) -> dict[str, Any]:
    """Return the bill of the lock file; ``version`` is that of this site, ``at`` the time of it.

    Two bills of the same lock and version have the same serial number.
    """
    text = lock.read_text(encoding="utf-8")
    components = [_package_component(package) for package in read_lock(text)]
    components.extend(_model_components())
    serial = uuid.uuid5(uuid.NAMESPACE_OID, f"translation-review {version} {text}")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "timestamp": at.isoformat(timespec="seconds"),
            "component": {
                "type": "application",
                "bom-ref": "translation-review",
                "name": "translation-review",
                "version": version,
                "licenses": [{"license": {"id": "BSD-3-Clause"}}],
            },
        },
        "components": components,
    }


def _package_component(package: LockedPackage) -> dict[str, Any]:
    address = f"pkg:pypi/{package.name.lower().replace('_', '-')}@{package.version}"
    component = {
        "type": "library",
        "bom-ref": address,
        "name": package.name,
        "version": package.version,
        "purl": address,
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
    }
    licence = _licence_of(package.name)
    if licence:
        component["licenses"] = [{"license": {"name": licence}}]
    return component


def _licence_of(package: str) -> str:
    """Return what the installed package says of its licence, "" where it says nothing."""
    try:
        metadata = importlib.metadata.metadata(package)
    except importlib.metadata.PackageNotFoundError:  # of another system
        return ""
    said = _first(metadata.get_all("License-Expression"))
    for classifier in metadata.get_all("Classifier") or []:
        if not said and classifier.startswith("License :: "):
            said = classifier.rpartition(" :: ")[2]
    # Some packages put the whole licence there.
    return said or _first(metadata.get_all("License")).strip().partition("\n")[0][:100]


def _first(values: list[str] | None) -> str:
    return values[0] if values else ""


def _model_components() -> Iterator[dict[str, Any]]:
    for file in CARRIED:
        try:
            path = find_carried_file(file.package, file.name)
        except ImportError:
            continue
        yield _model_component(file, path)


def _model_component(file: CarriedFile, path: Path) -> dict[str, Any]:
    return {
        "type": "machine-learning-model" if path.suffix else "data",
        "bom-ref": f"file:{file.name}",
        "name": file.name,
        "description": f"{file.source}; carried by {file.package}",
        "hashes": [{"alg": "SHA-256", "content": sha256_of(path)}],
        "licenses": [{"license": {"name": file.licence}}],
    }
