"""Small disks for tests: mounts in a namespace of our own, so that nothing is left behind however a test ends.

A file that needs them calls mounts.get_ready() before anything else. As root or where user namespaces are allowed it
starts itself again in a mount namespace; as root in a chroot, where that is refused, it mounts openly and unmounts at
the end. Where nothing works the tests fail and say what is needed; RENDA_NO_MOUNT=1 skips them instead."""
import atexit
import os
import subprocess
import sys
import tempfile
import unittest

WAYS = (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"])
NEEDED = ("this test needs a small disk of its own: run it as root, or allow user namespaces "
          "(sysctl kernel.unprivileged_userns_clone=1; in a container: --cap-add SYS_ADMIN), or skip it with RENDA_NO_MOUNT=1")


def _works(way):
    """Whether a small disk can be mounted that way."""
    folder = tempfile.mkdtemp(prefix="renda-")
    try:
        command = 'mount -t tmpfs -o size=1m tmpfs "$1" && umount "$1"'
        return subprocess.run([*way, "sh", "-c", command, "sh", folder], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False
    finally:
        os.rmdir(folder)


def get_ready():
    state = os.environ.get("RENDA_MOUNTS")
    if state is not None:
        return
    if os.environ.get("RENDA_NO_MOUNT") == "1":
        os.environ["RENDA_MOUNTS"] = "skip"
        return
    for way in WAYS:
        if _works(way):
            os.environ["RENDA_MOUNTS"] = "ours"
            os.execvp(way[0], [*way, sys.executable, *sys.argv])
    os.environ["RENDA_MOUNTS"] = "open" if os.geteuid() == 0 and _works([]) else "none"


def _mount(case, folder, *words):
    state = os.environ.get("RENDA_MOUNTS")
    if state == "skip":
        raise unittest.SkipTest("RENDA_NO_MOUNT=1")
    if state == "none":
        raise AssertionError(NEEDED)
    subprocess.run(["mount", *words, folder], check=True)

    def unmount():
        subprocess.run(["umount", "--lazy", folder], stderr=subprocess.DEVNULL)
    case.addCleanup(unmount)
    if state == "open":
        atexit.register(unmount)
    return unmount


def small_disk(case, size_mb):
    """A folder on a disk of that size; gone with the test."""
    folder = case.folder()
    _mount(case, folder, "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs")
    return folder


def read_only(case, folder):
    """Makes a folder read-only, for root too; returns what makes it writable again."""
    undo_first = _mount(case, folder, "--bind", folder)
    subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
    return undo_first


def free_bytes(folder):
    v = os.statvfs(folder)
    return v.f_bavail * v.f_frsize


class Filler:
    """A file that takes room away."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "filler")

    def leave(self, free):
        """Grows until so many bytes are free; 0: until nothing more can be written."""
        with open(self.path, "ab", buffering=0) as f:
            while True:
                more = free_bytes(os.path.dirname(self.path)) - free
                if more <= 0 and free > 0:
                    return
                try:
                    f.write(bytes(max(4096, min(more, 1 << 20))))
                except OSError:
                    return

    def remove(self):
        os.unlink(self.path)
