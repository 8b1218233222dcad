"""What a parameter is called where it travels."""


def wire_name(name: str, place: str) -> str:
    """Headers have hyphens where names in Python cannot."""
    return name.replace("_", "-") if place == "header" else name
