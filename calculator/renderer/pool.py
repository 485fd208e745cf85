"""What the site asks for: draw a card, with or without a photo, in one of the children."""

from dataclasses import asdict, dataclass
from typing import Final, get_args

from calculator.card.draw import CardWords
from calculator.errors import PhotoReason, PhotoRejected, WholeReason
from calculator.renderer.children import (
    FIRST_START_SECONDS,
    Children,
    Event,
    OnEvent,
    PoolLimits,
    RendererBusy,
)
from calculator.renderer.frames import Head
from calculator.renderer.process import Child, ChildFiles, JobFailed

__all__ = ["CardFailed", "DrawnCard", "Event", "Pool", "PoolLimits", "RendererBusy"]


class CardFailed(Exception):
    """A card without a photo could not be drawn."""

    reason: Final = "crashed"


@dataclass(frozen=True)
class DrawnCard:
    """A card as JPEG; where the whole photo on it is pixelated, with the reason."""

    data: bytes
    whole_because: WholeReason | None = None


class Pool:
    """Draws cards in children. Safe for threads; children start with the first job."""

    def __init__(
        self, files: ChildFiles, limits: PoolLimits | None = None, on_event: OnEvent | None = None
    ) -> None:
        """Make the pool; `on_event` is called when a child starts, breaks or is renewed."""
        self.limits = limits or PoolLimits()
        self._children = Children(files, self.limits, on_event or (lambda *_: None))

    def draw(self, words: CardWords, card_format: str, photo: bytes | None = None) -> DrawnCard:
        """Draw a card; raises PhotoRejected, CardFailed or RendererBusy."""
        head = {"job": "card", "format": card_format, "photo": photo is not None}
        answer, data = self._draw(head, words, photo)
        because = answer.get("whole_because")
        # A photo may have taken over the child, so only known reasons are passed on.
        known = because is None or because in get_args(WholeReason)
        return DrawnCard(data, because if known else "unsure")

    def draw_base(self, words: CardWords, card_format: str) -> bytes:
        """Draw a photo-free card as a PNG; raises CardFailed or RendererBusy."""
        return self._draw({"job": "base", "format": card_format}, words)[1]

    def _draw(self, head: Head, words: CardWords, photo: bytes | None = None) -> tuple[Head, bytes]:
        try:
            answer, data = self._do(head | {"words": asdict(words)}, photo or b"")
        except JobFailed as failed:
            if photo is None:
                raise CardFailed from failed
            raise PhotoRejected(failed.reason) from failed
        if (reason := answer.get("rejected")) is not None:
            # A photo may have taken over the child, so only known reasons are passed on.
            raise PhotoRejected(reason if reason in get_args(PhotoReason) else "crashed")
        if "failed" in answer:
            raise CardFailed
        return answer, data

    def answers(self) -> bool:
        """Return whether a child answered lately, answers a ping, or all are busy with jobs."""
        if not self._children.was_ready:
            self.start()
            return False
        if self._children.answered_lately:
            return True
        try:
            self._do({"job": "ping"})
        except RendererBusy:
            return self.busy > 0
        except JobFailed:
            return False
        return True

    def start(self) -> None:
        """Start the children now, in the background, so that the first visitor need not wait."""
        self._children.start()

    def wait_until_ready(self, seconds: float = FIRST_START_SECONDS) -> bool:
        """Start the children and wait for the first; return whether it is ready."""
        return self._children.wait_until_ready(seconds)

    def close(self) -> None:
        """End all children and start no more."""
        self._children.close()

    @property
    def waiting(self) -> int:
        """Return how many jobs wait for a child."""
        return self._children.waiting

    @property
    def busy(self) -> int:
        """Return how many children have a job."""
        return self._children.busy

    @property
    def children(self) -> tuple[Child, ...]:
        """Return the children that run."""
        return tuple(self._children.running)

    def _do(self, head: Head, body: bytes = b"") -> tuple[Head, bytes]:
        child = self._children.take()
        answered = False
        try:
            answer = child.do(head, body, self.limits.job_seconds)
            answered = True
        except JobFailed as error:
            self._children.tell_end(error.reason)
            raise
        finally:
            self._children.give_back(child, answered=answered)
        return answer
