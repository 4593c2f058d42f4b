"""Runs a program for a repository."""

def run(rctx, arguments):
    """Runs a program in a repository's folder, and fails with its words if it does.

    Args:
        rctx: the repository's context.
        arguments: the program and its arguments.

    Returns:
        What it wrote to standard output.
    """
    result = rctx.execute(arguments, timeout = 600)
    if result.return_code:
        fail("repository '{}': {} failed with exit code {}:\n{}{}".format(
            rctx.name,
            " ".join([str(argument) for argument in arguments]),
            result.return_code,
            result.stdout,
            result.stderr,
        ))
    return result.stdout
