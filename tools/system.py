"""Packages of the operating system: put there with apt where that is allowed, else named."""

import os
import shlex
import shutil

from tools.place import environment
from tools.process import SetupError, run, succeeds

PDF = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
TESTS = ("chromium-headless-shell", "postgresql", "poppler-utils")


def missing(packages: tuple[str, ...]) -> list[str]:
    """Those of ``packages`` that dpkg does not have; all of them where there is no dpkg."""
    return [name for name in packages if not _is_installed(name)]


def _is_installed(name: str) -> bool:
    return succeeds("sh", "-c", f"dpkg-query -W -f '${{Status}}' {name} | grep -q 'ok installed'")


def privilege() -> list[str] | None:
    """What to put before a command to run it as root without a question; None: not allowed."""
    if os.name != "posix":
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if succeeds("sudo", "-n", "true") else None


def install(packages: tuple[str, ...]) -> str:
    """Install what is missing; returns "" or the line that tells the person what to type."""
    absent = missing(packages) if shutil.which("dpkg-query") else list(packages)
    if not absent:
        return ""
    before = privilege()
    if before is None or not shutil.which("apt-get"):
        return by_hand(absent)
    try:
        _apt(before, "install", "-y", "--no-install-recommends", *absent)
    except SetupError:
        return by_hand(absent)
    return ""


def by_hand(packages: list[str]) -> str:
    """The exact command for a person."""
    if shutil.which("apt-get"):
        return f"sudo apt-get install -y --no-install-recommends {shlex.join(packages)}"
    if shutil.which("brew"):
        return "brew install pango harfbuzz" + (" postgresql@17 poppler" * _for_tests(packages))
    return f"请用系统的软件包管理器安装：{' '.join(packages)}（Debian 的包名）"


def _for_tests(packages: list[str]) -> bool:
    return any(name in TESTS for name in packages)


def _apt(before: list[str], *arguments: str) -> None:
    """apt-get, and once more after reading the package lists anew."""
    quiet = environment(DEBIAN_FRONTEND="noninteractive")
    command = [*before, "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    try:
        run("apt-get", [*command, *arguments], env=quiet)
    except SetupError:
        run("apt-get update", [*command, "update"], env=quiet)
        run("apt-get", [*command, *arguments], env=quiet)
