"""What difang says when it cannot do what was asked: one base class for its errors."""

from numbers import Integral


class DifangError(ValueError):
    """A request that cannot be met: the message names the value, what is there, what to do."""


class NumberError(DifangError):
    """An argument that is no whole number, or too small."""


def need(least: int, **numbers: object) -> None:
    """Raise NumberError for an argument, by its name, that is no whole number of `least` or more.

    None, which leaves an argument out, is let pass.
    """
    for name, value in numbers.items():
        if value is not None and not (isinstance(value, Integral) and int(value) >= least):
            raise NumberError(
                f"Cannot take {name}={value!r}. It is a whole number, {least} or more. Give one."
            )
