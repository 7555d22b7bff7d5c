"""Frozen dataclasses to plain JSON values and back, for the cache; fields at their default are left out.

A named tuple of plain values is a list of all of them.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin
from zlib import crc32

Decode = Callable[[Any], Any]


def encode(value: Any) -> Any:
    """A value as JSON can hold it: dataclasses and mappings as objects, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        found = ((item.name, getattr(value, item.name), _default(item)) for item in fields(value))
        return {name: encode(content) for name, content, default in found if content != default}
    if isinstance(value, Mapping):
        return {name: encode(content) for name, content in value.items()}
    if isinstance(value, tuple):
        return [encode(content) for content in value]
    return value


@cache
def decoder(kind: Hashable) -> Decode:
    """What turns the JSON of a type back into it.

    Args:
        kind: a dataclass, `tuple[T, ...]`, a tuple of fixed parts, `Mapping[str, T]`, `T | None`, or a plain type.
    """
    origin, parts = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass(kind)
    if isinstance(kind, type) and hasattr(kind, "_make"):
        return cast("Decode", kind._make)
    if origin is tuple and parts[-1] is Ellipsis:
        return _sequence(decoder(parts[0]))
    if origin is tuple:
        return _parts(tuple(decoder(part) for part in parts))
    if origin is Mapping:
        return _mapping(decoder(parts[1]))
    if origin is UnionType:
        (one,) = (part for part in parts if part is not NoneType)
        read = decoder(one)
        return lambda value: None if value is None else read(value)
    return _same


def shape(*kinds: Any) -> str:
    """A fingerprint of the types: it changes with their fields, so that an older cache is not misread."""
    types = ((kind.__name__, name, of) for kind in kinds for name, of in kind.__annotations__.items())
    text = ";".join(f"{name}:{field}:{of}" for name, field, of in types)
    return f"{crc32(text.encode()):08x}"


def _default(item: Field[Any]) -> Any:
    if item.default is not MISSING:
        return item.default
    return item.default_factory() if item.default_factory is not MISSING else MISSING


def _same(value: Any) -> Any:
    return value


def _sequence(read: Decode) -> Decode:
    if read is _same:
        return tuple
    return lambda value: tuple([read(item) for item in value])


def _parts(readers: tuple[Decode, ...]) -> Decode:
    return lambda value: tuple(read(item) for read, item in zip(readers, value, strict=True))


def _mapping(read: Decode) -> Decode:
    if read is _same:
        return dict
    return lambda value: {name: read(item) for name, item in value.items()}


def _dataclass(kind: type) -> Decode:
    readers = {item.name: decoder(cast("Hashable", item.type)) for item in fields(kind)}
    return lambda value: kind(**{name: readers[name](item) for name, item in value.items()})
