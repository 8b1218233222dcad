"""Nothing here names the library: each instance keeps what it was made with."""

from functools import cached_property

from app import events


class Publisher:
    def __init__(self, topic):
        self.topic = topic
        self.sent = 0

    async def send(self, event):
        self.sent += 1
        await self.topic.publish(event)

    @classmethod
    def of_green(cls):
        return cls(events.green)

    @staticmethod
    async def send_white(event):
        await events.white.publish(event)


class Twice(Publisher):
    async def send(self, event):
        await super().send(event)
        await self.after(event)

    async def after(self, event):
        await events.black.publish(event)


class Quiet(Twice):
    async def after(self, event):
        return None


class Fixed:
    topic = events.red

    async def send(self, event):
        await self.topic.publish(event)


class FixedBlue(Fixed):
    topic = events.blue


class Computed(Fixed):
    @property
    def topic(self):
        return events.white


class Cached(Fixed):
    @cached_property
    def topic(self):
        return events.black


class Audited:
    async def send(self, event):
        await events.black.publish(event)
        await super().send(event)


class AuditedBlue(Audited, FixedBlue):
    """The mixin's `super()` is the other base."""


class Called:
    def __init__(self, publisher):
        self._publisher = publisher

    async def __call__(self, event):
        await self._publisher.send(event)


class Late:
    def connect(self):
        self.topic = events.green
        return self

    async def send(self, event):
        await self.topic.publish(event)
