from app.media import classy, default, early

EARLY = early.get()


class Settings:
    key = classy.get()


def verify(text: str, key: str = default.get()) -> bool:
    return text == key
