"""A repository that holds a hub's wheels for one Python, fetched by one pip: for each wheel, its start takes longest."""

load(":lock.bzl", "normalize")
load(":run.bzl", "run")

# Of Debian's package python3-pip. Its bytecode is there, which a wheel of pip does not have: it starts in a third of the
# time.
_PACKAGES = "/usr/lib/python3/dist-packages"

def _fetched_wheels_impl(rctx):
    rctx.file("requirements.txt", "\n".join(rctx.attr.requirements) + "\n")
    rctx.file("BUILD.bazel")
    python = "/usr/bin/python" + rctx.attr.python_version

    # This pip works on any Python; the lock's markers are evaluated by the one that runs it.
    run(rctx, [
        python,
        "-I",
        _PACKAGES + "/pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "--requirement=requirements.txt",
        "--wheel-dir=wheels",
    ])
    wheels = json.decode(run(rctx, [python, "-I", rctx.path(rctx.attr._requires), _PACKAGES, "wheels"]))
    rctx.file("wheels.json", json.encode({
        normalize(wheel["name"]): {"file": wheel["file"], "requires": [normalize(name) for name in wheel["requires"]]}
        for wheel in wheels
    }))

fetched_wheels = repository_rule(
    implementation = _fetched_wheels_impl,
    doc = "Fetches the requirements whose markers hold; `wheels.json` has the file and the requirements of each, by package.",
    attrs = {
        "python_version": attr.string(doc = "The Python `X.Y` that they are for.", mandatory = True),
        "requirements": attr.string_list(doc = "The lock's lines.", mandatory = True),
        "_requires": attr.label(default = "//python/extensions:requires.py"),
    },
)
