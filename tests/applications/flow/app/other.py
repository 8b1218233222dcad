"""Things of our own that have verbs of the same names."""


class Sqlite:
    def execute(self, sql: str) -> None:
        print(sql)

    def fetch(self, sql: str) -> list[str]:
        return [sql]


class Bus:
    async def publish(self, event: object) -> None:
        print(event)
