"""What a params file that cannot be used is told: key, value and what is allowed, on one line."""

from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails


class UniqueKeys(yaml.SafeLoader):
    """YAML in which a key stands once in its group: of two, the first would be lost silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"key {key.value!r} stands twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def describe(error: ValidationError, raw: Any) -> str:
    """`key: what is wrong (found VALUE)` for at most three keys of the values `raw`."""
    found = [describe_one(e, key_of(e["loc"], raw)) for e in error.errors()]
    more = f"; and {len(found) - 3} more" if len(found) > 3 else ""
    return "; ".join(found[:3]) + more


def key_of(loc: tuple[int | str, ...], raw: Any) -> str:
    """The key as the file spells it: pydantic puts a union's tag and `[key]` among the keys."""
    keys: list[str] = []
    for part in loc:
        known = isinstance(raw, dict) and part in raw
        if known or isinstance(raw, list) or (part == loc[-1] and part != "[key]"):
            keys.append(str(part))
            raw = raw[part] if known or isinstance(raw, list) else None
    return ".".join(keys)


def describe_one(error: ErrorDetails, key: str) -> str:
    """One error of pydantic's in the words of a params file."""
    value, context = error["input"], error.get("ctx", {})
    found = f"(found {value!r:.60})"
    tag = f"{key}.{context.get('discriminator', '')[1:-1]}"
    match error["type"]:
        case "missing":
            return f"{key}: required, but missing"
        case "extra_forbidden":
            return f"{key}: unknown key {found}; correct its name or remove it"
        case "union_tag_not_found":
            return f"{tag}: required, but missing"
        case "union_tag_invalid":
            return f"{tag}: Input should be {context['expected_tags']} (found {context['tag']!r})"
        case "float_type" if isinstance(value, str):
            return f"{key}: {error['msg']} {found}; write it like 1.0e-3, which YAML takes for one"
    return f"{key or 'the keys'}: {error['msg']} {found}"
