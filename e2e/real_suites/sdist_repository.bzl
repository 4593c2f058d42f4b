"""A repository that holds an unpacked source distribution."""

# Downloads through pip, which knows the machine's package index; checks the digest; unpacks.
_FETCH = """\
set -eu
printf '%s --hash=sha256:%s\\n' "$1" "$2" >requirement.txt
python3 -m pip download --quiet --no-deps --no-binary=:all: --require-hashes --dest=. --requirement=requirement.txt
tar --extract --strip-components=1 --no-same-owner --file ./*.tar.gz
rm ./*.tar.gz requirement.txt
"""

def _sdist_repository_impl(rctx):
    result = rctx.execute(["sh", "-c", _FETCH, "fetch", rctx.attr.requirement, rctx.attr.sha256], timeout = 600)
    if result.return_code:
        fail("sdist_repository '{}': could not fetch {} with `python3 -m pip` (exit code {}):\n{}{}".format(
            rctx.name,
            rctx.attr.requirement,
            result.return_code,
            result.stdout,
            result.stderr,
        ))
    rctx.symlink(rctx.attr.build_file, "BUILD.bazel")

sdist_repository = repository_rule(
    implementation = _sdist_repository_impl,
    doc = "Fetches a pinned source distribution with pip.",
    attrs = {
        "build_file": attr.label(doc = "The repository's BUILD file.", mandatory = True),
        "requirement": attr.string(doc = "The distribution, as `name==version`.", mandatory = True),
        "sha256": attr.string(doc = "The archive's digest, in hexadecimal.", mandatory = True),
    },
)
