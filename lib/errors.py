"""The one error that a user can cause."""


class InputError(Exception):
    """A file, a row or a value that cannot be used.

    The message is one line: which file, row or key; the value found; what was expected; the cure.
    Every command prints it without a traceback and exits with status 1.
    """
