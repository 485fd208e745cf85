"""Hold the lock, the requirement files and the Makefile against each other, without a network."""

import functools
import os
import re
import subprocess
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).parent.parent
INDEX_IN_LOCK = "install-with-make.invalid"
# Written in parts: the rule that this file holds is that they stand nowhere in the project.
REGISTRIES = [
    first + second
    for first, second in (
        ("py", "pi.org"),
        ("python", "hosted.org"),
        ("npm", "js.org"),
        ("npm", "js.com"),
        ("yarn", "pkg.com"),
        ("deb.deb", "ian.org"),
        ("snapshot.deb", "ian.org"),
    )
]
MACHINES = {
    "Linux on x86-64": re.compile(r"any|(many)?linux.*_x86_64"),
    "Linux on ARM": re.compile(r"any|(many)?linux.*_aarch64"),
    "macOS": re.compile(r"any|macosx_.*_(arm64|universal2)"),
}
NOT_COMMITTED = {
    ".git",
    ".venv",
    ".hypothesis",
    "__pycache__",
    "build",
    "dist",
    "instance",
    "node_modules",
}


def read_toml(name):
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


@functools.cache
def read_lock():
    """Return what uv.lock says of each package: a mapping of name to its entry."""
    packages = read_toml("uv.lock")["package"]
    assert len({package["name"] for package in packages}) == len(packages), "a package twice"
    return {package["name"]: package for package in packages}


def read_requirements(name):
    """Return each line of a requirement file as a mapping of package to (requirement, hashes)."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    text = re.sub(r"#.*", "", text).replace("\\\n", " ")
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        requirement = Requirement(line.split(" --hash=")[0].strip())
        assert requirement.name not in found, f"{requirement.name} stands twice in {name}"
        found[requirement.name] = (requirement, set(re.findall(r"--hash=(\S+)", line)))
    return found


def files_of(package):
    return [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]


def committed_files():
    """Return the project's files, by their place: a copy without git has them too."""
    found = []
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = [
            name for name in subfolders if name not in NOT_COMMITTED and not name.endswith("_cache")
        ]
        found += [Path(folder, name) for name in names]
    return found


def fits(tag, python, machine):
    """Tell whether a wheel with this tag installs on CPython 3.<python> on the machine."""
    own = tag.interpreter == f"cp3{python}"
    any_python = tag.interpreter in ("py3", "py2.py3")
    stable = re.fullmatch(r"cp3(\d+)", tag.interpreter) if tag.abi == "abi3" else None
    newer = stable is not None and int(stable[1]) <= python
    return (own or any_python or newer) and MACHINES[machine].fullmatch(tag.platform)


def needed_from(lock, roots):
    """Return the names of all packages that the given dependencies bring in."""
    found, waiting = set(), list(roots)
    while waiting:
        link = waiting.pop()
        package = lock[link["name"]]
        extras = package.get("optional-dependencies", {})
        wanted = [extra for name in link.get("extra", []) for extra in extras[name]]
        if link["name"] not in found:
            found.add(link["name"])
            wanted += package.get("dependencies", [])
        waiting += wanted
    return found


def dependencies_of(entries):
    """Return requirements as comparable pairs, whoever wrote them: pyproject.toml or uv.lock."""
    return {
        (
            canonicalize_name(requirement.name),
            str(requirement.specifier),
            *sorted(requirement.extras),
        )
        for requirement in map(Requirement, entries)
    }


def locked_dependencies(entries):
    return dependencies_of(
        f"{entry['name']}[{','.join(entry.get('extras', []))}]{entry.get('specifier', '')}"
        for entry in entries
    )


def test_lock_follows_pyproject():
    project, locked = read_toml("pyproject.toml"), read_lock()["schatje"]

    assert locked["version"] == project["project"]["version"], "run `make lock`"
    assert locked_dependencies(locked["metadata"]["requires-dist"]) == dependencies_of(
        project["project"]["dependencies"]
    ), "run `make lock`"
    groups = locked["metadata"]["requires-dev"]
    assert set(groups) == set(project["dependency-groups"]), "run `make lock`"
    for name, entries in project["dependency-groups"].items():
        assert locked_dependencies(groups[name]) == dependencies_of(entries), "run `make lock`"


def test_build_backend_is_a_locked_one():
    project = read_toml("pyproject.toml")

    assert project["build-system"]["requires"] == project["dependency-groups"]["build"]


@pytest.mark.parametrize("name", ["run.txt", "test.txt", "fuzz.txt"])
def test_requirements_agree_with_lock(name):
    lock, requirements = read_lock(), read_requirements(name)
    groups = lock["schatje"]["dev-dependencies"]
    links = {
        "run.txt": lock["schatje"]["dependencies"] + groups["build"],
        "test.txt": lock["schatje"]["dependencies"] + groups["build"] + groups["dev"],
        "fuzz.txt": groups["fuzz"],
    }[name]

    assert set(requirements) == needed_from(lock, links)
    for package, (requirement, hashes) in requirements.items():
        assert str(requirement.specifier) == f"=={lock[package]['version']}", package
        assert hashes == {file["hash"] for file in files_of(lock[package])}, package
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), package


def test_test_requirements_hold_all_that_running_needs():
    run, test = read_requirements("run.txt"), read_requirements("test.txt")

    assert run
    assert {name: test.get(name) for name in run} == run


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("python", [11, 12, 13])
def test_every_package_has_a_wheel(python, machine):
    lock = read_lock()

    to_compile = [
        name
        for name, (requirement, _) in read_requirements("test.txt").items()
        if "win32" not in str(requirement.marker)
        and not any(
            fits(tag, python, machine)
            for wheel in lock[name].get("wheels", [])
            for tag in parse_wheel_filename(wheel["url"].rpartition("/")[2])[3]
        )
    ]

    assert not to_compile


def test_lock_names_no_index():
    packages = [package for name, package in read_lock().items() if name != "schatje"]
    addresses = [package["source"]["registry"] for package in packages]
    addresses += [file["url"] for package in packages for file in files_of(package)]

    assert addresses
    assert {urlsplit(address).hostname for address in addresses} == {INDEX_IN_LOCK}, "`make lock`"


def test_project_names_no_package_registry():
    files = committed_files()

    assert files
    for path in files:
        content = path.read_bytes().lower()
        named = [host for host in REGISTRIES if host.encode() in content]
        assert not named, f"{path.relative_to(ROOT)} names {named}"


def test_make_alone_lists_every_target():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)", makefile, re.MULTILINE)[1].split()
    told = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    for target in (name for name in targets if "-" not in name):
        assert re.search(rf"^ +{target} +\w", told, re.MULTILINE), f"no ## line for {target}"


def test_ignored_lint_rules_have_a_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.pydocstyle")]
    rules = re.findall(r'^ +"([A-Z]+\d*)",(.*)$', section, re.MULTILINE)

    assert rules
    assert not [rule for rule, reason in rules if "# " not in reason]
