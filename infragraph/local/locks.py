"""Locks on files that the system lets go when their process ends."""

import sys


def lock(descriptor: int) -> bool:
    """Take the lock; false where another process has it."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows alone has it

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl  # noqa: PLC0415 - Windows lacks it

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def unlock(descriptor: int) -> None:
    """Let it go before the process ends."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - as above

        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        return
    import fcntl  # noqa: PLC0415 - as above

    fcntl.flock(descriptor, fcntl.LOCK_UN)
