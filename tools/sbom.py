"""List all packages and C libraries of the running site: `make sbom`.

Writes build/sbom.json (CycloneDX 1.6) and docs/licences.md. The usual tools list Python packages
only, not the C libraries inside the wheels, which decode photos and which advisories are about.
Everything is read from the installed packages, without a network.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

import cv2
import pi_heif
from licences import LIBRARY_LICENCES, licence_of
from PIL import features

ROOT = Path(__file__).resolve().parent.parent
SBOM = ROOT / "build" / "sbom.json"
LICENCES = ROOT / "docs" / "licences.md"
# Name of a Pillow feature, and of the library that provides it.
FEATURES = {
    "libjpeg_turbo": "libjpeg-turbo",
    "webp": "libwebp",
    "zlib_ng": "zlib-ng",
    "freetype2": "freetype",
    "littlecms2": "littlecms2",
    "libtiff": "libtiff",
    "jpg_2000": "openjpeg",
    "raqm": "raqm",
    "fribidi": "fribidi",
    "harfbuzz": "harfbuzz",
    "avif": "libavif",
}
FILES = (
    ("Atkinson Hyperlegible Next and Source Serif 4, fonts", "static/fonts", "OFL-1.1"),
    ("YuNet face detection model", "calculator/model", "MIT"),
)

OPENING = (
    "What the running site consists of besides our own code and texts ([LICENSE](../LICENSE)). Made"
    " by `make sbom`, which also writes `build/sbom.json` (CycloneDX) for machines."
)
CLOSING = (
    "The LGPL libraries are used unchanged, in the wheels of packages that can be replaced. The"
    " wheels carry the texts of licences."
)


def main() -> None:
    """Write both files."""
    packages = [package_of(name) for name in locked_names()]
    libraries = bundled_libraries()
    SBOM.parent.mkdir(exist_ok=True)
    SBOM.write_text(json.dumps(sbom(packages, libraries), indent=2) + "\n", encoding="utf-8")
    LICENCES.write_text(licence_page(packages, libraries), encoding="utf-8")
    print(f"{SBOM.relative_to(ROOT)}: {len(packages)} packages, {len(libraries)} C libraries")
    print(LICENCES.relative_to(ROOT))


def locked_names() -> list[str]:
    """Return the packages of requirements/run.txt, without those for building or other systems."""
    text = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    lines = re.findall(r"^([a-z0-9._-]+)==\S+( ;)?", text, re.MULTILINE)
    installed = {normal(each.name) for each in metadata.distributions()}
    # A semicolon starts a condition: only on some systems or versions of Python.
    missing = [name for name, only_for in lines if normal(name) not in installed and not only_for]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}. Run: tools/environment run")
    names = [name for name, _ in lines if normal(name) in installed]
    return [name for name in names if name != "uv-build"]


def normal(name: str) -> str:
    """Return a package's name in the form in which registries compare names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def package_of(name: str) -> dict[str, Any]:
    """Return an installed package as a component of CycloneDX."""
    found = metadata.distribution(name)
    version = found.version
    reference = f"pkg:pypi/{normal(name)}@{version}"
    return {
        "type": "library",
        "bom-ref": reference,
        "name": normal(name),
        "version": version,
        "purl": reference,
        "description": (found.metadata["Summary"] or "").strip(),
        "licenses": [{"expression": licence_of(found)}],
    }


def bundled_libraries() -> list[dict[str, Any]]:
    """Return the C libraries inside the wheels that read images, as components."""
    found = [
        (library, features.version(feature), "pillow")
        for feature, library in FEATURES.items()
        if features.version(feature)
    ]
    heif = pi_heif.libheif_info()
    found.append(("libheif", heif["libheif"], "pi-heif"))
    if decoder := re.search(r"\d+(\.\d+)+", heif["decoders"].get("libde265", "")):
        found.append(("libde265", decoder[0], "pi-heif"))
    found.append(("opencv", cv2.getVersionString(), "opencv-python-headless"))
    return [
        {
            "type": "library",
            "bom-ref": f"bundled:{owner}:{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:generic/{name}@{version}",
            "description": f"Inside the wheel of {owner}",
            "licenses": [{"expression": LIBRARY_LICENCES[name]}],
            "properties": [{"name": "schatje:inside", "value": owner}],
        }
        for name, version, owner in found
    ]


def sbom(packages: list[dict[str, Any]], libraries: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the CycloneDX document; the same components give the same document."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    references = {each["bom-ref"] for each in packages}
    names = "".join(sorted(references | {each["bom-ref"] for each in libraries}))
    own = f"pkg:generic/{project['name']}@{project['version']}"
    links = [
        {"ref": each["bom-ref"], "dependsOn": needs_of(each["name"], packages, libraries)}
        for each in packages
    ]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, names)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"expression": project["license"]}],
            },
            "tools": {"components": [{"type": "application", "name": "tools/sbom.py"}]},
        },
        "components": [*packages, *libraries],
        "dependencies": [
            {"ref": own, "dependsOn": direct(project["dependencies"], packages)},
            *links,
            *({"ref": each["bom-ref"], "dependsOn": []} for each in libraries),
        ],
    }


def direct(entries: list[str], packages: list[dict[str, Any]]) -> list[str]:
    """Return the references of the packages that pyproject.toml names."""
    by_name = {each["name"]: each["bom-ref"] for each in packages}
    wanted = [normal(re.split(r"[\s<>=!~\[;]", entry)[0]) for entry in entries]
    if missing := set(wanted) - set(by_name):
        sys.exit(f"pyproject.toml is ahead of requirements/run.txt: {missing}. Run: make lock")
    return [by_name[name] for name in wanted]


def needs_of(
    name: str, packages: list[dict[str, Any]], libraries: list[dict[str, Any]]
) -> list[str]:
    """Return the references of the packages that one needs, and of the libraries inside it."""
    by_name = {each["name"]: each["bom-ref"] for each in packages}
    entries = [each for each in metadata.requires(name) or [] if "extra ==" not in each]
    needed = [normal(re.split(r"[\s<>=!~\[;(]", entry)[0]) for entry in entries]
    inside = [
        each["bom-ref"]
        for each in libraries
        if any(item["value"] == name for item in each["properties"])
    ]
    return sorted({by_name[each] for each in needed if each in by_name}) + inside


def licence_page(packages: list[dict[str, Any]], libraries: list[dict[str, Any]]) -> str:
    """Return docs/licences.md: a table each of packages, C libraries and files."""
    inside = {each["bom-ref"]: f" in {each['properties'][0]['value']}" for each in libraries}
    tables = [
        ("Python packages", [(licence_in(each), name_of(each)) for each in packages]),
        (
            "C libraries",
            [(licence_in(each), name_of(each) + inside[each["bom-ref"]]) for each in libraries],
        ),
        ("Files", [(licence, f"{name} (`{place}/`)") for name, place, licence in FILES]),
    ]
    lines = ["# Licences", "", OPENING, ""]
    for title, entries in tables:
        by_licence: dict[str, list[str]] = {}
        for licence, text in entries:
            by_licence.setdefault(licence, []).append(text)
        lines += [f"| {title} | licence |", "|---|---|"]
        lines += [f"| {', '.join(texts)} | {licence} |" for licence, texts in by_licence.items()]
        lines.append("")
    return "\n".join([*lines, CLOSING, ""])


def licence_in(component: dict[str, Any]) -> str:
    """Return a component's licence."""
    return str(component["licenses"][0]["expression"])


def name_of(component: dict[str, Any]) -> str:
    """Return a component's name and version."""
    return f"{component['name']} {component['version']}"


if __name__ == "__main__":
    main()
