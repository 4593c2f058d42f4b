"""Declares a target for each Python that the attribute `python_versions` names."""

visibility("private")

def _check(name, python_versions, attributes):
    given = "py_test '{}' got python_versions = {}".format(name, repr(python_versions))
    expected = "expected a list of versions such as [\"3.11\", \"3.14\"]: "
    if type(python_versions) != "list" or not python_versions:
        fail("{}, {}name at least one, or leave the attribute out".format(given, expected))
    for version in python_versions:
        if type(version) != "string" or len(version.split(".")) not in [2, 3]:
            fail("{}, {}{} is none".format(given, expected, repr(version)))
    if len({version: None for version in python_versions}) < len(python_versions):
        fail("{}, {}name each once, because each is a target".format(given, expected))
    if attributes.get("python_version") != None:
        fail("{} and python_version = {}, expected one of the two: put all versions into python_versions".format(
            given,
            repr(attributes["python_version"]),
        ))

def py_test_for_each(*, declare, name, python_versions, visibility = None, **attributes):
    """Declares a target for each Python, and a `test_suite` of them.

    Args:
      declare: the function that declares one.
      name: the suite's name; the targets add `_` and their version.
      python_versions: the versions, as `X.Y` or `X.Y.Z`.
      visibility: of the suite and the targets.
      **attributes: of each target.
    """
    _check(name, python_versions, attributes)
    tags = attributes.get("tags")
    targets = ["{}_{}".format(name, version) for version in python_versions]
    for target, version in zip(targets, python_versions):
        declare(name = target, visibility = visibility, **(attributes | {"python_version": version}))
    native.test_suite(
        name = name,
        # A suite with this tag is in no other one, and still runs what it lists.
        tags = ["manual"] if type(tags) == "list" and "manual" in tags else [],
        tests = [":" + target for target in targets],
        visibility = visibility,
    )
