"""A Debian machine: fakes of apt, mmdebstrap, bubblewrap and nsenter that do just what bazelw relies on."""

from pathlib import Path

from tests.bazelw.machine import Machine

MIRROR = "http://mirror.invalid/debian/"

# The root that mmdebstrap makes, in the folder or, for "-", as a tar stream.
_MMDEBSTRAP = """
for argument; do
    [ "$previous" = sid ] && target=$argument
    previous=$argument
done
echo "I: installing packages..." >&2
tree=$target
[ "$target" != - ] || tree=$(mktemp -d "FOLDER/tree.XXXXXX")
mkdir -p "$tree/dev" "$tree/etc/bazel" "$tree/usr/share/bazel/rules/python/python"
touch "$tree/dev/null" "$tree/etc/passwd"
echo "host's" >"$tree/etc/resolv.conf"
echo "Debian's" >"$tree/etc/bazel/bazelrc"
echo "Debian's" >"$tree/usr/share/bazel/rules/python/python/defs.bzl"
echo 'bzl_library(name = "py_test_bzl", deps = [":util"])' >"$tree/usr/share/bazel/rules/python/python/BUILD.bazel"
echo "Debian's" >"$tree/usr/share/bazel/rules/python/MODULE.bazel"
[ "$target" != - ] || tar -c -C "$tree" .
"""

_APT_GET = f"""
case $1 in
indextargets) echo {MIRROR}; echo http://second.invalid/ ;;
esac
"""

_BWRAP = """
while [ "$1" != -- ]; do shift; done
shift
exec "$@"
"""

# Runs what nsenter would, with the fakes of the inside in the place of the root's own folders.
_NSENTER = """
while [ "$1" != /bin/sh ]; do shift; done
script=$(printf '%s\\n' "$3" | sed "s|PATH=.*|PATH=INSIDE:$PATH|")
shift 3
exec /bin/sh -c "$script" "$@"
"""


class DebianMachine(Machine):
    """A machine where Debian's Bazel can be set up."""

    def __init__(self, folder: Path, source: Path) -> None:
        super().__init__(folder, source)
        for path in ("etc", "home", "opt", "usr/share/keyrings", "var/lib", "proc"):
            (self.host / path).mkdir(parents=True)
        for path in ("etc/debian_version", "etc/subuid", "usr/share/keyrings/debian-archive-keyring.gpg"):
            (self.host / path).touch()
        self.bazel = self.tool("bazel", 'echo "bazel of the root"\n', inside=True)
        self.apt_get = self.tool("apt-get", _APT_GET)
        self.apt_config = self.tool("apt-config")
        self._mmdebstrap = _MMDEBSTRAP.replace("FOLDER", str(folder))
        self.mount = self.tool("mount")
        self.mmdebstrap = self.tool("mmdebstrap", self._mmdebstrap)
        self.bwrap = self.tool("bwrap", _BWRAP)
        self.nsenter = self.tool("nsenter", _NSENTER.replace("INSIDE", str(self.inside)))
        self.be_root()

    def be_root(self) -> None:
        """Root runs bazelw."""
        self.tool("id", "echo 0")

    def be_user(self) -> None:
        """An ordinary user with subordinate ids runs bazelw."""
        self.tool("id", "case $1 in -u) echo 1000 ;; *) echo somebody ;; esac")
        self.tool("newuidmap")
        (self.host / "etc/subuid").write_text("somebody:100000:65536\n")

    def remove(self, *paths: Path) -> None:
        """Takes tools from PATH."""
        for path in paths:
            path.unlink()

    def break_mmdebstrap(self, before: str) -> None:
        """Has mmdebstrap do this, with $target set, before anything else."""
        self.tool("mmdebstrap", self._mmdebstrap.replace('echo "I:', f'{before}\necho "I:'))

    def mend_mmdebstrap(self) -> None:
        """Has mmdebstrap work again."""
        self.tool("mmdebstrap", self._mmdebstrap)
