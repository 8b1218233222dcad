from tests.packaging.conftest import wheel

__all__ = ["wheel"]
