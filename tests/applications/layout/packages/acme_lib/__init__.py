from acme_lib.store import ledger, remember

__all__ = ["ledger", "remember"]
