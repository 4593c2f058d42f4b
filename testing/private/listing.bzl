"""The aspect that lists the tests of a target, by an action that collects them."""

load(":pytest_main.bzl", "PytestMainInfo")

visibility("public")

# Whatever the collection comes to, there is a file and a log to tell of it. A module that hangs is ended, where the
# machine has a program for that. Modules that look for their runfiles when they are imported find them as in a test.
_COMMAND = """\
tests=$1 log=$2
shift 2
export TEST_SRCDIR="$PWD/$1.runfiles" TEST_TMPDIR="$(mktemp -d)"
if command -v timeout >/dev/null; then set -- timeout 300 "$@"; fi
"$@" "--tests-json=$PWD/$tests" >"$log" 2>&1
code=$?
[ -e "$tests" ] || : >"$tests"
echo "exit code $code" >>"$log"
rm -rf "$TEST_TMPDIR"
"""

_OPTIONS = [
    "--collect-only",
    "-p",
    "hermetic_pytest.selection.listing",
]

def _list_tests_impl(target, ctx):
    if not [dep for dep in getattr(ctx.rule.attr, "data", []) if PytestMainInfo in dep]:
        return []
    program = target[DefaultInfo].files_to_run
    folder = ctx.label.name + ".pytest/"
    tests = ctx.actions.declare_file(folder + "tests.json")
    log = ctx.actions.declare_file(folder + "tests.log")
    environment = {
        "TEST_TARGET": str(ctx.label),
        "TEST_WORKSPACE": ctx.workspace_name,
    } | (target[RunEnvironmentInfo].environment if RunEnvironmentInfo in target else {})
    ctx.actions.run_shell(
        outputs = [tests, log],
        # A location in an argument is a file; no such argument decides which tests there are.
        arguments = [tests.path, log.path, program.executable.path] +
                    [argument for argument in ctx.rule.attr.args if "$" not in argument] + _OPTIONS,
        command = _COMMAND,
        env = environment,
        mnemonic = "PytestListTests",
        progress_message = "Listing the tests of %{label}",
        tools = [program],
        use_default_shell_env = True,
    )
    return [OutputGroupInfo(hermetic_pytest_tests = depset([tests, log]))]

# A build has none of its actions unless it asks for the aspect, as `//testing:list_tests` does.
list_tests = aspect(
    implementation = _list_tests_impl,
    doc = "Lists the tests of each `py_test` of hermetic_pytest.",
)
