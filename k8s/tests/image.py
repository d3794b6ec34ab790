"""Builds the Dockerfile's image around an executable, without a container engine: buildah in a chroot, with a
Debian made by debootstrap as the base."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from manifests import ROOT

TOOLS = Path(os.environ.get("TOOLS_DIRECTORY", ROOT / ".bursar/tools")).resolve()
BASE = TOOLS / "debian-bookworm.tar"
USER = "65532:65532"
NAME = "localhost/bursar:test"


def reason_to_skip():
    if os.geteuid() != 0:
        return "only root can build an image here"
    for tool in ("buildah", "debootstrap", "unshare"):
        if shutil.which(tool) is None:
            return f"no {tool} (Debian's packages buildah, debootstrap)"
    if executable() is None:
        return "no executable is built"
    return None


def executable():
    """The release build where there is one that needs no Swift libraries, else the debug build."""
    for path in (ROOT / ".build/release/bursar", ROOT / ".build/debug/bursar"):
        if path.exists() and (path.parent.name == "debug" or not swift_libraries(path)):
            return path
    return None


def swift_libraries(path):
    """Folders of the toolchain's libraries that the executable is linked to; none in one that is linked statically."""
    lines = subprocess.run(["ldd", path], capture_output=True, text=True, timeout=60).stdout.splitlines()
    paths = [Path(line.split()[2]) for line in lines if "=>" in line and "swift" in line and len(line.split()) > 2]
    return sorted({str(path.parent) for path in paths})


class Builder:
    """A store of images in a folder of its own."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.options = ["--root", self.folder / "store", "--runroot", self.folder / "run", "--storage-driver", "vfs"]

    def buildah(self, *arguments, limit=900):
        done = subprocess.run(["buildah", *self.options, *arguments], cwd=ROOT, capture_output=True, text=True,
                              timeout=limit)
        if done.returncode:
            raise AssertionError(f"buildah {arguments[0]}: {(done.stdout + done.stderr)[-2000:]}")
        return done.stdout.strip()

    def make_base(self):
        """Like Docker's debian:bookworm-slim: the minimal system without documentation."""
        if not BASE.exists():
            root = self.folder / "debian"
            subprocess.run(["debootstrap", "--variant=minbase", "bookworm", root], check=True, capture_output=True,
                           timeout=900)
            for part in ("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/info", "var/cache/apt",
                         "var/lib/apt/lists"):
                for path in (root / part).glob("*"):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            TOOLS.mkdir(parents=True, exist_ok=True)
            subprocess.run(["tar", "-C", root, "-cf", f"{BASE}.new", "."], check=True, timeout=300)
            os.rename(f"{BASE}.new", BASE)
            shutil.rmtree(root)
        container = self.buildah("from", "scratch")
        self.buildah("add", "-q", container, str(BASE), "/")
        self.buildah("commit", "-q", container, "docker.io/library/debian:bookworm-slim")
        self.buildah("rm", container)

    def build(self):
        """Around the stripped executable."""
        self.make_base()
        context = self.folder / "context"
        context.mkdir()
        subprocess.run(["strip", "-o", context / "bursar", executable()], check=True, timeout=300)
        shutil.copytree(ROOT / "migrations", context / "migrations")
        self.buildah("bud", "--isolation", "chroot", "--pull=never", "-f", str(ROOT / "Dockerfile"), "--target",
                     "prebuilt", "-t", NAME, str(context), limit=1800)

    def mount(self):
        return self.buildah("mount", self.buildah("from", "--pull-never", NAME))

    def size(self):
        """Of all layers, as they are on disk."""
        images = json.loads(self.buildah("images", "--json", NAME))
        return images[0]["size"]


def command(root, arguments):
    """A command in the image as the numeric user: the root is read-only, /tmp is of memory, and nothing else is there.
    A debug build finds the toolchain's libraries where they are."""
    libraries = "\n".join(
        f'mkdir -p "{root}{folder}" && mount --bind -o ro "{folder}" "{root}{folder}"'
        for folder in swift_libraries(executable()))
    script = f"""
set -e
{libraries}
mount --rbind "{root}" "{root}"
mount -o remount,ro,bind "{root}"
mount -t proc proc "{root}/proc"
mount -t tmpfs -o size=64m tmpfs "{root}/tmp"
exec chroot --userspec={USER} "{root}" "$@"
"""
    return ["unshare", "--mount", "sh", "-c", script, "sh", *arguments]
