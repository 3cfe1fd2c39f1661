"""What services keep in memory because it never changes: bounded, and for each database by itself."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from quizapp.models.engine import Database, engine_of

KeyT = TypeVar("KeyT", bound=Hashable)
ValueT = TypeVar("ValueT")


class Kept(Generic[KeyT, ValueT]):
    """A bounded cache for each engine, the least recently used entry going first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._by_engine: WeakKeyDictionary[Any, OrderedDict[KeyT, ValueT]] = WeakKeyDictionary()
        self._lock = Lock()

    def peek(self, database: Database, key: KeyT) -> ValueT | None:
        """The value of a key if it is kept; nothing is fetched."""
        with self._lock:
            kept = self._by_engine.get(engine_of(database))
            if kept is None or key not in kept:
                return None
            kept.move_to_end(key)
            return kept[key]

    def get(
        self, database: Database, keys: Iterable[KeyT], load: Callable[[list[KeyT]], dict[KeyT, ValueT]]
    ) -> dict[KeyT, ValueT]:
        """The values of all `keys`, those missing fetched by one call of `load`."""
        with self._lock:
            kept = self._by_engine.setdefault(engine_of(database), OrderedDict())
            found = {key: kept[key] for key in keys if key in kept}
            for key in found:
                kept.move_to_end(key)
        missing = [key for key in keys if key not in found]
        if missing:
            loaded = load(missing)
            with self._lock:
                kept.update(loaded)
                while len(kept) > self._size:
                    kept.popitem(last=False)
            found |= loaded
        return found
