"""What difang says when it cannot do what was asked: one base class for its errors."""


class DifangError(ValueError):
    """A request that cannot be met: the message names the value, what is there, what to do."""
