"""Programs that the tests need and PyPI does not have: taken from Debian's packages."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

# What to look for, and the package that brings it.
PROGRAMS = {
    "chromium": "chromium",
    "soffice": "libreoffice-writer-nogui",
    "pdftoppm": "poppler-utils",
    "msgfmt": "gettext",
}
# Small systems lack what Playwright's driver and the maker of PDF files load.
LIBRARIES = {"libatomic.so.1": "libatomic1", "libpangoft2-1.0.so.0": "libpangoft2-1.0-0"}
POSTGRES = Path("/usr/lib/postgresql")
# LibreOffice's part for slides comes apart from the one for texts.
SLIDES = Path("/usr/lib/libreoffice/share/registry/impress.xcd")
CHINESE_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def missing() -> list[str]:
    """Return the Debian packages whose programs are not on this machine."""
    packages = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    packages += [package for library, package in LIBRARIES.items() if not _loads(library)]
    if postgres_programs() is None:
        packages.append("postgresql")
    if not SLIDES.exists():
        packages.append("libreoffice-impress-nogui")
    if not CHINESE_FONT.exists():
        packages.append("fonts-noto-cjk")
    return packages


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def postgres_programs() -> Path | None:
    """Return the folder of the newest PostgreSQL server's programs."""
    folders = sorted(POSTGRES.glob("*/bin"), key=lambda each: float(each.parent.name))
    return next((each for each in reversed(folders) if (each / "initdb").exists()), None)


def install_missing() -> None:
    """Install what is missing, asking for nothing; where that cannot be, say what to run."""
    packages = missing()
    if not packages:
        return
    words = " ".join(packages)
    if not shutil.which("apt-get"):
        sys.exit(f"The tests need programs from these Debian packages (or your system's): {words}")
    before = [] if os.geteuid() == 0 else ["sudo", "-n"]
    print(f"Installing from Debian's packages: {words} …", flush=True)
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["install", "-y", "-qq", "--no-install-recommends", *packages]
    for words_of_apt in (["update", "-qq"], install):
        command = [*before, "apt-get", *words_of_apt]
        subprocess.run(command, env=settings, stdout=subprocess.DEVNULL, check=False)
    left = missing()
    if left:
        sys.exit(f"Could not install them. Run: sudo apt-get install {' '.join(left)}")
