"""Which branches a run as a script enters."""

import ast

import pytest
from adopt.guards import Branches, branches

_GUARD = Branches(is_guard=True, body=True, orelse=False)
_DEAD = Branches(body=False, orelse=True, dead_name=True)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('__name__ == "__main__"', _GUARD),
        ('"__main__" == __name__', _GUARD),
        ('__name__ == "__main__" and True', _GUARD),
        ('__name__ == "main"', _DEAD),
        ('__name__ == "__main_"', _DEAD),
        ('"__name__" == "__main__"', _DEAD),
        ('__name__ == "__main" and True', _DEAD),
        ('__name__ != "__main__"', Branches(body=False, orelse=True)),
        ('not __name__ != "__main__"', Branches(body=True, orelse=False)),
        ("False", Branches(body=False, orelse=True)),
        ("TYPE_CHECKING", Branches(body=False, orelse=True)),
        ("typing.TYPE_CHECKING", Branches(body=False, orelse=True)),
        ('name == "__main__"', Branches()),
        ('__name__ in ("__main__", "x")', Branches()),
        ("__name__ == main_name()", Branches()),
        ("x or False", Branches()),
    ],
)
def test_branches(condition: str, expected: Branches) -> None:
    """What is certain is told; all else may be either way."""
    assert branches(ast.parse(condition, mode="eval").body) == expected
