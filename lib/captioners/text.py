"""A decoded caption as people write it."""


def as_sentence(caption: str) -> str:
    """A capital at the start, a full stop at the end, no space before it; "" stays ""."""
    text = caption.strip().rstrip(" .")
    end = "" if text.endswith(("!", "?")) else "."
    return f"{text[0].upper()}{text[1:]}{end}" if text else ""
